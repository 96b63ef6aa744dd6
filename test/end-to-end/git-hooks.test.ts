import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createDirectory } from "../support/repository.ts";
import { BLOCKED, commitUnseen, hookedRepository, QUIET, WIDER } from "./hook-world.ts";

describe("a push", () => {
  test("of what does not change the behavior goes through in silence", () => {
    const { repository, git } = hookedRepository();
    repository.write({ "other.txt": "2\n" });
    repository.git("commit", "-q", "--no-verify", "-a", "-m", "x");
    expect(git("push", "-q", "origin", "main")).toEqual({ status: 0, output: "" });
  });

  test("of what a constraint forbids is stopped, and says against what it was compared", () => {
    const { repository, git } = hookedRepository();
    const had = repository.head();
    commitUnseen(repository, BLOCKED);
    const { status, output } = git("push", "-q", "origin", "main");
    expect(status).toBe(1);
    expect(output).toContain(`nixclaude: refs/heads/main, against ${had.slice(0, 7)}, which the remote has`);
    expect(output).toContain("no-push");
    expect(repository.git("ls-remote", "origin", "main")).toContain(had);
  });

  test("of a branch that is not checked out is checked, too", () => {
    const { repository, git } = hookedRepository();
    repository.git("checkout", "-q", "-b", "side");
    commitUnseen(repository, BLOCKED);
    repository.git("checkout", "-q", "main");
    expect(git("push", "-q", "origin", "side").status).toBe(1);
  });

  test("of a new branch is compared with where it left the remote's default branch", () => {
    const { repository, git } = hookedRepository();
    const fork = repository.head();
    // What main has become since is not undone by the branch.
    commitUnseen(repository, WIDER);
    repository.git("push", "-q", "--no-verify", "origin", "main");
    repository.git("checkout", "-q", "-b", "side", fork);
    expect(git("push", "-q", "origin", "side")).toEqual({ status: 0, output: "" });
    commitUnseen(repository, BLOCKED);
    expect(git("push", "-q", "origin", "HEAD:refs/heads/other").output).toContain(
      `against ${fork.slice(0, 7)}`,
    );
  });

  test("of a new branch is compared with the newest commit the remote has, where its default is not known", () => {
    const { repository, git } = hookedRepository();
    repository.git("remote", "set-head", "origin", "--delete");
    commitUnseen(repository, WIDER);
    repository.git("push", "-q", "--no-verify", "origin", "HEAD:refs/heads/stacked");
    const stacked = repository.head();
    repository.git("checkout", "-q", "-b", "side");
    commitUnseen(repository, BLOCKED);
    expect(git("push", "-q", "origin", "side").output).toContain(`against ${stacked.slice(0, 7)}`);
  });

  test("to a remote of which nothing is known is checked as if all were new", () => {
    const { repository, git } = hookedRepository();
    const elsewhere = createDirectory();
    repository.git("init", "-q", "--bare", elsewhere);
    commitUnseen(repository, BLOCKED);
    const { status, output } = git("push", "-q", elsewhere, "main");
    expect(status).toBe(1);
    expect(output).toContain("as if all were new");
  });

  test("over a commit that is not here says what it was compared with instead", () => {
    const { repository, env, git } = hookedRepository();
    const clone = createDirectory();
    repository.git("clone", "-q", repository.git("remote", "get-url", "origin"), clone);
    writeFileSync(join(clone, "flake.nix"), WIDER);
    repository.run(["commit", "-q", "-a", "-m", "theirs"], { cwd: clone, env });
    repository.run(["push", "-q", "origin", "main"], { cwd: clone, env });
    commitUnseen(repository, BLOCKED);
    const { status, output } = git("push", "-q", "--force", "origin", "main");
    expect(status).toBe(1);
    expect(output).toContain("what the remote has is not here");
  });

  test("that deletes a branch, or brings no context, is nobody's business", () => {
    const { repository, git } = hookedRepository();
    repository.git("push", "-q", "--no-verify", "origin", "main:refs/heads/old");
    expect(git("push", "-q", "origin", "--delete", "old")).toEqual({ status: 0, output: "" });
    repository.git("checkout", "-q", "--orphan", "pages");
    repository.git("rm", "-rfq", ".");
    repository.write({ "index.html": "<p>" });
    repository.git("add", "-A");
    repository.git("commit", "-q", "--no-verify", "-m", "pages");
    const fileId = repository.git("rev-parse", "HEAD:index.html");
    repository.git("tag", "-a", "-m", "a file", "file", fileId);
    expect(git("push", "-q", "origin", "pages", "file")).toEqual({ status: 0, output: "" });
  });

  test("of several refs has the worst exit status, and checks the same range once", () => {
    const { repository, git } = hookedRepository();
    commitUnseen(repository, BLOCKED);
    repository.git("branch", "twin");
    repository.git("tag", "v1");
    const { status, output } = git("push", "-q", "origin", "twin", "v1", "main");
    expect(status).toBe(1);
    expect(output.match(/^nixclaude: /gm)).toHaveLength(1);
  });
});

