import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RevisionSpec } from "../../src/check/ports.ts";
import { createRevisionPort } from "../../src/git/index.ts";
import {
  cleanGitEnvironment,
  createDirectory,
  createRepository,
  openRepository,
  type TestRepository,
} from "../support/repository.ts";
import { EVERYTHING, HEAD, INDEX, textOf, WORK_TREE } from "./opening.ts";

const FILES = { "flake.nix": "{ }\n", "dir/a.txt": "a\n", "filtered.dat": "raw\n" };
const SPECS: RevisionSpec[] = [HEAD, { kind: "first-parent", of: "HEAD" }, INDEX, WORK_TREE, EVERYTHING];

/** Everything that the port can be asked, and everything that it makes thrown away again. */
async function useEverything(repository: TestRepository, env: Record<string, string> = {}): Promise<void> {
  const opened = await createRevisionPort({ env: cleanGitEnvironment(env) }).open(repository.root);
  for (const spec of SPECS) {
    const tree = await opened.resolve(spec);
    if (tree === null) continue;
    const head = await opened.resolve(HEAD);
    await opened.listFiles(tree, "");
    await opened.listLinks(tree, "");
    await opened.readFile(tree, "dir/a.txt");
    await opened.changedFiles(head!, tree);
    await opened.publish(tree);
  }
  await opened.publishFiles({ "flake.nix": "{ }" });
  await opened.resolve({ kind: "revision", name: "no-such-revision" }).catch(() => {});
  await opened.close();
}

/** A repository with two commits, something staged, something changed and something new. */
function busyRepository(options: { objectFormat?: "sha1" | "sha256" } = {}): TestRepository {
  const repository = createRepository(FILES, options);
  repository.write({ "dir/a.txt": "committed\n" });
  repository.commit("second");
  repository.write({ "dir/a.txt": "staged\n", "staged.txt": "new\n" });
  repository.git("add", "-A");
  repository.write({ "dir/a.txt": "changed\n", "filtered.dat": "changed\n", "new.txt": "untracked\n" });
  return repository;
}

describe("nothing of the repository is written", () => {
  test.each<[string, (repository: TestRepository) => void]>([
    ["with loose objects", () => {}],
    ["with packed objects and refs", (repository) => repository.git("gc", "-q")],
    ["with a split index", (repository) => repository.git("update-index", "--split-index")],
    [
      "with index caches that are out of date",
      (repository) => repository.git("update-index", "--untracked-cache"),
    ],
    [
      "with trees and files that are there already, and would be touched",
      (repository) => {
        // All that the index and the work tree hold was stored before, and staged anew: Git would set its times.
        repository.git("add", "-A");
        repository.git("write-tree");
        repository.git("gc", "-q");
        repository.git("read-tree", "--empty");
        repository.git("add", "-A");
        repository.git("reset", "-q", "HEAD", "filtered.dat");
      },
    ],
    [
      "with line ends to convert",
      (repository) => {
        repository.git("config", "core.autocrlf", "true");
        repository.write({ "filtered.dat": "one\r\ntwo\r\n", "dir/a.txt": "staged\r\n" });
      },
    ],
  ])("%s", async (_what, prepare) => {
    const repository = busyRepository();
    prepare(repository);
    const state = repository.snapshotState();
    await useEverything(repository);
    expect(repository.snapshotState()).toBe(state);
  });

  test("of a linked work tree and of the repository it belongs to", async () => {
    const main = busyRepository();
    const linked = openRepository(join(createDirectory(), "linked"));
    main.git("worktree", "add", "-q", linked.root, "-b", "linked");
    linked.write({ "dir/a.txt": "changed\n" });
    linked.git("add", "-A");
    const states = () => [main.snapshotState(), linked.snapshotState()];
    const before = states();
    await useEverything(linked);
    expect(states()).toEqual(before);
  });

  test("of a SHA-256 repository", async () => {
    const repository = busyRepository({ objectFormat: "sha256" });
    const state = repository.snapshotState();
    await useEverything(repository);
    expect(repository.snapshotState()).toBe(state);
  });

  test("and nothing is left in the temporary directory", async () => {
    const repository = busyRepository();
    const temporaryDirectory = createDirectory();
    const opened = await createRevisionPort({ env: cleanGitEnvironment(), temporaryDirectory }).open(
      repository.root,
    );
    await opened.publish((await opened.resolve(EVERYTHING))!);
    expect(readdirSync(temporaryDirectory)).toHaveLength(1);
    await opened.close();
    expect(readdirSync(temporaryDirectory)).toEqual([]);
  });
});

