import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SURFACES } from "../src/model/change.ts";
import { RULES, ruleById } from "../src/rules/index.ts";
import { rulePages } from "../src/rules/pages.ts";

const ids = RULES.map(({ id }) => id);
const ruleFiles = readdirSync("src/rules").filter((file) =>
  /^export const \w+: Rule = /m.test(readFileSync(`src/rules/${file}`, "utf8")),
);

test("the registry names every file that holds a rule, and each file is named after its rule", () => {
  expect(ids.map((id) => `${id}.ts`)).toEqual(ruleFiles);
});

test("ids are unique, sorted and found again by name", () => {
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(ids.map((id) => ruleById(id)?.id)).toEqual(ids);
  expect(ruleById("no-such-rule")).toBeUndefined();
});

test.each(RULES)("$id is documented under four headings, with examples that fire and stay silent", (rule) => {
  for (const text of Object.values(rule.docs)) expect(text.trim()).not.toBe("");
  expect(rule.docs.what).toMatch(/^Reports .*\.$/s);
  expect(rule.examples.fires.length).toBeGreaterThan(0);
  expect(rule.examples.silent.length).toBeGreaterThan(0);
});

test("docs/rules holds the page of every rule, current, and no other", () => {
  const present = readdirSync("docs/rules").sort();
  const pages = rulePages();
  expect(present).toEqual(Object.keys(pages).sort());
  const stale = present.filter((file) => readFileSync(`docs/rules/${file}`, "utf8") !== pages[file]);
  expect(stale, "run: node scripts/generate-rule-docs.mjs").toEqual([]);
});

test("every surface has its file, and its diff a test", () => {
  const sources = readdirSync("src/diff");
  const tests = readdirSync("test/diff");
  expect(SURFACES.filter((surface) => !sources.includes(`${surface}.ts`))).toEqual([]);
  expect(SURFACES.filter((surface) => !tests.includes(`${surface}.test.ts`))).toEqual([]);
});

test("every test of a single rule is named after a rule", () => {
  const shared = [
    "examples.test.ts",
    "run.test.ts",
    "every-widening-is-judged.test.ts",
    "lock-rules.test.ts",
  ];
  const strange = readdirSync("test/rules").filter(
    (file) =>
      file.endsWith(".test.ts") && !shared.includes(file) && !ids.includes(file.replace(/\.test\.ts$/, "")),
  );
  expect(
    strange.filter((file) => !["mcp-pinning.test.ts", "forbidden-commands.test.ts"].includes(file)),
  ).toEqual([]);
});