describe("what arrives", () => {
  const LINE = /^nixclaude: Claude's behavior changed: wider \(1\)\. .*git log.* \(nixclaude diff .*\)\n$/;

  test("a checkout that changes the behavior says so in one line", () => {
    const { repository, git } = hookedRepository();
    repository.git("checkout", "-q", "-b", "side");
    commitUnseen(repository, WIDER);
    repository.git("-c", "core.hooksPath=/dev/null", "checkout", "-q", "main");
    const { status, output } = git("checkout", "-q", "side");
    expect(status).toBe(0);
    expect(output).toMatch(LINE);
    expect(output).toContain(`--base ${repository.git("rev-parse", "--short=7", "main")}`);
  });

  test("other checkouts are silent", () => {
    const { repository, git } = hookedRepository();
    repository.git("branch", "same");
    repository.write({ "other.txt": "2\n" });
    expect(git("checkout", "-q", "same")).toEqual({ status: 0, output: "" });
    expect(git("checkout", "-q", "--", "other.txt")).toEqual({ status: 0, output: "" });
    expect(git("worktree", "add", "-q", join(createDirectory(), "linked"), "main")).toMatchObject({
      status: 0,
      output: "",
    });
  });

  test("the steps of a bisection are silent, and so is the way back", () => {
    const { repository, git } = hookedRepository();
    const good = repository.head();
    const bad = [WIDER, QUIET, WIDER, BLOCKED].map((text) => commitUnseen(repository, text)).at(-1)!;
    repository.git("bisect", "start");
    repository.git("bisect", "bad", bad);
    for (const words of [
      ["bisect", "good", good],
      ["bisect", "bad"],
      ["bisect", "reset"],
    ]) {
      const { status, output } = git(...words);
      expect(status).toBe(0);
      expect(output).not.toContain("nixclaude");
    }
  });

  test("a rebase tells once of what others changed, and not of its own commits or steps", () => {
    const { repository, git } = hookedRepository();
    const start = repository.head();
    repository.git("-c", "core.hooksPath=/dev/null", "checkout", "-q", "-b", "theirs");
    commitUnseen(repository, WIDER);
    repository.git("-c", "core.hooksPath=/dev/null", "checkout", "-q", "-b", "mine", start);
    for (const text of ["2\n", "3\n"]) {
      repository.write({ "other.txt": text });
      repository.git("commit", "-q", "--no-verify", "-a", "-m", "mine");
    }
    // Each step goes to another commit and back.
    const step = "git checkout -q main && git checkout -q -";
    const { status, output } = git("rebase", "-q", "--exec", step, "theirs");
    expect(status).toBe(0);
    const lines = output.split("\n").filter((line) => line.startsWith("nixclaude"));
    expect(lines).toEqual([expect.stringContaining("wider (1)")]);
    expect(lines[0]).toContain(`--base ${start.slice(0, 7)}`);
  });

  test.each([
    ["a merge", ["merge", "-q", "--no-ff", "--no-edit", "side"]],
    ["a fast-forward", ["merge", "-q", "side"]],
  ])("%s that changes the behavior says so in one line", (_, merge) => {
    const { repository, git } = hookedRepository();
    repository.git("branch", "before");
    repository.git("-c", "core.hooksPath=/dev/null", "checkout", "-q", "-b", "side");
    commitUnseen(repository, WIDER);
    repository.git("-c", "core.hooksPath=/dev/null", "checkout", "-q", "main");
    const { status, output } = git(...merge);
    expect(status).toBe(0);
    expect(output).toMatch(LINE);
  });

  test("a squashed merge tells of what is staged", () => {
    const { repository, git } = hookedRepository();
    repository.git("-c", "core.hooksPath=/dev/null", "checkout", "-q", "-b", "side");
    commitUnseen(repository, WIDER);
    repository.git("-c", "core.hooksPath=/dev/null", "checkout", "-q", "main");
    expect(git("merge", "-q", "--squash", "side").output).toContain("nixclaude diff --staged");
  });

  test("where it cannot be told, that is said, and the checkout stands", () => {
    const { repository, git } = hookedRepository();
    repository.git("-c", "core.hooksPath=/dev/null", "checkout", "-q", "-b", "broken");
    commitUnseen(repository, "{ outputs = ");
    repository.git("-c", "core.hooksPath=/dev/null", "checkout", "-q", "main");
    const { status, output } = git("checkout", "-q", "broken");
    expect(status).toBe(0);
    expect(output.trimEnd().split("\n")).toHaveLength(1);
    expect(output).toContain("could not be told");
  });
});

