import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { cleanGitEnvironment, createRepository, type TestRepository } from "../support/repository.ts";
import type { Workflow } from "./documented.ts";

const { jobs } = parse(readFileSync(".github/workflows/release.yml", "utf8")) as Workflow;
const steps = Object.values(jobs).flatMap((job) => (job.steps ?? []) as { name?: string; run?: string }[]);
const scriptOf = (name: string) => steps.find((step) => step.name === name)!.run!;

let repository: TestRepository;
let remote: TestRepository;

beforeEach(() => {
  remote = createRepository(undefined, { bare: true });
  repository = createRepository({ ".gitignore": "dist/\n", "README.md": "" });
  repository.git("remote", "add", "origin", remote.root);
  repository.git("push", "--quiet", "origin", "main");
});

/** As the runner runs a step with `shell: bash`. */
function run(name: string, version: string) {
  return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", scriptOf(name)], {
    cwd: repository.root,
    env: {
      ...cleanGitEnvironment(),
      VERSION: version,
      GH_TOKEN: "token",
      GITHUB_SHA: repository.head(),
      RUNNER_TEMP: join(repository.root, "dist"),
    },
    encoding: "utf8",
  });
}

describe("the tag of a release", () => {
  test("holds dist, stands on the commit of main, and takes the major's tag along", () => {
    const main = repository.head();
    repository.write({ "dist/action.js": "first\n" });
    expect(run("Tag with dist in it", "1.2.3").status).toBe(0);
    expect(remote.git("show", "v1.2.3:dist/action.js")).toBe("first");
    expect(remote.git("rev-parse", "v1.2.3^")).toBe(main);
    expect(remote.git("rev-parse", "v1")).toBe(remote.git("rev-parse", "v1.2.3"));
    expect(remote.git("rev-parse", "main")).toBe(main);
    expect(remote.git("ls-tree", "--name-only", "main")).not.toContain("dist");
  });

  test("of the next version moves the major's tag, and leaves the version before it", () => {
    repository.write({ "dist/action.js": "first\n" });
    run("Tag with dist in it", "1.2.3");
    const first = remote.git("rev-parse", "v1.2.3");
    repository.write({ "dist/action.js": "second\n" });
    expect(run("Tag with dist in it", "1.3.0").status).toBe(0);
    expect(remote.git("show", "v1:dist/action.js")).toBe("second");
    expect(remote.git("rev-parse", "v1.2.3")).toBe(first);
  });

  test("is never moved", () => {
    repository.write({ "dist/action.js": "first\n" });
    run("Tag with dist in it", "1.2.3");
    const first = remote.git("rev-parse", "v1.2.3");
    repository.git("tag", "--delete", "v1.2.3");
    repository.write({ "dist/action.js": "other\n" });
    expect(run("Tag with dist in it", "1.2.3").status).not.toBe(0);
    expect([remote.git("rev-parse", "v1.2.3"), remote.git("rev-parse", "v1")]).toEqual([first, first]);
  });

  test("leaves no token in the checkout", () => {
    repository.write({ "dist/action.js": "first\n" });
    run("Tag with dist in it", "1.2.3");
    expect(repository.git("config", "--list")).not.toContain("token");
  });
});

describe("builds that differ by a byte", () => {
  test.each([
    ["the same", "x\n", 0],
    ["another byte", "y\n", 1],
  ])("%s", (_, second, status) => {
    repository.write({ "dist/action.js": "x\n", "second/dist-second/action.js": second });
    const script = scriptOf("Both builds are the same, byte for byte");
    const env = { ...cleanGitEnvironment(), RUNNER_TEMP: join(repository.root, "second") };
    const ended = spawnSync("bash", ["-eo", "pipefail", "-c", script], { cwd: repository.root, env });
    expect(ended.status).toBe(status);
  });
});
