import { join } from "node:path";
import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { nixclaude } from "../support/program.ts";
import { createDirectory, createRepository } from "../support/repository.ts";

const flake = (rule: string) =>
  `{ outputs = _: { claudeContext = { version = "2025-01"; permissions.allow = [ "${rule}" ]; }; }; }\n`;

function check(cwd: string, ...args: string[]): Report {
  const { stdout, stderr } = nixclaude(cwd, ["check", "--format", "json", ...args]);
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

const surfaces = (report: Report) => report.flakes.map(({ path, changes }) => [path, changes.length]);

/** Two flakes in one repository; the second commit widens `api` alone. */
function twoFlakes() {
  const repository = createRepository({
    "flake.nix": flake("Bash(ls)"),
    "services/api/flake.nix": flake("Bash(make lint)"),
  });
  repository.write({ "services/api/flake.nix": flake("Bash(make *)") });
  repository.commit("widen");
  return repository;
}

test("several flakes are checked in one run, each by its directory", () => {
  const { root } = twoFlakes();
  expect(surfaces(check(root, "--head", "HEAD", "--flake", ".", "--flake", "services/api"))).toEqual([
    [".", 0],
    ["services/api", 1],
  ]);
});

test("a flake is named relative to where one stands; without a name it is the repository's root", () => {
  const { root } = twoFlakes();
  const inside = join(root, "services");
  expect(surfaces(check(inside, "--head", "HEAD", "--flake", "api"))).toEqual([["services/api", 1]]);
  expect(surfaces(check(inside, "--head", "HEAD"))).toEqual([[".", 0]]);
});

test("in a bare clone two revisions are compared", () => {
  const repository = twoFlakes();
  const bare = join(createDirectory(), "bare.git");
  repository.git("clone", "-q", "--bare", repository.root, bare);
  expect(surfaces(check(bare, "--head", "main", "--flake", "services/api"))).toEqual([["services/api", 1]]);
});

test("in a shallow clone the missing base is named, with what to fetch", () => {
  const repository = twoFlakes();
  const shallow = join(createDirectory(), "shallow");
  repository.git("clone", "-q", "--depth", "1", `file://${repository.root}`, shallow);
  const { status, stderr } = nixclaude(shallow, ["check", "--head", "HEAD"]);
  expect(status).toBe(3);
  expect(stderr).toContain("error[shallow-boundary]");
  expect(surfaces(check(shallow, "--flake", "services/api"))).toEqual([["services/api", 0]]);
});

test("on the first commit everything is new", () => {
  const repository = createRepository();
  repository.write({ "flake.nix": flake("Bash(make *)") });
  repository.git("add", "-A");
  const [first] = check(repository.root, "--staged").flakes;
  expect(first?.before).toEqual({ revision: null, tree: null, present: false });
  expect(first?.changes.map(({ direction }) => direction)).toContain("widens");
});

test("the same tree has the same digest in a clone elsewhere, evaluated trusted or not", () => {
  const repository = twoFlakes();
  const clone = join(createDirectory(), "a clone");
  repository.git("clone", "-q", repository.root, clone);
  const digests = [
    check(repository.root, "--head", "HEAD", "--flake", "services/api"),
    check(clone, "--head", "HEAD", "--flake", "services/api"),
    check(clone, "--head", "HEAD", "--flake", "services/api", "--untrusted"),
  ].map(({ digest }) => digest);
  expect(new Set(digests).size).toBe(1);
});
