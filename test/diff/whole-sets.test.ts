import { expect, test } from "vitest";
import { NARROWS, undecided, WIDENS } from "../../src/diff/effect.ts";
import { compareSets } from "../../src/diff/rule-effects.ts";
import type { RuleDifference } from "../../src/diff/rule-lists.ts";
import { diffWholeSets } from "../../src/diff/whole-sets.ts";
import type { ChangeFact } from "../../src/model/change.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { permissionSetOf } from "../../src/permissions/index.ts";
import { contextOf } from "../support/context.ts";

function setOf(...allow: string[]) {
  return permissionSetOf(contextOf({ permissions: { allow } }));
}

function sets(before: string[], after: string[], steps = 1_000_000) {
  return compareSets(setOf(...before), setOf(...after), { client: DEFAULT_CLIENT, steps });
}

function added(text: string, effect: RuleDifference["effect"]): RuleDifference {
  return {
    list: "allow",
    before: null,
    after: { list: "allow", text, path: "permissions.allow[0]" },
    effect,
  };
}

function factOf({ after, effect }: RuleDifference): ChangeFact {
  const { witness: _, call: __, ...direction } = effect;
  const { path, text } = after!;
  return {
    surface: "permissions",
    path,
    kind: "added",
    ...direction,
    before: null,
    after: text,
    summary: "",
  };
}

function inShort(differences: RuleDifference[], compared: ReturnType<typeof sets>): string[] {
  return diffWholeSets(differences.map(factOf), differences, compared).map(
    ({ direction, path, witness }) => `${direction} ${path} ${witness?.call ?? "without a witness"}`,
  );
}

test("a call that is newly approved, and that no change accounts for, is a change of its own", () => {
  expect(inShort([], sets([], ["Bash(git *)"]))).toEqual([
    "widens permissions Bash(git push --force origin main)",
  ]);
});

test("neither a change that narrows nor one about other calls accounts for it", () => {
  const differences = [added("Bash(git *)", NARROWS), added("WebFetch", WIDENS)];
  expect(inShort(differences, sets([], ["Bash(git *)"]))).toHaveLength(1);
});

test("a widening rule that covers the call accounts for it", () => {
  expect(inShort([added("Bash(git *)", WIDENS)], sets([], ["Bash(git *)"]))).toEqual([]);
});

test("nothing newly approved is nothing to say", () => {
  expect(inShort([], sets(["Bash(git *)"], ["Bash(git status)"]))).toEqual([]);
});

test("a search that cannot decide is said once, unless a change says so already", () => {
  const compared = sets(["Bash(a*b*c *)"], ["Bash(a*b*c *)", "Bash(a*c*b *)"], 1);
  expect(inShort([], compared)).toEqual(["undecided permissions without a witness"]);
  expect(inShort([added("Bash(a*c*b *)", undecided("too many steps"))], compared)).toEqual([]);
});
