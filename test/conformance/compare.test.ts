import { expect, test } from "vitest";
import type { ClientAnswer } from "../../src/model/client-session.ts";
import type { DecisionResult } from "../../src/permissions/types.ts";
import { compare, isDisagreement, VERDICTS } from "./compare.ts";

const CLIENT: Record<string, ClientAnswer> = {
  runs: { kind: "runs", message: "ran" },
  prompts: { kind: "prompts", message: "requires approval", reason: "other: requires approval" },
  classified: { kind: "prompts", message: "", reason: "classifier: Classifier unavailable" },
  refused: { kind: "refused", message: "has been denied", reason: "rule" },
  "not offered": { kind: "not-offered", message: "No such tool available" },
  unclear: { kind: "unclear", message: "wrong input" },
};

const ENGINE: Record<string, DecisionResult> = {
  allow: { decision: "allow", runs: true, reason: "" },
  "default, runs": { decision: "default", runs: true, reason: "" },
  "default, asks": { decision: "default", runs: false, reason: "" },
  ask: { decision: "ask", runs: false, reason: "" },
  deny: { decision: "deny", runs: false, reason: "" },
  undecided: { decision: "undecided", runs: "undecided", reason: "" },
  "default, may run": { decision: "default", runs: "undecided", reason: "" },
};

const ENGINE_ORDER = [
  "allow",
  "default, runs",
  "default, asks",
  "ask",
  "deny",
  "undecided",
  "default, may run",
];

/** In the order of `ENGINE_ORDER`. */
test.each([
  ["runs", ["agree", "agree", "unsound", "unsound", "unsound", "undecided", "undecided"]],
  [
    "prompts",
    ["wrong approval", "wrong approval", "agree", "agree", "ask or deny", "undecided", "undecided"],
  ],
  [
    "refused",
    ["wrong approval", "wrong approval", "ask or deny", "ask or deny", "agree", "undecided", "undecided"],
  ],
  [
    "not offered",
    ["wrong approval", "wrong approval", "ask or deny", "ask or deny", "agree", "undecided", "undecided"],
  ],
  ["classified", ["wrong approval", "wrong approval", "unsound", "unsound", "unsound", "agree", "agree"]],
  ["unclear", ["unclear", "unclear", "unclear", "unclear", "unclear", "unclear", "unclear"]],
])("where the client says %s", (answer, verdicts) => {
  expect(ENGINE_ORDER.map((decision) => compare(CLIENT[answer]!, ENGINE[decision]!))).toEqual(verdicts);
});

test("what agrees and what is unclear is no disagreement; everything else is", () => {
  expect(VERDICTS.filter((verdict) => !isDisagreement(verdict))).toEqual(["agree", "unclear"]);
});
