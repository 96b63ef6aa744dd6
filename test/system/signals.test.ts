import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { createDirectory } from "../support/repository.ts";

const directory = createDirectory();
const bundle = join(directory, "run.mjs");
buildSync({
  entryPoints: [fileURLToPath(new URL("../../src/system/process.ts", import.meta.url))],
  bundle: true,
  platform: "node",
  format: "esm",
  outfile: bundle,
});

/** A parent that runs a process with a child of its own, both deaf to soft signals, beside a temporary directory. */
function startParent(name: string) {
  const home = join(directory, name);
  mkdirSync(home);
  const deaf = join(home, "deaf.sh");
  writeFileSync(
    deaf,
    `trap '' TERM INT HUP\n(trap '' TERM INT HUP; while :; do sleep 1; done) &\necho "$$ $!" > ${home}/pids\nwhile :; do sleep 1; done\n`,
  );
  const script = join(home, "parent.mjs");
  writeFileSync(
    script,
    `import { removeAtExit, runProcess } from ${JSON.stringify(bundle)};
removeAtExit(${JSON.stringify(join(home, "scratch"))});
await runProcess({ program: "sh", arguments: [${JSON.stringify(deaf)}], environment: process.env, cwd: "/", timeoutMs: Number(process.argv[2]), maxOutputBytes: 1000 }, () => true);
`,
  );
  mkdirSync(join(home, "scratch"));
  return {
    home,
    start: (timeoutMs: number) => spawn(process.execPath, [script, String(timeoutMs)], { stdio: "ignore" }),
  };
}

async function until<T>(probe: () => T | null): Promise<T> {
  for (;;) {
    const found = probe();
    if (found !== null) return found;
    await new Promise((turn) => setTimeout(turn, 20));
  }
}

function pidsOf(home: string): number[] | null {
  try {
    const pids = readFileSync(join(home, "pids"), "utf8").trim().split(" ").map(Number);
    return pids.length === 2 ? pids : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    // A zombie that nobody has waited for yet is dead.
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s leaves no process and no directory behind",
  async (signal) => {
    const { home, start } = startParent(signal);
    const parent = start(60_000);
    const pids = await until(() => pidsOf(home));
    const ended = new Promise<string | null>((done) => parent.once("exit", (_, by) => done(by)));
    parent.kill(signal);
    expect(await ended).toBe(signal);
    await until(() => (pids.some(isAlive) ? null : true));
    expect(readdirSync(home)).not.toContain("scratch");
  },
);

test("a timeout kills what a process has started, too", async () => {
  const { home, start } = startParent("timeout");
  const parent = start(700);
  const pids = await until(() => pidsOf(home));
  expect(await new Promise((done) => parent.once("exit", (status) => done(status)))).toBe(0);
  await until(() => (pids.some(isAlive) ? null : true));
});
