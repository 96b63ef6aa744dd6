import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { filesOfDirectory } from "../../src/files/project-directory.ts";
import { type FileChange, writeRendered } from "../../src/files/write-rendered.ts";
import { SystemError } from "../../src/model/errors.ts";
import { createDirectory } from "../support/repository.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const change = (
  path: string,
  before: string | null,
  after: string | null,
  executable = false,
): FileChange => ({
  path,
  before: before === null ? null : bytes(before),
  after: after === null ? null : bytes(after),
  executable,
});

function place(files: Record<string, string>): string {
  const root = createDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** Every file and directory below, with what files hold. */
function everything(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    paths.map((path) => [
      path,
      lstatSync(join(root, path)).isFile() ? readFileSync(join(root, path), "utf8") : "",
    ]),
  );
}

const WANTED = [
  change("CLAUDE.md", "old", "new"),
  change(".claude/skills/a/SKILL.md", null, "skill"),
  change(".claude/skills/a/run.sh", null, "#!/bin/sh\n", true),
  change(".claude/skills/b/SKILL.md", "gone", null),
];
const BEFORE = {
  "CLAUDE.md": "old",
  ".claude/skills/b/SKILL.md": "gone",
  ".claude/skills/c/mine.md": "mine",
};

test("writes, replaces and removes, and leaves no other trace", () => {
  const root = place(BEFORE);
  chmodSync(join(root, "CLAUDE.md"), 0o600);
  writeRendered(root, WANTED);
  expect(everything(root)).toEqual({
    "CLAUDE.md": "new",
    ".claude": "",
    ".claude/skills": "",
    ".claude/skills/a": "",
    ".claude/skills/a/SKILL.md": "skill",
    ".claude/skills/a/run.sh": "#!/bin/sh\n",
    ".claude/skills/c": "",
    ".claude/skills/c/mine.md": "mine",
  });
  const mode = (path: string) => statSync(join(root, path)).mode & 0o777;
  expect([mode("CLAUDE.md"), mode(".claude/skills/a/SKILL.md"), mode(".claude/skills/a/run.sh")]).toEqual([
    0o600, 0o644, 0o755,
  ]);
});

test.each<[what: string, spoil: (root: string) => void, because: RegExp]>([
  [
    "a directory in the place of a file",
    (root) => mkdirSync(join(root, ".claude/skills/a/SKILL.md"), { recursive: true }),
    /SKILL\.md is a directory/,
  ],
  [
    "a file in the place of a directory",
    (root) => writeFileSync(join(root, ".claude/skills/a"), "x"),
    /\.claude\/skills\/a is no directory/,
  ],
  [
    "a link in the place of a file",
    (root) => {
      mkdirSync(join(root, ".claude/skills/a"));
      symlinkSync("/etc/hostname", join(root, ".claude/skills/a/SKILL.md"));
    },
    /SKILL\.md is a symbolic link/,
  ],
  [
    "a dangling link",
    (root) => {
      mkdirSync(join(root, ".claude/skills/a"));
      symlinkSync(join(root, "nowhere"), join(root, ".claude/skills/a/SKILL.md"));
    },
    /SKILL\.md is a symbolic link/,
  ],
  [
    "a link in the place of a directory",
    (root) => symlinkSync(createDirectory(), join(root, ".claude/skills/a")),
    /\.claude\/skills\/a is a symbolic link/,
  ],
  [
    "a file that is read-only",
    (root) => chmodSync(join(root, "CLAUDE.md"), 0o444),
    /CLAUDE\.md is read-only/,
  ],
  [
    "a directory that is read-only",
    (root) => chmodSync(join(root, ".claude/skills"), 0o555),
    /directory is read-only/,
  ],
  [
    "a file that somebody changed meanwhile",
    (root) => writeFileSync(join(root, "CLAUDE.md"), "mine"),
    /CLAUDE\.md was changed while this ran/,
  ],
  [
    "a file that somebody made meanwhile",
    (root) => {
      mkdirSync(join(root, ".claude/skills/a"));
      writeFileSync(join(root, ".claude/skills/a/run.sh"), "mine");
    },
    /run\.sh was changed while this ran/,
  ],
])("%s is in the way of everything, and nothing is lost", (_, spoil, because) => {
  const root = place(BEFORE);
  spoil(root);
  const before = everything(root);
  const write = () => writeRendered(root, WANTED);
  expect(write).toThrow(SystemError);
  expect(write).toThrow(because);
  expect(everything(root)).toEqual(before);
});

test("says all that is in the way at once", () => {
  const root = place({ "CLAUDE.md": "mine" });
  symlinkSync("/etc", join(root, ".claude"));
  try {
    writeRendered(root, WANTED.slice(0, 2));
    expect.unreachable();
  } catch (error) {
    expect((error as SystemError).details).toEqual([
      "CLAUDE.md was changed while this ran",
      ".claude/skills/a/SKILL.md cannot stand there: .claude is a symbolic link",
    ]);
  }
});

test("what was done is undone when a later step fails", () => {
  const root = place(BEFORE);
  const before = everything(root);
  const contradiction = [change(".claude/d/x", null, "x"), change(".claude/d", null, "d")];
  expect(() => writeRendered(root, [...WANTED, ...contradiction])).toThrow(/nothing was written: .*EISDIR/);
  expect(everything(root)).toEqual(before);
});

test("a file that has the name under which a text is written first is not touched", () => {
  const root = place({ ...BEFORE, [`.nixclaude-${process.pid}-0`]: "mine" });
  const before = everything(root);
  expect(() => writeRendered(root, WANTED)).toThrow(/EEXIST/);
  expect(everything(root)).toEqual(before);
});

test("a name that differs only in case is written where the old one was", () => {
  const root = place({ ".claude/skills/Review/SKILL.md": "old" });
  const isOneFile = existsSync(join(root, ".claude/skills/review/SKILL.md"));
  writeRendered(root, [
    change(".claude/skills/review/SKILL.md", isOneFile ? "old" : null, "new"),
    change(".claude/skills/Review/SKILL.md", "old", null),
  ]);
  expect(readFileSync(join(root, ".claude/skills/review/SKILL.md"), "utf8")).toBe("new");
});

test("a project is read without following links", async () => {
  const root = place({ ".claude/agents/a.md": "a", ".claude/agents/team/b.md": "b", "CLAUDE.md": "c" });
  symlinkSync(join(root, ".claude/agents"), join(root, ".claude/commands"));
  symlinkSync(join(root, "CLAUDE.md"), join(root, ".claude/agents/link.md"));
  const project = filesOfDirectory(root);
  expect((await project.list(".claude/agents/")).sort()).toEqual([
    ".claude/agents/a.md",
    ".claude/agents/team/b.md",
  ]);
  expect(await project.list(".claude/commands/")).toEqual([]);
  expect(await project.list(".claude/skills/")).toEqual([]);
  expect(await project.read(".claude/agents/link.md")).toEqual({
    kind: "blocked",
    because: "is a symbolic link",
  });
  expect(await project.read(".claude/commands/a.md")).toMatchObject({ kind: "blocked" });
  expect(await project.read(".claude/agents/none.md")).toEqual({ kind: "none" });
  expect(await project.read("CLAUDE.md")).toMatchObject({ kind: "file", executable: false });
  expect(await project.read("CLAUDE.md/x")).toMatchObject({ kind: "blocked" });
});
