import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { BlameQuestion, LineOrigin, RevisionSpec } from "../../src/check/ports.ts";
import { createBlamer } from "../../src/git/blame.ts";
import { locateRepository } from "../../src/git/location.ts";
import { createView } from "../../src/git/view.ts";
import {
  createDirectory,
  createRepository,
  openRepository,
  type TestRepository,
} from "../support/repository.ts";
import { HEAD, INDEX, open, WORK_TREE } from "./opening.ts";

/** Long enough for Git to follow a line by itself. */
const LONG = '      "Bash(git push --force-with-lease origin main)"';
const OTHER = '      "Read(./secrets/production/credentials.json)"';

async function blame(
  repository: Pick<TestRepository, "root">,
  spec: RevisionSpec,
  question: Partial<BlameQuestion> & Pick<BlameQuestion, "places">,
  since?: RevisionSpec,
): Promise<LineOrigin[]> {
  const opened = await open(repository.root);
  const [tree, old] = [await opened.resolve(spec), since && (await opened.resolve(since))];
  return opened.blame(tree!, { follow: "text", ...question, ...(old && { since: old }) });
}

async function blameLine(
  repository: Pick<TestRepository, "root">,
  file: string,
  line: number,
  { spec = HEAD, ...question }: Partial<BlameQuestion> & { spec?: RevisionSpec } = {},
): Promise<LineOrigin> {
  return (await blame(repository, spec, { ...question, places: [{ file, line }] }))[0]!;
}

const commitOf = (origin: LineOrigin) => (origin.kind === "commit" ? origin.commit.id : origin.kind);

