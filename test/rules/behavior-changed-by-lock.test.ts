import { expect, test } from "vitest";
import type { Cause } from "../../src/model/change.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { factsOf, findingsOf, messagesOf } from "./support.ts";

const RULE = "behavior-changed-by-lock";
const input = (
  name: string,
  from: string | null = "1".repeat(40),
  to: string | null = "2".repeat(40),
): Cause => ({
  kind: "input",
  name,
  from,
  to,
});
const edit: Cause = { kind: "edit", file: "flake.nix" };
const POLICY = { before: {}, after: { policies: { tone: "Be terse." } } };

test.each<[string, Cause[], string | null]>([
  ["an input", [input("a")], "it comes from the input `a` (1111111 -> 2222222)."],
  ["a nested input", [input("a/b")], "it comes from the input `a/b` (1111111 -> 2222222)."],
  ["one that is new", [input("a", null)], "it comes from the input `a` (new, 2222222)."],
  ["one that is gone", [input("a", "1", null)], "it comes from the input `a` (gone, 1)."],
  [
    "two, of which each would have done it",
    [input("a"), input("b")],
    "it comes from the input `a` (1111111 -> 2222222); so it does from the input `b` (1111111 -> 2222222), each by itself.",
  ],
  [
    "an input and an edit that did it only together",
    [{ kind: "joint", of: [edit, input("a")] }],
    "it comes from an edit in `flake.nix` together with the input `a` (1111111 -> 2222222).",
  ],
  ["an edit", [edit], null],
])("a change caused by %s", (_, causes, words) => {
  expect(messagesOf(RULE, { ...POLICY, causes })).toEqual(
    words === null ? [] : [`Policy \`tone\` added: ${words}`],
  );
});

test.each<[string, JsonObject, JsonObject, string]>([
  ["widens", {}, { permissions: { allow: ["Bash(git *)"] } }, "warning"],
  ["narrows", { permissions: { allow: ["Bash(git *)"] } }, {}, "note"],
  ["is incomparable", { persona: "You know." }, { persona: "You guess." }, "warning"],
  ["is undecided", { settings: { someNewKey: 1 } }, { settings: { someNewKey: 2 } }, "warning"],
  ["is neutral", { model: "opus" }, { model: "sonnet" }, "note"],
])("a change that %s has the severity of that", (_, before, after, severity) => {
  const facts = factsOf(RULE, { before, after, causes: [input("a")] });
  expect(facts.map((fact) => fact.severity)).toEqual(facts.map(() => severity));
  expect(facts).not.toEqual([]);
});

test("names the call that proves it, and judges its change", () => {
  const example = { before: {}, after: { permissions: { allow: ["Bash(git *)"] } }, causes: [input("a")] };
  const found = findingsOf(example).filter(({ rule }) => rule === RULE);
  expect(found).toMatchObject([{ change: "c1", introduced: true, witness: { after: "allow" } }]);
  expect(found[0]?.message).toMatch(/`Bash\(.*\)` runs without asking/);
});
