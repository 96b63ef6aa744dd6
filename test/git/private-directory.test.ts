import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { createRevisionPort } from "../../src/git/index.ts";
import { createPrivateDirectory } from "../../src/git/private-directory.ts";
import {
  cleanGitEnvironment,
  createDirectory,
  createRepository,
  type TestRepository,
} from "../support/repository.ts";
import { EVERYTHING, HEAD } from "./opening.ts";

/** Opens a repository, publishes its work tree, says so, and goes on doing it until it is ended. */
const WORKER = `
import { createRevisionPort } from ${JSON.stringify(resolve("src/git/index.ts"))};
const [directory, temporaryDirectory, listens] = process.argv.slice(2);
if (listens === "listens") process.on("SIGTERM", () => process.exit(7));
const repository = await createRevisionPort({ env: process.env, temporaryDirectory }).open(directory);
for (let round = 0; ; round++) {
  await repository.publish(await repository.resolve({ kind: "worktree", includeUntracked: true }));
  if (round === 2) process.stdout.write("working\\n");
}
`;

let worker: string;
beforeAll(async () => {
  worker = join(createDirectory(), "worker.mjs");
  await build({
    stdin: { contents: WORKER, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: worker,
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
});

async function startWorker(
  repository: TestRepository,
  temporaryDirectory: string,
  ...rest: string[]
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [worker, repository.root, temporaryDirectory, ...rest], {
    env: cleanGitEnvironment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((done) => child.stdout!.once("data", done));
  return child;
}

function endOf(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((done) => child.once("close", (code, signal) => done({ code, signal })));
}

function changedRepository(): TestRepository {
  const repository = createRepository({ "flake.nix": "{ }\n", "a.txt": "a\n" });
  repository.write({ "a.txt": "changed\n", "b.txt": "new\n" });
  return repository;
}

describe("when the process ends in the middle", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "by %s, nothing is left and the signal counts",
    async (signal) => {
      const [repository, holder] = [changedRepository(), createDirectory()];
      const state = repository.snapshotState();
      const child = await startWorker(repository, holder);
      expect(readdirSync(holder)).toHaveLength(1);
      child.kill(signal);
      expect(await endOf(child)).toEqual({ code: null, signal });
      expect(repository.snapshotState()).toBe(state);
      // A Git that was just starting may have written once more: that is what sweeping is for.
      createPrivateDirectory(holder).remove();
      expect(readdirSync(holder)).toEqual([]);
    },
  );

  test("by a signal that the program itself listens to, the program decides", async () => {
    const [repository, holder] = [changedRepository(), createDirectory()];
    const child = await startWorker(repository, holder, "listens");
    child.kill("SIGTERM");
    expect(await endOf(child)).toEqual({ code: 7, signal: null });
  });

  test("by SIGKILL, the repository is as it was and the next run sweeps", async () => {
    const [repository, holder] = [changedRepository(), createDirectory()];
    const state = repository.snapshotState();
    const child = await startWorker(repository, holder);
    const end = endOf(child);
    child.kill("SIGKILL");
    await end;
    expect(repository.snapshotState()).toBe(state);
    expect(readdirSync(holder)).toHaveLength(1);
    const opened = await createRevisionPort({ env: cleanGitEnvironment(), temporaryDirectory: holder }).open(
      repository.root,
    );
    expect(await opened.resolve(HEAD)).not.toBeNull();
    expect(readdirSync(holder)).toHaveLength(1);
    await opened.close();
    expect(readdirSync(holder)).toEqual([]);
  });
});

describe("sweeping", () => {
  test("leaves alone what belongs to a live process, and what is not ours", async () => {
    const [repository, holder] = [changedRepository(), createDirectory()];
    const child = await startWorker(repository, holder);
    const [live] = readdirSync(holder);
    mkdirSync(join(holder, "nixclaude-git-other"));
    symlinkSync("/", join(holder, live!.replace(/-\d+-\w+$/, "-999999999-link")));
    writeFileSync(join(holder, live!.replace(/-\d+-\w+$/, "-999999999-file")), "");
    const before = readdirSync(holder).sort();
    createPrivateDirectory(holder).remove();
    expect(readdirSync(holder).sort()).toEqual(before);
    const end = endOf(child);
    child.kill("SIGKILL");
    await end;
  });

  test("waits a day with directories of another process namespace", () => {
    const holder = createDirectory();
    const foreign = join(holder, "nixclaude-git-1-999999999-abcdef");
    mkdirSync(foreign);
    createPrivateDirectory(holder).remove();
    expect(existsSync(foreign)).toBe(true);
    utimesSync(foreign, 1, 1);
    createPrivateDirectory(holder).remove();
    expect(existsSync(foreign)).toBe(false);
  });
});

test("two runs at once on one repository do not disturb each other", async () => {
  const [repository, holder] = [changedRepository(), createDirectory()];
  const port = createRevisionPort({ env: cleanGitEnvironment(), temporaryDirectory: holder });
  const runs = Array.from({ length: 4 }, async () => {
    const opened = await port.open(repository.root);
    const published = await opened.publish((await opened.resolve(EVERYTHING))!);
    await opened.close();
    return published.commit;
  });
  expect(new Set(await Promise.all(runs)).size).toBe(1);
  expect(readdirSync(holder)).toEqual([]);
});

test.each(["with space", "not-there"])("a temporary directory %j gives way to the system's own", (name) => {
  const holder = join(createDirectory(), name);
  if (name === "with space") mkdirSync(holder);
  const directory = createPrivateDirectory(holder);
  expect(directory.path).toMatch(/^\/(var\/)?tmp\/[A-Za-z0-9/._+-]+$/);
  directory.remove();
});

test("a temporary directory that cannot be written gives way to the system's own", async () => {
  const port = createRevisionPort({ env: cleanGitEnvironment(), temporaryDirectory: "/proc/self" });
  const opened = await port.open(createRepository({ a: "a" }).root);
  expect(await opened.resolve({ kind: "index" })).not.toBeNull();
  await opened.close();
});

test("signals are not listened to when nothing is open", async () => {
  const count = () => ["SIGINT", "SIGTERM", "SIGHUP", "exit"].map((name) => process.listenerCount(name));
  const before = count();
  const opened = await createRevisionPort({ env: cleanGitEnvironment() }).open(
    createRepository({ a: "a" }).root,
  );
  expect(count()).not.toEqual(before);
  await opened.close();
  expect(count()).toEqual(before);
});