describe("the trailer", () => {
  const messageOf = (repository: { git(...args: string[]): string }) =>
    repository.git("log", "-1", "--format=%B");

  function withChange(text: string) {
    const world = hookedRepository("--trailer");
    world.repository.write({ "flake.nix": text });
    world.repository.git("add", "-A");
    return world;
  }

  test("says how a commit changes the behavior", () => {
    const { repository, git } = withChange(WIDER);
    expect(git("commit", "-q", "-m", "subject").status).toBe(0);
    expect(messageOf(repository)).toBe("subject\n\nAI-Behavior: wider (1)\n");
  });

  test("is not there when nothing changed", () => {
    const { repository, git } = withChange(QUIET);
    repository.write({ "other.txt": "2\n" });
    git("commit", "-q", "-a", "-m", "subject");
    expect(messageOf(repository)).toBe("subject\n");
  });

  test("stands there once, and true, after the commit is amended", () => {
    const { repository, git } = withChange(WIDER);
    git("commit", "-q", "-m", "subject\n\nSigned-off-by: A <a@example.org>");
    git("commit", "-q", "--amend", "--no-edit");
    expect(messageOf(repository)).toBe(
      "subject\n\nSigned-off-by: A <a@example.org>\nAI-Behavior: wider (1)\n",
    );
    repository.write({ "flake.nix": QUIET, "other.txt": "2\n" });
    git("commit", "-q", "-a", "--amend", "--no-edit");
    expect(messageOf(repository)).toBe("subject\n\nSigned-off-by: A <a@example.org>\n");
  });

  test("is not copied from another commit", () => {
    const { repository, git } = withChange(WIDER);
    git("commit", "-q", "-m", "subject");
    const source = repository.head();
    repository.write({ "other.txt": "2\n" });
    git("commit", "-q", "-a", "-C", source);
    expect(messageOf(repository)).toBe("subject\n");
  });

  test("of a message that is typed is shown as a comment, and added when the message is there", () => {
    const { repository, env } = withChange(WIDER);
    const editor = join(createDirectory(), "editor");
    const seen = `${editor}.seen`;
    writeFileSync(editor, `#!/bin/sh\ncp "$1" '${seen}'\nsed -i '1s/^/typed/' "$1"\n`, { mode: 0o755 });
    expect(repository.run(["commit", "-q", "-v"], { env: { ...env, GIT_EDITOR: editor } }).status).toBe(0);
    expect(readFileSync(seen, "utf8")).toMatch(/^\n# AI-Behavior: wider \(1\)\n/);
    expect(messageOf(repository)).toBe("typed\n\nAI-Behavior: wider (1)\n");
  });

  test("does not keep a commit that is called off in the editor", () => {
    const { repository, env } = withChange(WIDER);
    const before = repository.head();
    const { status, stderr } = repository.run(["commit"], { env: { ...env, GIT_EDITOR: "true" } });
    expect(status).toBe(1);
    expect(stderr).toContain("empty commit message");
    expect(repository.head()).toBe(before);
  });

  test("is not put on merges, however they are made", () => {
    const { repository, git } = withChange(WIDER);
    git("commit", "-q", "-m", "here");
    git("checkout", "-q", "-b", "side", "HEAD^");
    repository.write({ "other.txt": "2\n" });
    git("commit", "-q", "-a", "-m", "there");
    git("merge", "-q", "--no-commit", "main");
    git("commit", "-q", "-m", "a merge");
    expect(messageOf(repository)).toBe("a merge\n");
    git("commit", "-q", "--amend", "--no-edit");
    expect(messageOf(repository)).toBe("a merge\n");
  });

  test("says that it is not known where it could not be told", () => {
    const { repository, git } = withChange("{ outputs = ");
    const { status, output } = git("commit", "-q", "--no-verify", "-m", "subject");
    expect(status).toBe(0);
    expect(output).toContain("could not be told");
    expect(messageOf(repository)).toBe("subject\n\nAI-Behavior: unknown\n");
  });
});
