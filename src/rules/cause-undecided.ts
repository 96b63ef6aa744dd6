import { inputsAt } from "../lock/index.ts";
import { type Change, inputCauses } from "../model/change.ts";
import type { FindingFact } from "../model/finding.ts";
import { type InputChange, inputAttribute } from "../model/lock.ts";
import type { Locks, Rule, RuleInput } from "./rule.ts";

const ROW: InputChange = {
  name: "company-standards",
  path: "company-standards",
  kind: "moved",
  from: "1111111111111111111111111111111111111111",
  to: "2222222222222222222222222222222222222222",
  effects: 0,
};
const UNKNOWN = { ...ROW, undecidedBecause: "its old revision can no longer be fetched" };

/** More are counted, not named: the table of inputs has them all. */
const NAMED_INPUTS_MAX = 5;

export const causeUndecided: Rule = {
  id: "cause-undecided",
  severity: "warning",
  docs: {
    what: "Reports inputs that moved and of which it could not be told what they changed, with the reason.",
    why: "A change is laid at an input's door by evaluating what would have been without it. Where that does not evaluate, the input may have done more than the report says of it, or nothing: the changes that it may have caused name it all the same.",
    example: '"rev": "9e8d7c6…",   // the old revision is gone from its server',
    exampleIs: "flake.lock",
    instead:
      "Move this input in a change of its own: what changes then comes from it, and nothing has to be tried.",
  },
  examples: {
    fires: [
      { before: {}, after: {}, inputChanges: [UNKNOWN] },
      {
        before: {},
        after: { policies: { tone: "Be terse." } },
        inputChanges: [ROW, { ...UNKNOWN, path: "tools" }],
        causes: [{ kind: "input", name: "tools", from: null, to: null }],
      },
    ],
    silent: [
      { before: {}, after: {} },
      { before: {}, after: { policies: { tone: "Be terse." } }, inputChanges: [ROW] },
    ],
  },
  check: ({ inputChanges = [], changes, locks }) => {
    const byReason = new Map<string, InputChange[]>();
    for (const row of inputChanges) {
      const { undecidedBecause: reason } = row;
      if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), row]);
    }
    return [...byReason].map(([reason, rows]) => factOf(reason, rows, changes, locks));
  },
};

function factOf(
  reason: string,
  rows: readonly InputChange[],
  changes: RuleInput["changes"],
  locks: Locks | undefined,
): FindingFact {
  const [first] = rows;
  const position = locks === undefined ? undefined : placeOf(first!.path, locks);
  return {
    message: `It could not be told what ${inWords(rows)} changed: ${reason}.${suspected(rows, changes)}`,
    help: "Move the input in a change of its own, or take what it may have changed for its doing.",
    subject: { path: rows.length === 1 ? inputAttribute(first!.path) : "inputs" },
    ...(position && { position }),
  };
}

function inWords(rows: readonly InputChange[]): string {
  const named = rows.slice(0, NAMED_INPUTS_MAX).map(({ path }) => `\`${path}\``);
  const more = rows.length - named.length;
  return `the input${rows.length === 1 ? "" : "s"} ${named.join(", ")}${more === 0 ? "" : ` and ${more} more`}`;
}

function suspected(rows: readonly InputChange[], changes: readonly Change[]): string {
  const paths = new Set(rows.map(({ path }) => path));
  const count = changes.filter(({ causes }) =>
    inputCauses(causes).some(({ name }) => paths.has(name)),
  ).length;
  if (count === 0) return "";
  return ` ${count === 1 ? "One change" : `${count} changes`} may come from ${rows.length === 1 ? "it" : "them"}.`;
}

function placeOf(path: string, { after, file }: Locks): FindingFact["position"] {
  const input = after === null ? undefined : inputsAt(after).get(path);
  return input === undefined ? undefined : { file, line: input.node.line, column: 1 };
}
