import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nixclaude, PROGRAM, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";
import { copied } from "./copied.ts";

const LOCK = "claude-context.lock.json";

/** Two places that are far enough apart for Git to merge changes of both. */
const flake = (allow: string, policy: string, persona = "Careful.") => `{
  outputs = _: {
    claudeContext = {
      version = "2025-01";
      permissions.allow = [ "${allow}" ];
      # One.
      # Two.
      # Three.
      persona = "${persona}";
      # One.
      # Two.
      # Three.
      policies.commits = "${policy}";
    };
  };
}
`;

const bin = createDirectory();
writeFileSync(join(bin, "nixclaude"), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`, {
  mode: 0o755,
});
const ENV = userEnvironment({ PATH: `${bin}:${process.env.PATH}` });

/** A locked repository with the driver set up, on `main`. */
function lockedRepository(directory = "", options: { driver: boolean } = { driver: true }): TestRepository {
  return copied(`locked ${directory} ${options.driver}`, () => {
    const repository = createRepository({ [`${directory}flake.nix`]: flake("WebFetch", "Small.") });
    if (options.driver) {
      expect(nixclaude(repository.root, ["lock", "--install-merge-driver"]).status).toBe(0);
    }
    commitLocked(repository, {}, directory);
    return repository;
  });
}

/** Commits a change together with its lock, as a careful person does. */
function commitLocked(repository: TestRepository, files: Record<string, string>, directory = ""): string {
  repository.write(files);
  repository.git("add", "-A");
  const flags = directory === "" ? [] : ["--flake", directory];
  expect(nixclaude(repository.root, ["lock", ...flags]).stderr).not.toContain("error");
  return repository.commit("Change");
}

const run = (repository: TestRepository, ...args: string[]) => repository.run(args, { env: ENV });

function isFrozen(repository: TestRepository, ...args: string[]): boolean {
  const { status, stderr } = nixclaude(repository.root, [
    "check",
    "--frozen",
    "--head",
    "HEAD",
    "--base",
    "none",
    ...args,
  ]);
  expect(stderr).toBe("");
  return status === 0;
}

const lockText = (repository: TestRepository) => readFileSync(join(repository.root, LOCK), "utf8");

/** `main` approves another rule, and a branch `side` changes a policy. */
function diverged(): TestRepository {
  return copied("diverged", () => {
    const repository = lockedRepository();
    repository.git("switch", "-q", "-c", "side");
    commitLocked(repository, { "flake.nix": flake("WebFetch", "Tiny.") });
    repository.git("switch", "-q", "main");
    commitLocked(repository, { "flake.nix": flake("WebSearch", "Small.") });
    return repository;
  });
}

describe("both sides changed the behavior", () => {
  test("a merge has the lock of what was merged", () => {
    const repository = diverged();
    const { status, stderr } = run(repository, "merge", "-q", "--no-edit", "side");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(repository.git("rev-list", "--parents", "-1", "HEAD").split(" ")).toHaveLength(3);
    expect(lockText(repository)).toContain('"WebSearch"');
    expect(lockText(repository)).toContain('"Tiny."');
    expect(isFrozen(repository)).toBe(true);
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  test("so has a rebase, commit by commit", () => {
    const repository = diverged();
    repository.git("switch", "-q", "side");
    commitLocked(repository, { "flake.nix": flake("WebFetch", "Tiny.", "Kind.") });
    const { status, stderr } = run(repository, "rebase", "-q", "main");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(lockText(repository)).toContain('"Kind."');
    expect(isFrozen(repository)).toBe(true);
    expect(isFrozen(repository, "--head", "HEAD^")).toBe(true);
  });

  test("so has a cherry-pick", () => {
    const repository = diverged();
    const { status, stderr } = run(repository, "cherry-pick", "side");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(lockText(repository)).toContain('"Tiny."');
    expect(isFrozen(repository)).toBe(true);
  });

  test("so has a revert of an older commit", () => {
    const repository = lockedRepository();
    const older = commitLocked(repository, { "flake.nix": flake("WebFetch", "Tiny.") });
    commitLocked(repository, { "flake.nix": flake("WebSearch", "Tiny.") });
    const { status, stderr } = run(repository, "revert", "--no-edit", older);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(lockText(repository)).toContain('"Small."');
    expect(isFrozen(repository)).toBe(true);
  });

  test("so has what comes back from the stash", () => {
    const repository = lockedRepository();
    repository.write({ "flake.nix": flake("WebFetch", "Tiny.") });
    nixclaude(repository.root, ["lock"]);
    repository.git("stash", "-q");
    commitLocked(repository, { "flake.nix": flake("WebSearch", "Small.") });
    expect(run(repository, "stash", "pop", "-q").status).toBe(0);
    expect(nixclaude(repository.root, ["lock", "--check"]).stdout).toContain("fits");
  });

  test("so has a flake in a directory below, merged in a linked work tree", () => {
    const repository = lockedRepository("infra x/");
    repository.git("switch", "-q", "-c", "side");
    commitLocked(repository, { "infra x/flake.nix": flake("WebFetch", "Tiny.") }, "infra x/");
    repository.git("switch", "-q", "main");
    commitLocked(repository, { "infra x/flake.nix": flake("WebSearch", "Small.") }, "infra x/");
    const linked = join(createDirectory(), "linked");
    repository.git("worktree", "add", "-q", "-b", "joint", linked);
    const merged = repository.run(["merge", "-q", "--no-edit", "side"], { env: ENV, cwd: linked });
    expect({ status: merged.status, stderr: merged.stderr }).toEqual({ status: 0, stderr: "" });
    expect(isFrozen(repository, "--head", "joint", "--flake", "infra x")).toBe(true);
  });
});

describe("what cannot be told stays in conflict, in one line", () => {
  const conflictIn = (repository: TestRepository) =>
    repository.git("diff", "--name-only", "--diff-filter=U").split("\n");

  /** The driver's own words. */
  function saidBy(stderr: string): string[] {
    return stderr.split("\n").filter((line) => line.startsWith("nixclaude:"));
  }

  test("a conflict in flake.nix", () => {
    const repository = lockedRepository();
    repository.git("switch", "-q", "-c", "side");
    commitLocked(repository, { "flake.nix": flake("Read", "Small.") });
    repository.git("switch", "-q", "main");
    commitLocked(repository, { "flake.nix": flake("WebSearch", "Small.") });
    const { status, stderr } = run(repository, "merge", "--no-edit", "side");
    expect(status).toBe(1);
    expect(conflictIn(repository)).toEqual([LOCK, "flake.nix"]);
    expect(saidBy(stderr)).toEqual([
      `nixclaude: ${LOCK} stays in conflict: flake.nix is in conflict, too. Resolve the merge, then run \`nixclaude lock\` and \`git add\` the file.`,
    ]);
    expect(lockText(repository)).toMatch(/^<{7} ours$/m);
    // The way out that it names.
    repository.write({ "flake.nix": flake("Read", "Small.") });
    repository.git("add", "flake.nix");
    expect(nixclaude(repository.root, ["lock"]).status).toBe(3);
    repository.git("add", LOCK);
    expect(nixclaude(repository.root, ["lock"]).status).toBe(0);
    repository.commit("Merge");
    expect(isFrozen(repository)).toBe(true);
  });

  test("a conflict in flake.lock", () => {
    const repository = diverged();
    const emptyLock = (more: string) => `{"nodes":{"root":{}},"root":"root",${more}"version":7}\n`;
    commitLocked(repository, { "flake.lock": emptyLock("") });
    repository.git("switch", "-q", "side");
    commitLocked(repository, { "flake.lock": emptyLock(" ") });
    const { status, stderr } = run(repository, "merge", "--no-edit", "main");
    expect(status).toBe(1);
    expect(conflictIn(repository)).toEqual([LOCK, "flake.lock"]);
    expect(saidBy(stderr)).toHaveLength(1);
    expect(saidBy(stderr)[0]).toContain("flake.lock is in conflict, too");
  });

  test("a merge that Git resolves and Nix cannot evaluate", () => {
    const before = flake("${rule}", "Small.").replace(
      "outputs = _: {",
      'outputs = _: let rule = "Read"; in {',
    );
    const repository = lockedRepository();
    commitLocked(repository, { "flake.nix": before });
    repository.git("switch", "-q", "-c", "side");
    commitLocked(repository, { "flake.nix": before.replace("Small.", "Small, ${rule}.") });
    repository.git("switch", "-q", "main");
    commitLocked(repository, { "flake.nix": flake("Read", "Small.", "Careful.") });
    repository.write({ "flake.nix": flake("Glob", "Small.", "Careful.") });
    commitLocked(repository, {});
    const { status, stderr } = run(repository, "merge", "--no-edit", "side");
    expect(status).toBe(1);
    expect(conflictIn(repository)).toEqual([LOCK]);
    expect(saidBy(stderr)).toEqual([expect.stringContaining("undefined variable")]);
  });

  test("a commit that Git is told to take, and that another one is mistaken for", () => {
    const repository = diverged();
    // The same lock changes in the same way, and what else changes differs.
    repository.git("switch", "-q", "--detach", "side^");
    commitLocked(repository, { "flake.nix": flake("WebFetch", "Tiny."), "other.txt": "1" });
    repository.git("tag", "twin");
    repository.git("switch", "-q", "main");
    const { status, stderr } = run(repository, "cherry-pick", "side");
    expect(status).toBe(1);
    expect(saidBy(stderr)[0]).toContain("several commits make the change");
    expect(conflictIn(repository)).toEqual([LOCK]);
  });

  test("a lock that was damaged before", () => {
    const repository = diverged();
    repository.write({ [LOCK]: lockText(repository).replace('"WebSearch"', '"Read"') });
    repository.commit("Damage");
    const { status, stderr } = run(repository, "merge", "--no-edit", "side");
    expect(status).toBe(1);
    expect(saidBy(stderr)[0]).toContain("its digest is not that of what it holds");
  });

  test("without the driver, Git's own merge of the texts is no lock", () => {
    const repository = lockedRepository("", { driver: false });
    repository.git("switch", "-q", "-c", "side");
    commitLocked(repository, { "flake.nix": flake("WebFetch", "Tiny.") });
    repository.git("switch", "-q", "main");
    commitLocked(repository, { "flake.nix": flake("WebSearch", "Small.") });
    expect(run(repository, "merge", "--no-edit", "side").status).toBe(1);
    expect(conflictIn(repository)).toEqual([LOCK]);
    repository.commit("Merge with marks");
    expect(isFrozen(repository)).toBe(false);
  });
});