describe("a line is followed to the commit that wrote it", () => {
  test("with author, day and subject", async () => {
    const repository = createRepository({ "flake.nix": "a\nb\n" });
    repository.write({ "flake.nix": "a\nB\n" });
    const id = repository.commit("Write a capital\n\nand a body");
    expect(await blameLine(repository, "flake.nix", 2)).toEqual({
      kind: "commit",
      commit: { id, author: "Test Author", seconds: Date.UTC(2026, 0, 1) / 1000, subject: "Write a capital" },
      file: "flake.nix",
      line: 2,
      boundary: false,
    });
  });

  test("through a change of blanks alone", async () => {
    const repository = createRepository({ f: `${LONG}\n` });
    const first = repository.head();
    repository.write({ f: `  ${LONG}  \n` });
    const second = repository.commit();
    expect(commitOf(await blameLine(repository, "f", 1))).toBe(first);
    expect(commitOf(await blameLine(repository, "f", 1, { follow: "touch" }))).toBe(second);
  });

  test("through a move inside the file", async () => {
    const repository = createRepository({ f: `${LONG}\n1\n2\n3\n4\n` });
    const first = repository.head();
    repository.write({ f: `1\n2\n3\n4\n${LONG}\n` });
    const second = repository.commit();
    expect(await blameLine(repository, "f", 5)).toMatchObject({ commit: { id: first }, line: 1 });
    expect(commitOf(await blameLine(repository, "f", 5, { follow: "touch" }))).toBe(second);
  });

  test("through the new name of its file", async () => {
    const repository = createRepository({ "old name.nix": `${LONG}\n${OTHER}\n` });
    const first = repository.head();
    repository.git("mv", "old name.nix", "new.nix");
    repository.commit();
    const origin = await blameLine(repository, "new.nix", 2);
    expect(origin).toMatchObject({ commit: { id: first }, file: "old name.nix", line: 2 });
  });

  test("into a file that it was taken from, when both changed together", async () => {
    const repository = createRepository({ a: `${LONG}\n${OTHER}\n` });
    const first = repository.head();
    repository.write({ a: "emptied\n", b: `new\n${LONG}\n${OTHER}\n` });
    repository.commit();
    expect(await blameLine(repository, "b", 2)).toMatchObject({ commit: { id: first }, file: "a", line: 1 });
  });

  test("a copy of a file that stays is the work of whoever copied it", async () => {
    const repository = createRepository({ a: `${LONG}\n` });
    repository.write({ b: `${LONG}\n` });
    const second = repository.commit();
    expect(commitOf(await blameLine(repository, "b", 1))).toBe(second);
  });

  test("a copy of a line that stays in a file which changed along, too", async () => {
    const repository = createRepository({ page: `1\n${LONG}\n`, f: "1\n2\n" });
    repository.write({ page: `2\n${LONG}\n`, f: `1\n  ${LONG}\n2\n` });
    const second = repository.commit();
    expect(commitOf(await blameLine(repository, "f", 2))).toBe(second);
  });

  test("a copy that is not committed yet", async () => {
    const repository = createRepository({ page: `1\n${LONG}\n`, f: "1\n" });
    repository.write({ page: `2\n${LONG}\n`, f: `1\n${LONG}\n` });
    expect(
      await blameLine(repository, "f", 2, { spec: { kind: "worktree", includeUntracked: false } }),
    ).toEqual({ kind: "uncommitted" });
  });

  test("a copy of a line to another place in its file", async () => {
    const repository = createRepository({ f: `deny\n${LONG}\nallow\n` });
    const first = repository.head();
    repository.write({ f: `deny\n${LONG}\nallow\n${LONG}\n` });
    const second = repository.commit();
    expect(commitOf(await blameLine(repository, "f", 4))).toBe(second);
    expect(commitOf(await blameLine(repository, "f", 2))).toBe(first);
  });

  test("through a merge, to the branch that wrote it", async () => {
    const repository = createRepository({ f: "1\n2\n3\n4\n5\n6\n7\n" });
    repository.git("checkout", "-q", "-b", "side");
    repository.write({ f: "1\n2\n3\n4\n5\n6\nside\n" });
    const side = repository.commit();
    repository.git("checkout", "-q", "main");
    repository.write({ f: "main\n2\n3\n4\n5\n6\n7\n" });
    const main = repository.commit();
    repository.git("merge", "-q", "--no-edit", "side");
    const origins = await blame(repository, HEAD, {
      places: [
        { file: "f", line: 7 },
        { file: "f", line: 1 },
      ],
    });
    expect(origins.map(commitOf)).toEqual([side, main]);
  });

  test("by a path with special characters, whatever bytes it has", async () => {
    const name = 'a "quoted"\tpath\\é.nix';
    const repository = createRepository({ [name]: "x\n" });
    expect(await blameLine(repository, name, 1)).toMatchObject({ kind: "commit", file: name });
  });

  test("in a bare repository", async () => {
    const origin = createRepository({ f: "x\n" });
    const bare = join(createDirectory(), "bare.git");
    origin.git("clone", "-q", "--bare", ".", bare);
    expect(commitOf(await blameLine({ root: bare }, "f", 1))).toBe(origin.head());
  });

  test("in a repository that names its objects by SHA-256", async () => {
    const repository = createRepository({ f: "x\n" }, { objectFormat: "sha256" });
    expect(commitOf(await blameLine(repository, "f", 1))).toBe(repository.head());
  });
});

