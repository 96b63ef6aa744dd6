import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { DEMAND_KINDS } from "../../src/constraints/kinds/index.ts";

test("every kind has a file of its name, and every file a kind", () => {
  const files = readdirSync("src/constraints/kinds").map((file) => file.replace(/\.ts$/, ""));
  const kinds = files.filter((file) => file !== "index" && file !== "kind").sort();
  expect(Object.keys(DEMAND_KINDS).sort()).toEqual(kinds);
});

test("every kind is registered under its own name", () => {
  for (const [name, { kind }] of Object.entries(DEMAND_KINDS)) expect(kind).toBe(name);
});
