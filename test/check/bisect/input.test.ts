import { describe, expect, test } from "vitest";
import { cloneDirectory, findInput } from "../../../src/check/bisect/input.ts";
import type { LockFile } from "../../../src/lock/index.ts";
import { NixclaudeError } from "../../../src/model/errors.ts";
import { github, lock, REV } from "../../lock/support.ts";

const git = (url: string, more: object = {}) => ({
  locked: { type: "git", url, rev: REV.one, narHash: "sha256-x", ...more },
  original: { type: "git", url },
});
const withInput = (node: object) => lock({ x: "x" }, { x: node });

function failure(action: () => unknown): { code: string; exitCode: number; message: string; hint: string } {
  try {
    action();
  } catch (error) {
    if (error instanceof NixclaudeError) return error;
    throw error;
  }
  throw new Error("it was no failure");
}

test("an input is found with its place and its revisions on both sides", () => {
  const before = withInput(github("x", REV.one));
  const after = withInput(github("x", REV.two));
  expect(findInput({ before, after }, "x")).toMatchObject({
    path: "x",
    reference: "github:acme/x",
    locked: { before: REV.one, after: REV.two },
  });
});

test("an input of an input is found by its path", () => {
  const both = lock({ x: "x" }, { x: github("x", REV.one, { y: "y" }), y: github("y", REV.two) });
  expect(findInput({ before: both, after: both }, "x/y")).toMatchObject({ locked: { after: REV.two } });
});

describe("what has no commits that a clone could have", () => {
  const tarball = { type: "tarball", url: "https://example.org/x.tar.gz" };
  test.each<[string, LockFile, string, number]>([
    [
      "a path",
      withInput({ locked: { type: "path", path: "./x" }, original: {}, parent: [] }),
      "not-a-git-input",
      2,
    ],
    [
      "a tarball",
      withInput({ locked: { ...tarball, narHash: "sha256-x" }, original: tarball }),
      "not-a-git-input",
      2,
    ],
    [
      "Mercurial",
      withInput({ locked: { type: "hg", url: "https://example.org/x", rev: REV.one }, original: {} }),
      "not-a-git-input",
      2,
    ],
    ["submodules", withInput(git("https://example.org/x", { submodules: true })), "unsupported-input", 3],
    ["Git LFS", withInput(git("https://example.org/x", { lfs: true })), "unsupported-input", 3],
  ])("%s", (_, both, code, exitCode) => {
    expect(failure(() => findInput({ before: both, after: both }, "x"))).toMatchObject({ code, exitCode });
  });

  test("but a tarball may say of which commit it was made", () => {
    const both = withInput({ locked: { ...tarball, rev: REV.one, narHash: "sha256-x" }, original: tarball });
    expect(findInput({ before: both, after: both }, "x").locked.after).toBe(REV.one);
  });
});

test.each([
  ["file:///home/me/x", null, "/home/me/x"],
  ["file:///home/me/my%20x", null, "/home/me/my x"],
  ["file:///home/me/x", "/clone", "/clone"],
  ["https://example.org/x", "/clone", "/clone"],
])("the history of %s, with --clone %s, is read from %s", (url, asked, directory) => {
  const both = withInput(git(url));
  expect(cloneDirectory(findInput({ before: both, after: both }, "x"), asked)).toBe(directory);
});

test.each(["https://example.org/x", "ssh://git@example.org/x", "file://host/x", "file:///%zz"])(
  "%s needs a clone",
  (url) => {
    const both = withInput(git(url));
    const input = findInput({ before: both, after: both }, "x");
    expect(failure(() => cloneDirectory(input, null))).toMatchObject({ code: "clone-needed", exitCode: 2 });
  },
);
