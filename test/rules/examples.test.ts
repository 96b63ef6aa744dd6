import { describe, expect, test } from "vitest";
import { RULES } from "../../src/rules/index.ts";
import { factsOf } from "./support.ts";

describe.each(RULES)("$id", (rule) => {
  test.each(rule.examples.fires)("fires on %j", (example) => {
    expect(factsOf(rule, example)).not.toEqual([]);
  });

  test.each(rule.examples.silent)("stays silent on %j", (example) => {
    expect(factsOf(rule, example)).toEqual([]);
  });
});
