import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { makeTemporaryDirectory } from "../../src/system/temporary-directory.ts";
import { createDirectory } from "../support/repository.ts";

const before = process.env.TMPDIR;
const made: string[] = [];
afterEach(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

function scratchIn(temporary: string): string {
  process.env.TMPDIR = temporary;
  const scratch = makeTemporaryDirectory("eval");
  made.push(scratch);
  return scratch;
}

test("what a killed run left behind goes with the next one, what a living one has stays", () => {
  const temporary = createDirectory();
  const living = scratchIn(temporary);
  const { pid: dead } = spawnSync("true");
  const left = join(temporary, living.split("/").at(-1)!.replace(`-${process.pid}-`, `-${dead}-`));
  renameSync(scratchIn(temporary), left);
  const foreign = join(temporary, "nixclaude-eval-1-1-x");
  mkdirSync(foreign);
  scratchIn(temporary);
  expect(existsSync(left)).toBe(false);
  expect(existsSync(living)).toBe(true);
  expect(existsSync(foreign)).toBe(true);
});

test.each([
  ["does not exist", "gone"],
  ["has a blank", "a b"],
  ["has what an address reads otherwise", "a#b?c%20"],
])("a temporary directory whose name %s is not used", (_what, name) => {
  const temporary = join(createDirectory(), name);
  if (name !== "gone") mkdirSync(temporary);
  const scratch = scratchIn(temporary);
  expect(["/tmp", "/var/tmp"]).toContain(dirname(scratch));
  expect(existsSync(temporary) ? readdirSync(temporary) : []).toEqual([]);
});