test("the driver is set up once, in this clone's configuration and in .gitattributes", () => {
  const repository = createRepository({ ".gitattributes": "*.txt text", "flake.nix": flake("Read", "x") });
  const index = repository.git("ls-files", "--stage");
  expect(nixclaude(repository.root, ["lock", "--install-merge-driver"]).status).toBe(0);
  const config = readFileSync(join(repository.root, ".git/config"), "utf8");
  const again = nixclaude(repository.root, ["lock", "--install-merge-driver"]);
  expect(again.stderr).toBe("Already set up.\n");
  expect(readFileSync(join(repository.root, ".git/config"), "utf8")).toBe(config);
  expect(readFileSync(join(repository.root, ".gitattributes"), "utf8")).toBe(
    `*.txt text\n${LOCK} merge=nixclaude-lock\n`,
  );
  expect(repository.git("check-attr", "merge", `deep/${LOCK}`)).toContain("nixclaude-lock");
  expect(repository.git("ls-files", "--stage")).toBe(index);
});

test("called by nobody but Git: with other words, and outside of a merge", () => {
  const repository = diverged();
  expect(nixclaude(repository.root, ["lock", "--merge-driver", "a"]).status).toBe(2);
  const lock = lockText(repository);
  repository.write({ o: lock, a: lock, b: lock });
  const result = nixclaude(repository.root, ["lock", "--merge-driver", "--", "o", "a", "b", LOCK]);
  expect(result.status).toBe(3);
  expect(result.stderr).toContain("could not be found out");
  const absent = nixclaude(repository.root, ["lock", "--merge-driver", "--", "x", "y", "z", LOCK]);
  expect(absent.status).toBe(3);
  expect(absent.stderr).toContain("could not be read");
});
