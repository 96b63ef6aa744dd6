import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalContext, canonicalNixConfig } from "../../src/diff/index.ts";
import { canonicalJson, type Json } from "../../src/model/json.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { anyContext, reordered, twoContexts } from "../support/any-context.ts";
import { snapshotOf, type WritableSet } from "../support/context.ts";
import { changesOf } from "./support.ts";

function spelling(json: WritableSet): string {
  const { context } = snapshotOf(json);
  return canonicalJson(canonicalContext(context, DEFAULT_CLIENT) as unknown as Json);
}

test("two contexts have the same spelling exactly when nothing changes between them", () => {
  fc.assert(
    fc.property(twoContexts, ([a, b]) => {
      const changes = changesOf(snapshotOf(a), snapshotOf(b)).map(({ summary }) => summary);
      expect({ same: spelling(a) === spelling(b), changes: changes.length > 0 }).toEqual({
        same: changes.length === 0,
        changes: changes.length > 0,
      });
    }),
    { numRuns: 400 },
  );
});

test("the order in which attributes are written says nothing", () => {
  fc.assert(
    fc.property(anyContext, (context) => {
      expect(spelling(reordered(context) as WritableSet)).toBe(spelling(context));
    }),
  );
});

const SAME: [what: string, one: WritableSet, other: WritableSet][] = [
  [
    "rules in another spelling and order, and twice",
    { permissions: { allow: ["Bash(git *)", "WebFetch"] } },
    { permissions: { allow: ["WebFetch", "Bash(git:*)", "WebFetch"] } },
  ],
  ["a rule in autoApprove", { permissions: { allow: ["WebFetch"] } }, { autoApprove: ["WebFetch"] }],
  [
    "directories with a slash at the end",
    { permissions: { additionalDirectories: ["../a", "../b"] } },
    { permissions: { additionalDirectories: ["../b/", "../a"] } },
  ],
  ["a policy without a word", { policies: { a: " " } }, {}],
  ["a group of settings that holds none", { sandbox: { network: {} } }, {}],
  [
    "a list of settings in another order",
    { sandbox: { network: { allowedDomains: ["a", "b"] } } },
    { sandbox: { network: { allowedDomains: ["b", "a", "b"] } } },
  ],
  [
    "hooks in another order, for every tool",
    { hooks: { Stop: [{ hooks: [{ type: "command", command: "x" }] }, { matcher: "*", hooks: [] }] } },
    { hooks: { Stop: [{ matcher: "*", hooks: [{ type: "command", command: "x" }] }] } },
  ],
];

test.each(SAME)("%s: the same spelling", (_, one, other) => {
  expect(spelling(one)).toBe(spelling(other));
  expect(one).not.toEqual(other);
});

test("lists of nixConfig whose order says nothing are sorted, others are kept", () => {
  expect(
    canonicalNixConfig({ substituters: ["b", "a", "b"], "bash-prompt": "x", other: ["b", "a"] }),
  ).toEqual({
    substituters: ["a", "b"],
    "bash-prompt": "x",
    other: ["b", "a"],
  });
});
