import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, createReadStream, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nixclaude, PROGRAM, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository } from "../support/repository.ts";

const cwd = createDirectory();

test("the program starts, and says its version", () => {
  expect(nixclaude(cwd, ["--version"])).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
});

test("published files are found beside the program", () => {
  const { status, stdout } = nixclaude(cwd, ["schema", "context"]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toHaveProperty("$schema");
});

test("wrong words end with 2, on standard error", () => {
  const { status, stdout, stderr } = nixclaude(cwd, ["check", "--bse", "main"]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toBe(
    "error[unknown-option]: unknown option '--bse'\n  = help: Did you mean \"--base\"? See nixclaude check --help.\n",
  );
});

test("outside of a repository nothing could be told: 3, never a pass", () => {
  expect(nixclaude(cwd, ["check"]).status).toBe(3);
  expect(nixclaude(cwd, ["hook", "pre-commit"]).status).toBe(3);
});

test("in a directory that was removed", () => {
  const gone = join(cwd, "gone");
  mkdirSync(gone);
  const script = 'rmdir "$PWD"; exec "$0" "$1" check';
  const { status, stderr } = spawnSync("sh", ["-c", script, process.execPath, PROGRAM], {
    cwd: gone,
    env: userEnvironment(),
    encoding: "utf8",
  });
  expect(status).toBe(3);
  expect(stderr).toContain("error[no-directory]");
});

describe("output that nobody takes", () => {
  test("a closed pipe is no error, and says nothing", async () => {
    const child = spawn(process.execPath, [PROGRAM, "schema", "context"], {
      cwd,
      env: userEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    // The reading end is gone before the program has started to write.
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const [status] = await once(child, "close");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test.runIf(process.platform === "linux")("a full disk is no pass", () => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, "schema", "context"], {
      cwd,
      env: userEnvironment(),
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect(status).toBe(3);
    expect(stderr).toContain("error[output-failed]: standard output could not be written (ENOSPC)");
  });
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends it with %i", async (signal, status) => {
  const { root } = createRepository({ "a.txt": "a" });
  // A Git that never answers, and says through a named pipe that it was asked.
  const programs = createDirectory();
  const asked = join(programs, "asked");
  execFileSync("mkfifo", [asked]);
  writeFileSync(join(programs, "git"), `#!/bin/sh\necho asked > '${asked}'\nexec sleep 60\n`);
  chmodSync(join(programs, "git"), 0o755);
  const child = spawn(process.execPath, [PROGRAM, "check"], {
    cwd: root,
    env: userEnvironment({ PATH: `${programs}:${process.env.PATH}` }),
    stdio: "ignore",
  });
  await once(createReadStream(asked), "data");
  child.kill(signal);
  expect((await once(child, "exit"))[0]).toBe(status);
  rmSync(asked);
});
