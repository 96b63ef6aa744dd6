import { expect, test } from "vitest";
import { compareLink, type SourceAttributes } from "../../src/lock/index.ts";
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
