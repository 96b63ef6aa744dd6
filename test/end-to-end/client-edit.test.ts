import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { nixclaude } from "../support/program.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";
import { BLOCKED, environmentWithProgram, QUIET, WIDER } from "./hook-world.ts";

const SETTINGS = JSON.parse(
  readFileSync(fileURLToPath(new URL("../../hooks/client/settings.json", import.meta.url)), "utf8"),
);
const env = environmentWithProgram();

/** Runs the command of hooks/client/settings.json as the client does, and reads what it decided. */
function decide(repository: TestRepository, call: unknown, environment = env) {
  const { command } = SETTINGS.hooks.PreToolUse[0].hooks[0];
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
    cwd: repository.root,
    env: { ...environment, CLAUDE_PROJECT_DIR: repository.root },
    input: typeof call === "string" ? call : JSON.stringify(call),
    encoding: "utf8",
  });
  const answer = stdout === "" ? null : JSON.parse(stdout).hookSpecificOutput;
  return {
    status,
    stderr,
    decision: answer?.permissionDecision ?? null,
    reason: (answer?.permissionDecisionReason ?? "") as string,
  };
}

function write(repository: TestRepository, file: string, content: string) {
  return {
    hook_event_name: "PreToolUse",
    tool_name: "Write",
    cwd: repository.root,
    tool_input: { file_path: join(repository.root, file), content },
  };
}

function edit(repository: TestRepository, old: string, replacement: string) {
  return {
    hook_event_name: "PreToolUse",
    tool_name: "Edit",
    cwd: repository.root,
    tool_input: { file_path: "flake.nix", old_string: old, new_string: replacement },
  };
}

const repositoryWith = (text = QUIET) => createRepository({ "flake.nix": text, "other.txt": "1\n" });

describe("an edit of the flake", () => {
  test("that a constraint forbids is denied, with the reason, and nothing is written", () => {
    const repository = repositoryWith();
    const state = repository.snapshotState();
    const { status, decision, reason } = decide(repository, write(repository, "flake.nix", BLOCKED));
    expect({ status, decision }).toEqual({ status: 0, decision: "deny" });
    expect(reason).toContain("nixclaude blocks this edit, as it would block the commit.\nno-push: ");
    expect(repository.snapshotState()).toBe(state);
  });

  test("of a part of it is judged by what the file becomes", () => {
    const repository = repositoryWith();
    expect(decide(repository, edit(repository, "Bash(git status)", "Bash(git *)")).decision).toBe("deny");
    expect(decide(repository, edit(repository, "Bash(git status)", "Bash(git diff)")).decision).toBe(null);
  });

  test("that passes is left to the client to decide", () => {
    const repository = repositoryWith();
    expect(decide(repository, write(repository, "flake.nix", WIDER))).toEqual({
      status: 0,
      stderr: "",
      decision: null,
      reason: "",
    });
  });

  test("that leaves what was blocked before is not denied for it", () => {
    const repository = repositoryWith();
    repository.write({ "flake.nix": BLOCKED });
    const mended = BLOCKED.replace("{ outputs", "# soon\n{ outputs");
    expect(decide(repository, write(repository, "flake.nix", mended)).decision).toBe(null);
  });

  test.each([
    ["does not evaluate", (r: TestRepository) => write(r, "flake.nix", "{ outputs = "), "flake.nix"],
    ["does not fit the file", (r: TestRepository) => edit(r, "nowhere", "x"), "could not be told"],
    [
      "is made by a tool that is not known here",
      (r: TestRepository) => ({ tool_name: "Patch", cwd: r.root, tool_input: { file_path: "flake.nix" } }),
      "could not be told",
    ],
    ["is no JSON", () => "{", "not the JSON"],
  ])("that %s has a person asked", (_, call, because) => {
    const repository = repositoryWith();
    const { status, decision, reason } = decide(repository, call(repository));
    expect({ status, decision }).toEqual({ status: 0, decision: "ask" });
    expect(reason).toContain(because);
  });
});

test("an edit of a file beside the flake counts as the commit would have it", () => {
  const repository = createRepository({
    "flake.nix": QUIET.replace('[ "Bash(git status)" ]', "import ./claude/allow.nix"),
    "claude/allow.nix": '[ "Bash(git status)" ]\n',
  });
  const call = write(repository, "claude/allow.nix", '[ "Bash(git *)" ]\n');
  expect(decide(repository, call).decision).toBe("deny");
});

test.each([
  [
    ".claude/settings.json",
    JSON.stringify({ permissions: { allow: ["Bash(git push *)"] } }),
    "deny",
    "no-push",
  ],
  [".claude/settings.json", JSON.stringify({ permissions: { allow: ["Bash(git diff)"] } }), null, ""],
  ["flake.lock", "{", "ask", "flake.lock"],
])("an edit of %s is judged as well: %s", (file, content, expected, because) => {
  const repository = repositoryWith();
  const { decision, reason } = decide(repository, write(repository, file, content));
  expect(decision).toBe(expected);
  expect(reason).toContain(because);
  expect(existsSync(join(repository.root, file))).toBe(false);
});

test("with rendered files, the flake can be edited before them, and they cannot be edited instead", () => {
  const repository = repositoryWith();
  expect(nixclaude(repository.root, ["render"]).status).toBe(0);
  repository.commit();
  expect(decide(repository, write(repository, "flake.nix", WIDER)).decision).toBe(null);
  expect(decide(repository, write(repository, "flake.nix", BLOCKED)).reason).toContain("no-push");
  const file = ".claude/settings.json";
  const text = readFileSync(join(repository.root, file), "utf8");
  const { decision, reason } = decide(
    repository,
    write(repository, file, text.replace("git status", "git diff")),
  );
  expect(decision).toBe("deny");
  expect(reason).toContain("artifact-drift");
});

test("an edit through a link is one of the file it leads to", () => {
  const repository = repositoryWith();
  mkdirSync(join(repository.root, "docs"));
  symlinkSync("../flake.nix", join(repository.root, "docs/innocent.md"));
  expect(decide(repository, write(repository, "docs/innocent.md", BLOCKED)).decision).toBe("deny");
});

test("other calls are nobody's business", () => {
  const repository = repositoryWith();
  const outside = createDirectory();
  for (const call of [
    write(repository, "other.txt", BLOCKED),
    {
      ...write(repository, "x", ""),
      tool_input: { file_path: join(outside, "flake.nix"), content: BLOCKED },
    },
    { tool_name: "Read", cwd: repository.root, tool_input: { file_path: "flake.nix" } },
    { tool_name: "Bash", cwd: repository.root, tool_input: { command: "ls" } },
  ]) {
    expect(decide(repository, call)).toEqual({ status: 0, stderr: "", decision: null, reason: "" });
  }
});

test("without the program the edit is stopped", () => {
  const repository = repositoryWith();
  const { status, stderr } = decide(repository, write(repository, "flake.nix", QUIET), {
    ...env,
    PATH: "/usr/bin:/bin",
  });
  expect(status).toBe(2);
  expect(stderr).toContain("nixclaude");
});
