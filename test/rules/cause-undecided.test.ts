import { expect, test } from "vitest";
import type { InputChange } from "../../src/model/lock.ts";
import { exampleLock, exampleNode } from "../../src/rules/lock-example.ts";
import { factsOf, findingsOf, messagesOf } from "./support.ts";

const RULE = "cause-undecided";
const row = (path: string, undecidedBecause?: string): InputChange => ({
  name: path,
  path,
  kind: "moved",
  from: "1",
  to: "2",
  effects: 0,
  ...(undecidedBecause !== undefined && { undecidedBecause }),
});
const SAME = { before: {}, after: {} };
const GONE = "its old revision cannot be fetched";

test.each<[string, InputChange[], string[]]>([
  ["known causes", [row("a")], []],
  [
    "one unknown",
    [row("a", GONE), row("b")],
    [`It could not be told what the input \`a\` changed: ${GONE}.`],
  ],
  [
    "several for one reason",
    [row("a", GONE), row("b/c", GONE)],
    [`It could not be told what the inputs \`a\`, \`b/c\` changed: ${GONE}.`],
  ],
  [
    "two reasons",
    [row("a", GONE), row("b", "it took too long")],
    [
      `It could not be told what the input \`a\` changed: ${GONE}.`,
      "It could not be told what the input `b` changed: it took too long.",
    ],
  ],
  [
    "many",
    Array.from({ length: 7 }, (_, index) => row(`i${index}`, GONE)),
    [
      `It could not be told what the inputs \`i0\`, \`i1\`, \`i2\`, \`i3\`, \`i4\` and 2 more changed: ${GONE}.`,
    ],
  ],
])("%s", (_, inputChanges, messages) => {
  expect(messagesOf(RULE, { ...SAME, inputChanges })).toEqual(messages);
});

test("counts the changes that may come from it", () => {
  const after = { policies: { tone: "Be terse.", style: "Be brief." } };
  const causes = [{ kind: "joint", of: [{ kind: "input", name: "a", from: "1", to: "2" }] }] as const;
  const example = { before: {}, after, causes: [{ ...causes[0], of: [...causes[0].of] }] };
  expect(messagesOf(RULE, { ...example, inputChanges: [row("a", GONE)] })[0]).toMatch(
    / 2 changes may come from it\.$/,
  );
});

test("stands at the line that locks the input, and is news", () => {
  const lock = exampleLock({ company: exampleNode("company", "two") });
  const example = { ...SAME, inputChanges: [row("company", GONE)], locks: { before: lock, after: lock } };
  expect(factsOf(RULE, example)).toMatchObject([
    { subject: { path: "inputs.company" }, position: { file: "flake.lock", line: 3 } },
  ]);
  const found = findingsOf(example).filter(({ rule }) => rule === RULE);
  expect(found).toMatchObject([{ severity: "warning", introduced: true }]);
});