describe("the revision decides, not the files as they are", () => {
  test("an older revision is asked about its own lines", async () => {
    const repository = createRepository({ f: "one\n" });
    const first = repository.head();
    repository.write({ f: "two\n" });
    repository.commit();
    repository.write({ f: "three\n" });
    const spec: RevisionSpec = { kind: "first-parent", of: "HEAD" };
    expect(commitOf(await blameLine(repository, "f", 1, { spec }))).toBe(first);
  });

  test("what is only staged, or only in the work tree, is not committed yet", async () => {
    const repository = createRepository({ f: "1\n2\n3\n" });
    const first = repository.head();
    repository.write({ f: "1\nstaged\n3\n" });
    repository.git("add", "f");
    repository.write({ f: "1\nstaged\nedited\n" });
    const places = [1, 2, 3].map((line) => ({ file: "f", line }));
    const kinds = async (spec: RevisionSpec) => (await blame(repository, spec, { places })).map(commitOf);
    expect(await kinds(INDEX)).toEqual([first, "uncommitted", first]);
    expect(await kinds(WORK_TREE)).toEqual([first, "uncommitted", "uncommitted"]);
  });

  test("before the first commit nothing is committed", async () => {
    const repository = createRepository();
    repository.write({ f: "x\n" });
    repository.git("add", "f");
    expect(await blameLine(repository, "f", 1, { spec: INDEX })).toEqual({ kind: "uncommitted" });
  });

  test("in the middle of a merge, lines of the other branch are that branch's", async () => {
    const repository = createRepository({ f: "1\n2\n3\n" });
    repository.git("checkout", "-q", "-b", "side");
    repository.write({ g: "side\n" });
    const side = repository.commit();
    repository.git("checkout", "-q", "main");
    repository.commit("go on");
    repository.git("merge", "-q", "--no-commit", "--no-ff", "side");
    expect(commitOf(await blameLine(repository, "g", 1, { spec: INDEX }))).toBe(side);
  });
});

describe("since a revision", () => {
  test("older lines are unchanged, and newer ones have their commit", async () => {
    const repository = createRepository({ f: "1\n2\n" });
    const base: RevisionSpec = { kind: "revision", name: repository.head() };
    repository.write({ f: "1\nnew\n" });
    const second = repository.commit();
    const places = [1, 2].map((line) => ({ file: "f", line }));
    expect((await blame(repository, HEAD, { places }, base)).map(commitOf)).toEqual(["unchanged", second]);
  });

  test("a line that was moved is unchanged as a text, and touched at its place", async () => {
    const repository = createRepository({ f: `${LONG}\n1\n2\n3\n4\n` });
    const base: RevisionSpec = { kind: "revision", name: repository.head() };
    repository.write({ f: `1\n2\n3\n4\n${LONG}\n` });
    const second = repository.commit();
    const answer = async (follow: "text" | "touch") => {
      const [origin] = await blame(repository, HEAD, { places: [{ file: "f", line: 5 }], follow }, base);
      return commitOf(origin!);
    };
    expect([await answer("text"), await answer("touch")]).toEqual(["unchanged", second]);
  });
});

describe("what cannot be told is said, and never thrown", () => {
  test.each([
    ["a file that is not there", "missing", 1, "no such path"],
    ["a path that is no text", "\udc80", 1, "cannot be handed to Git"],
  ])("%s", async (_, file, line, because) => {
    const repository = createRepository({ f: "x\n" });
    const origin = await blameLine(repository, file, line);
    expect(origin).toMatchObject({ kind: "unknown", because: expect.stringContaining(because) });
  });

  test("a line beyond the end of the file, beside one that is there", async () => {
    const repository = createRepository({ f: "x\n" });
    const origins = await blame(repository, HEAD, {
      places: [
        { file: "f", line: 9 },
        { file: "f", line: 1 },
      ],
    });
    expect(origins.map(({ kind }) => kind)).toEqual(["unknown", "commit"]);
  });

  test("where a shallow clone ends, the line may be older", async () => {
    const origin = createRepository({ f: "1\n2\n" });
    origin.write({ f: "1\nnew\n" });
    origin.commit();
    origin.write({ g: "x\n" });
    origin.commit();
    const clone = join(createDirectory(), "clone");
    origin.git("clone", "-q", "--depth=2", `file://${origin.root}`, clone);
    const places = [
      { file: "f", line: 1 },
      { file: "g", line: 1 },
    ];
    const origins = await blame({ root: clone }, HEAD, { places });
    expect(origins.map((one) => one.kind === "commit" && one.boundary)).toEqual([true, false]);
  });
});

