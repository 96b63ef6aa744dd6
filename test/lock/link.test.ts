import { expect, test } from "vitest";
import { compareLink, fileLink, type SourceAttributes } from "../../src/lock/index.ts";
import { REV } from "./support.ts";

const link = (source: SourceAttributes) =>
  compareLink({ ...source, rev: REV.one }, { ...source, rev: REV.two });
const both = `${REV.one}...${REV.two}`;

test.each<[string, SourceAttributes, string]>([
  ["GitHub", { type: "github", owner: "a", repo: "b" }, `https://github.com/a/b/compare/${both}`],
  [
    "GitHub elsewhere",
    { type: "github", owner: "a", repo: "b", host: "git.acme.org" },
    `https://git.acme.org/a/b/compare/${both}`,
  ],
  ["GitLab", { type: "gitlab", owner: "a", repo: "b" }, `https://gitlab.com/a/b/-/compare/${both}`],
  [
    "a group of GitLab",
    { type: "gitlab", owner: "a%2Fc", repo: "b" },
    `https://gitlab.com/a/c/b/-/compare/${both}`,
  ],
  ["SourceHut", { type: "sourcehut", owner: "~a", repo: "b" }, `https://git.sr.ht/~a/b/log/${REV.two}`],
  [
    "Git over HTTPS",
    { type: "git", url: "https://github.com/a/b.git" },
    `https://github.com/a/b/compare/${both}`,
  ],
  [
    "Git over SSH",
    { type: "git", url: "ssh://git@gitlab.com/a/c/b.git" },
    `https://gitlab.com/a/c/b/-/compare/${both}`,
  ],
  ["Codeberg", { type: "git", url: "https://codeberg.org/a/b" }, `https://codeberg.org/a/b/compare/${both}`],
  [
    "Bitbucket",
    { type: "git", url: "https://bitbucket.org/a/b" },
    `https://bitbucket.org/a/b/branches/compare/${REV.two}%0D${REV.one}`,
  ],
])("%s has a page for what lies between two revisions", (_, source, url) => {
  expect(link(source)).toBe(url);
});

test.each<[string, SourceAttributes]>([
  ["a host that is not known", { type: "git", url: "https://git.example.org/a/b" }],
  ["a file", { type: "git", url: "file:///srv/a/b" }],
  ["a name that is no name", { type: "github", owner: "a", repo: "b) [x](https://evil.example" }],
  ["a step upwards", { type: "git", url: "https://github.com/a/../b" }],
  ["a host with a path in it", { type: "github", owner: "a", repo: "b", host: "evil.example/x" }],
  ["a user called as a host", { type: "git", url: "https://github.com:x@evil.example/a/b" }],
  ["a tarball", { type: "tarball", url: "https://github.com/a/b/archive/x.tar.gz" }],
])("%s has none", (_, source) => {
  expect(link(source)).toBeNull();
});

test("another place, or no revision, has none", () => {
  const source = { type: "github", owner: "a", repo: "b", rev: REV.one };
  expect(compareLink(source, { ...source, owner: "c", rev: REV.two })).toBeNull();
  expect(compareLink(source, { type: "github", owner: "a", repo: "b" })).toBeNull();
});

const R = REV.one;