describe("nothing that is configured runs", () => {
  /** A program that leaves a trace, and then does what such programs do. */
  function tracer(): { program: string; trace: string } {
    const directory = createDirectory();
    const trace = join(directory, "ran");
    const program = join(directory, "program");
    writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> '${trace}'\ncat\n`, { mode: 0o755 });
    return { program, trace };
  }

  const SETTINGS: [name: string, settings: (program: string) => Record<string, string>][] = [
    ["core.fsmonitor", (program) => ({ "core.fsmonitor": program, "core.fsmonitorHookVersion": "1" })],
    ["a clean and smudge filter", (program) => ({ "filter.f.clean": program, "filter.f.smudge": program })],
    ["a required filter", (program) => ({ "filter.f.clean": program, "filter.f.required": "true" })],
    ["a filter process", (program) => ({ "filter.f.process": program })],
    ["textconv", (program) => ({ "diff.f.textconv": program })],
    ["an external diff of a driver", (program) => ({ "diff.f.command": program })],
    ["diff.external", (program) => ({ "diff.external": program })],
    [
      "core.pager",
      (program) => ({ "core.pager": program, "pager.config": "true", "pager.ls-tree": program }),
    ],
    ["core.editor and askPass", (program) => ({ "core.editor": program, "core.askPass": program })],
    ["core.sshCommand", (program) => ({ "core.sshCommand": program })],
    ["a credential helper", (program) => ({ "credential.helper": `!${program}` })],
    [
      "aliases of the commands we use",
      (program) => ({ "alias.cat-file": `!${program}`, "alias.rev-parse": `!${program}` }),
    ],
    ["a merge driver", (program) => ({ "merge.f.driver": program })],
    ["uploadpack hooks", (program) => ({ "uploadpack.packObjectsHook": program })],
    [
      "a signature program",
      (program) => ({ "gpg.program": program, "log.showSignature": "true", "commit.gpgSign": "true" }),
    ],
    ["core.alternateRefsCommand", (program) => ({ "core.alternateRefsCommand": program })],
    ["trace2", (program) => ({ "trace2.eventTarget": program })],
  ];

  test.each(SETTINGS)("%s", async (_name, settings) => {
    const { program, trace } = tracer();
    const repository = createRepository({ ...FILES, ".gitattributes": "*.dat filter=f diff=f merge=f\n" });
    repository.write({ "filtered.dat": "changed\n", "dir/a.txt": "changed\n" });
    for (const [key, value] of Object.entries(settings(program))) repository.git("config", key, value);
    await useEverything(repository);
    expect(existsSync(trace)).toBe(false);
  });

  test("and the traces would show it: Git itself runs them", () => {
    const { program, trace } = tracer();
    for (const [key, command] of [
      ["core.fsmonitor", "status"],
      ["filter.f.clean", "add"],
    ] as const) {
      const repository = createRepository({ ...FILES, ".gitattributes": "*.dat filter=f\n" });
      repository.write({ "filtered.dat": "changed\n" });
      repository.git("config", key, program);
      repository.run([command, "."]);
      expect(existsSync(trace)).toBe(true);
      rmSync(trace);
    }
  });

  test("a filter does not change what is read", async () => {
    const { program } = tracer();
    const repository = createRepository({ ...FILES, ".gitattributes": "*.dat filter=f\n" });
    repository.git("config", "filter.f.clean", `${program} && echo appended`);
    repository.git("config", "filter.f.required", "true");
    repository.write({ "filtered.dat": "changed\n" });
    const opened = await createRevisionPort({ env: cleanGitEnvironment() }).open(repository.root);
    expect(await textOf(opened, (await opened.resolve(WORK_TREE))!, "filtered.dat")).toBe("changed\n");
    await opened.close();
  });

  test("hooks, where they are and where core.hooksPath says", async () => {
    const { program, trace } = tracer();
    const repository = busyRepository();
    const names = [
      "post-index-change",
      "reference-transaction",
      "post-checkout",
      "pre-commit",
      "fsmonitor-watchman",
      "sendemail-validate",
    ];
    const elsewhere = createDirectory();
    for (const name of names) {
      for (const holder of [elsewhere, join(repository.root, ".git/hooks")]) {
        writeFileSync(join(holder, name), `#!/bin/sh\n${program} </dev/null\n`, { mode: 0o755 });
      }
    }
    await useEverything(repository);
    repository.git("config", "core.hooksPath", elsewhere);
    rmSync(trace, { force: true });
    await useEverything(repository);
    expect(existsSync(trace)).toBe(false);
  });

  test("settings that another file brings in, of the work tree, the user and the system", async () => {
    const { program, trace } = tracer();
    const repository = createRepository({ ...FILES, ".gitattributes": "*.dat filter=f diff=f\n" });
    const home = createDirectory();
    const text = `[filter "f"]\n\tclean = ${program}\n\tprocess = ${program}\n[core]\n\tfsmonitor = ${program}\n[diff "f"]\n\ttextconv = ${program}\n`;
    writeFileSync(join(home, "included"), text);
    writeFileSync(join(home, ".gitconfig"), text);
    repository.git("config", "include.path", join(home, "included"));
    repository.git("config", "extensions.worktreeConfig", "true");
    writeFileSync(join(repository.root, ".git/config.worktree"), text);
    repository.write({ "filtered.dat": "changed\n" });
    await useEverything(repository, {
      HOME: home,
      XDG_CONFIG_HOME: home,
      GIT_CONFIG_GLOBAL: join(home, ".gitconfig"),
      GIT_CONFIG_SYSTEM: join(home, ".gitconfig"),
      GIT_CONFIG_NOSYSTEM: "0",
    });
    expect(existsSync(trace)).toBe(false);
  });

  test("programs and settings that Git's variables name", async () => {
    const { program, trace } = tracer();
    const repository = createRepository({ ...FILES, ".gitattributes": "*.dat filter=f diff=f\n" });
    repository.write({ "filtered.dat": "changed\n" });
    await useEverything(repository, {
      GIT_CONFIG_COUNT: "2",
      GIT_CONFIG_KEY_0: "filter.f.clean",
      GIT_CONFIG_VALUE_0: program,
      GIT_CONFIG_KEY_1: "core.fsmonitor",
      GIT_CONFIG_VALUE_1: program,
      GIT_CONFIG_PARAMETERS: `'core.fsmonitor=${program}'`,
      GIT_EXTERNAL_DIFF: program,
      GIT_PAGER: program,
      PAGER: program,
      GIT_EDITOR: program,
      GIT_SSH_COMMAND: program,
      GIT_ASKPASS: program,
      GIT_PROXY_COMMAND: program,
      GIT_TRACE2_EVENT: trace,
      GIT_TRACE: trace,
      GIT_TEMPLATE_DIR: createDirectory(),
      GIT_EXEC_PATH: createDirectory(),
      GIT_CEILING_DIRECTORIES: "/",
    });
    expect(existsSync(trace)).toBe(false);
  });

  test("settings of a submodule", async () => {
    const { program, trace } = tracer();
    const inner = createRepository({ ...FILES, ".gitattributes": "*.dat filter=f\n" });
    const outer = createRepository(FILES);
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "sub");
    outer.commit("submodule");
    const sub = openRepository(join(outer.root, "sub"));
    sub.git("config", "core.fsmonitor", program);
    sub.git("config", "filter.f.clean", program);
    sub.write({ "filtered.dat": "changed\n", "untracked.dat": "new\n" });
    await useEverything(outer);
    expect(existsSync(trace)).toBe(false);
  });

  test("a fetch of what a partial clone lacks", async () => {
    const { program, trace } = tracer();
    const origin = createRepository(FILES);
    origin.git("config", "uploadpack.allowFilter", "true");
    const copy = openRepository(join(createDirectory(), "clone"));
    origin.git("clone", "-q", "--no-checkout", "--filter=blob:none", `file://${origin.root}`, copy.root);
    copy.git("config", "remote.origin.uploadpack", program);
    const state = copy.snapshotState();
    const opened = await createRevisionPort({ env: cleanGitEnvironment() }).open(copy.root);
    const tree = (await opened.resolve(HEAD))!;
    await expect(opened.readFile(tree, "flake.nix")).rejects.toThrow("lacks object");
    await expect(opened.publish(tree)).rejects.toThrow("lacks object");
    await opened.close();
    expect(existsSync(trace)).toBe(false);
    expect(copy.snapshotState()).toBe(state);
  });
});

test.runIf(process.getuid?.() === 0)("a repository of another user is read like any other", async () => {
  const repository = busyRepository();
  const give = (path: string) => {
    chownSync(path, 65534, 65534);
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) give(join(path, entry.name));
      else chownSync(join(path, entry.name), 65534, 65534);
    }
  };
  give(repository.root);
  expect(repository.run(["status"]).stderr).toContain("dubious ownership");
  await useEverything(repository);
});

test("a program named git in the work tree is not taken for Git", async () => {
  const repository = busyRepository();
  const trace = join(createDirectory(), "ran");
  repository.write({ git: `#!/bin/sh\necho ran > '${trace}'\n` });
  mkdirSync(join(repository.root, "bin"));
  chmodSync(join(repository.root, "git"), 0o755);
  await useEverything(repository, { PATH: `:.:${process.env.PATH}` });
  expect(existsSync(trace)).toBe(false);
});