describe("nothing that a repository configures runs or matters", () => {
  function booby(): { repository: TestRepository; ran: string } {
    const repository = createRepository({
      "flake.nix": `${LONG}\n`,
      ".gitattributes": "*.nix diff=trap filter=trap\n",
    });
    const ran = join(createDirectory(), "ran");
    const script = join(createDirectory(), "trap.sh");
    writeFileSync(script, `#!/bin/sh\ntouch ${ran}\ncat\n`);
    chmodSync(script, 0o755);
    mkdirSync(join(repository.root, ".git", "info"), { recursive: true });
    writeFileSync(join(repository.root, ".git", "info", "attributes"), "*.nix diff=trap\n");
    for (const [key, value] of [
      ["diff.trap.textconv", script],
      ["filter.trap.clean", script],
      ["filter.trap.smudge", script],
      ["core.fsmonitor", script],
      ["core.pager", script],
      ["core.hooksPath", script],
    ]) {
      repository.git("config", key!, value!);
    }
    return { repository, ran };
  }

  test("no text conversion, filter, monitor or pager", async () => {
    const { repository, ran } = booby();
    expect(commitOf(await blameLine(repository, "flake.nix", 1))).toBe(repository.head());
    expect(existsSync(ran)).toBe(false);
    // The same question without the private view walks into the trap.
    repository.git("blame", "flake.nix");
    expect(existsSync(ran)).toBe(true);
  });

  test("a list of revisions to ignore, be it there or not", async () => {
    const repository = createRepository({ f: "one\n" });
    repository.write({ f: "two\n" });
    const second = repository.commit();
    repository.write({ ignored: `${second}\n` });
    for (const file of ["ignored", "not-there"]) {
      repository.git("config", "blame.ignoreRevsFile", join(repository.root, file));
      expect(commitOf(await blameLine(repository, "f", 1))).toBe(second);
    }
  });

  test("a mailmap that renames authors", async () => {
    const repository = createRepository({
      f: "x\n",
      ".mailmap": "Somebody Else <else@example.org> <author@example.org>\n",
    });
    repository.git("config", "mailmap.file", join(repository.root, ".mailmap"));
    expect(await blameLine(repository, "f", 1)).toMatchObject({ commit: { author: "Test Author" } });
  });

  test("a replaced commit", async () => {
    const repository = createRepository({ f: "one\n" });
    const first = repository.head();
    const other = repository.git("commit-tree", "-m", "other", "HEAD^{tree}");
    repository.git("replace", first, other);
    expect(commitOf(await blameLine(repository, "f", 1))).toBe(first);
  });

  test("and nothing of the repository is touched", async () => {
    const repository = createRepository({ f: "one\n" });
    repository.write({ f: "two\n" });
    repository.git("add", "f");
    const before = repository.snapshotState();
    await blameLine(repository, "f", 1, { spec: INDEX });
    await blameLine(repository, "f", 1, { spec: WORK_TREE });
    expect(openRepository(repository.root).snapshotState()).toBe(before);
  });
});

test("all lines of one file cost one process, followed lines one more, and Git is ended when it takes too long", async () => {
  const repository = createRepository({ f: "1\n2\n3\n" });
  const env = { PATH: process.env.PATH };
  const view = createView(locateRepository(repository.root, env), env);
  try {
    const calls: string[][] = [];
    const counting = {
      ...view,
      git: (args: string[], options = {}) => {
        calls.push(args);
        return view.git(args, options);
      },
    };
    const places = [1, 2, 3].map((line) => ({ file: "f", line }));
    const tree = {
      label: "HEAD",
      revision: repository.head(),
      id: repository.git("rev-parse", "HEAD^{tree}"),
    };
    await createBlamer(counting)(tree, { places, follow: "touch" });
    expect(calls).toHaveLength(1);
    await createBlamer(counting)(tree, { places, follow: "text" });
    expect(calls).toHaveLength(3);
    const slow = createBlamer({ ...view, git: (args) => view.git(args, { timeoutMs: 0 }) });
    expect(await slow(tree, { places, follow: "text" })).toEqual(
      places.map(() => ({ kind: "unknown", because: "git blame took too long" })),
    );
  } finally {
    view.close();
  }
});