test.each<[string, SourceAttributes, string]>([
  [
    "GitHub",
    { type: "github", owner: "a", repo: "b", rev: R },
    `https://github.com/a/b/blob/${R}/x/y.nix#L7`,
  ],
  [
    "GitHub elsewhere",
    { type: "github", owner: "a", repo: "b", host: "git.acme.org", rev: R },
    `https://git.acme.org/a/b/blob/${R}/x/y.nix#L7`,
  ],
  [
    "a group of GitLab",
    { type: "gitlab", owner: "a%2Fc", repo: "b", rev: R },
    `https://gitlab.com/a/c/b/-/blob/${R}/x/y.nix#L7`,
  ],
  [
    "SourceHut",
    { type: "sourcehut", owner: "~a", repo: "b", rev: R },
    `https://git.sr.ht/~a/b/tree/${R}/item/x/y.nix#L7`,
  ],
  [
    "Git over HTTPS",
    { type: "git", url: "https://github.com/a/b.git", rev: R },
    `https://github.com/a/b/blob/${R}/x/y.nix#L7`,
  ],
  [
    "Git over SSH",
    { type: "git", url: "ssh://git@gitlab.com/a/c/b", rev: R },
    `https://gitlab.com/a/c/b/-/blob/${R}/x/y.nix#L7`,
  ],
  [
    "Codeberg",
    { type: "git", url: "https://codeberg.org/a/b", rev: R },
    `https://codeberg.org/a/b/src/commit/${R}/x/y.nix#L7`,
  ],
  [
    "Bitbucket",
    { type: "git", url: "https://bitbucket.org/a/b", rev: R },
    `https://bitbucket.org/a/b/src/${R}/x/y.nix#lines-7`,
  ],
  [
    "a tarball of GitHub",
    { type: "tarball", url: `https://github.com/a/b/archive/${R}.tar.gz` },
    `https://github.com/a/b/blob/${R}/x/y.nix#L7`,
  ],
  [
    "a tarball of GitLab",
    { type: "tarball", url: `https://gitlab.com/a/c/b/-/archive/${R}/b-${R}.tar.gz?x=1` },
    `https://gitlab.com/a/c/b/-/blob/${R}/x/y.nix#L7`,
  ],
  [
    "a tarball of Codeberg",
    { type: "tarball", url: `https://codeberg.org/a/b/archive/${R}.tar.gz` },
    `https://codeberg.org/a/b/src/commit/${R}/x/y.nix#L7`,
  ],
  [
    "a tarball of SourceHut",
    { type: "tarball", url: `https://git.sr.ht/~a/b/archive/${R}.tar.gz` },
    `https://git.sr.ht/~a/b/tree/${R}/item/x/y.nix#L7`,
  ],
  [
    "a tarball whose revision is not what stands beside it",
    { type: "tarball", url: `https://github.com/a/b/archive/${R}.tar.gz`, rev: REV.two },
    `https://github.com/a/b/blob/${R}/x/y.nix#L7`,
  ],
])("%s has a page for a file at a line and a revision", (_, locked, url) => {
  expect(fileLink(locked, "x/y.nix", 7)).toBe(url);
});

test.each<[string, SourceAttributes, string?]>([
  ["a host that is not known", { type: "git", url: "https://git.example.org/a/b", rev: R }],
  ["a file", { type: "file", url: "https://github.com/a/b/raw/main/x", rev: R }],
  ["a repository on this machine", { type: "git", url: "file:///srv/github.com/a/b", rev: R }],
  ["a path", { type: "path", path: "./x", rev: R }],
  ["a name in a registry", { type: "indirect", id: "nixpkgs", rev: R }],
  ["a source without a revision", { type: "github", owner: "a", repo: "b" }],
  ["a revision that is a branch", { type: "github", owner: "a", repo: "b", rev: "main" }],
  ["a tarball of a branch", { type: "tarball", url: "https://github.com/a/b/archive/main.tar.gz", rev: R }],
  ["a tarball of a tag", { type: "tarball", url: "https://github.com/a/b/archive/refs/tags/v1.tar.gz" }],
  ["a release", { type: "tarball", url: `https://github.com/a/b/releases/download/v1/${R}.tar.gz` }],
  ["a tarball elsewhere", { type: "tarball", url: `https://evil.example/a/b/archive/${R}.tar.gz` }],
  [
    "a host in a user's name",
    { type: "tarball", url: `https://github.com@evil.example/a/b/archive/${R}.tar.gz` },
  ],
  ["a name that is no name", { type: "github", owner: "a", repo: "b) [x](https://evil.example", rev: R }],
  ["a step upwards", { type: "github", owner: "a", repo: "b", rev: R }, "../../evil/x"],
  ["a path that starts at the root", { type: "github", owner: "a", repo: "b", rev: R }, "/etc/passwd"],
  ["a path that is no text", { type: "github", owner: "a", repo: "b", rev: R }, "\udc80.nix"],
])("%s has no such page", (_, locked, file = "flake.nix") => {
  expect(fileLink(locked, file, 1)).toBeNull();
});

test("a file's name cannot end the link, nor begin something else in it", () => {
  const link = fileLink({ type: "github", owner: "a", repo: "b", rev: R }, "a b/](x)#?'|<\n>é.nix", 1);
  expect(link).toBe(`https://github.com/a/b/blob/${R}/a%20b/%5D%28x%29%23%3F%27%7C%3C%0A%3E%C3%A9.nix#L1`);
});
