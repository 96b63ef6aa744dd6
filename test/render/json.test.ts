import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { render, renderChanges } from "../../src/render/json.ts";
import { BLOCKED, PASSED, WARNED } from "./sample-report.ts";

const schema = JSON.parse(readFileSync("schema/report.schema.json", "utf8"));
const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
const validate = ajv.compile(schema);

test.each<[string, Report]>([
  ["blocked", BLOCKED],
  ["warned", WARNED],
  ["passed", PASSED],
])("the %s report fits its published schema", (_, report) => {
  validate(JSON.parse(render(report)));
  expect(validate.errors).toBeNull();
});

test("changes only: the same fields, without any that judges", () => {
  const report = JSON.parse(render(BLOCKED));
  const changes = JSON.parse(renderChanges(BLOCKED));
  expect(Object.keys(changes)).toEqual([
    "schemaVersion",
    "tool",
    "digest",
    "flakes",
    "semantics",
    "evaluation",
  ]);
  expect(Object.keys(changes.flakes[0])).toEqual([
    "path",
    "attribute",
    "before",
    "after",
    "changes",
    "inputs",
  ]);
  expect(report).toMatchObject(changes);
});
