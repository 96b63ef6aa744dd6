import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { documentedWorkflows } from "./documented.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "nixclaude-workflows-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function lint(...files: string[]) {
  return spawnSync(process.execPath, ["scripts/lint-workflows.mjs", ...files], { encoding: "utf8" });
}

test("actionlint finds nothing in this repository's workflows", () => {
  const { status, stdout } = lint();
  expect(stdout).toMatch(/^[1-9]\d* workflows, 0 findings\n$/);
  expect(status).toBe(0);
});

test("actionlint finds nothing in the workflows that the documentation shows", () => {
  const files = documentedWorkflows().map(({ page, text }, index) => {
    const file = join(directory, `${page.replace(/\W/g, "-")}-${index}.yml`);
    writeFileSync(file, text);
    return file;
  });
  const { status, stdout } = lint(...files);
  expect(stdout).toBe(`${files.length} workflows, 0 findings\n`);
  expect(status).toBe(0);
});

test.each([
  ["a stranger's text in a script", "run: echo ${{ github.event.pull_request.title }}", "untrusted"],
  ["a step that is not there", "run: echo ${{ steps.nobody.outputs.digest }}", "not defined"],
  [
    "an input that an action does not have",
    "uses: actions/checkout@v4\n        with:\n          credentials: no",
    "not defined",
  ],
])("it fails on %s", (_, step, message) => {
  const file = join(directory, "broken.yml");
  writeFileSync(file, `on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n      - ${step}\n`);
  const { status, stdout } = lint(file);
  expect(stdout).toContain(message);
  expect(status).toBe(1);
});
