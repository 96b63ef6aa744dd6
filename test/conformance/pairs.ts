import type { ClientAnswer } from "../../src/model/client-session.ts";
import { type Call, formatCall, RULE_LISTS, type RuleList } from "../../src/model/permission.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import { findNewlyApproved } from "../../src/permissions/inclusion/index.ts";
import type { PermissionSet, Search } from "../../src/permissions/types.ts";
import { askAll, type Oracle } from "./ask.ts";
import { type Lists, projectRules } from "./scenario.ts";

/** A rule set, and another one that it became; calls around the rules of both. */
export interface Pair {
  before: Lists;
  after: Lists;
  calls: readonly Call[];
}

export interface PairsReport {
  client: ClientVersion;
  pairs: number;
  notWider: number;
  wider: number;
  undecided: number;
  /** Calls that were asked under pairs of which the engine says "not wider". */
  calls: number;
  /** The engine says "not wider", and the client runs this after and not before. */
  missed: PairDisagreement[];
  /** The engine's witness does not do on the client what it says: run after, and not before. */
  unconfirmed: PairDisagreement[];
}

export interface PairDisagreement {
  pair: Pick<Pair, "before" | "after">;
  call: string;
  before: ClientAnswer;
  after: ClientAnswer;
}

const STEPS = 1_000_000;

/** Holds the engine's verdicts about pairs of rule sets against what the client does with calls. */
export async function askPairs(
  pairs: readonly Pair[],
  client: ClientVersion,
  oracle: Oracle,
  options: { jobs: number; onAnswered?: (calls: number) => void },
): Promise<PairsReport> {
  // A comparison knows nothing of skills: one that brings permissions asks, and a rule for it then approves something.
  const skills = "granting" as const;
  const searched = pairs.map((pair) => ({ pair, search: search(pair, client) }));
  const asked = searched.map(({ pair, search }) => ({ ...pair, calls: callsFor(pair, search) }));
  const after = await askAll(
    asked.map((pair) => ({ rules: projectRules(pair.after), calls: pair.calls, skills })),
    oracle,
    options,
  );
  // Only what runs after can be new: nothing else needs to be asked under the set before.
  const again = asked.map((pair, index) =>
    pair.calls.flatMap((call, at) => {
      const answer = after[index]![at]!;
      return answer.kind === "runs" || searched[index]!.search.kind === "found"
        ? [{ call, after: answer }]
        : [];
    }),
  );
  const before = await askAll(
    asked.map((pair, index) => ({
      skills,
      rules: projectRules(pair.before),
      calls: again[index]!.map(({ call }) => call),
    })),
    oracle,
    options,
  );
  const report: PairsReport = {
    client,
    pairs: pairs.length,
    notWider: searched.filter(({ search }) => search.kind === "none").length,
    wider: searched.filter(({ search }) => search.kind === "found").length,
    undecided: searched.filter(({ search }) => search.kind === "undecided").length,
    calls: 0,
    missed: [],
    unconfirmed: [],
  };
  for (const [index, { pair, search }] of searched.entries()) {
    if (search.kind === "none") report.calls += asked[index]!.calls.length;
    for (const [at, { call, after: answerAfter }] of again[index]!.entries()) {
      const answerBefore = before[index]![at]!;
      const isNew =
        answerAfter.kind === "runs" && answerBefore.kind !== "runs" && answerBefore.kind !== "unclear";
      const { calls: _, ...sets } = pair;
      const found = { pair: sets, call: formatCall(call), before: answerBefore, after: answerAfter };
      if (search.kind === "none" && isNew) report.missed.push(found);
      if (search.kind === "found" && !isNew) report.unconfirmed.push(found);
    }
  }
  return report;
}

function search(pair: Pair, client: ClientVersion): Search {
  return findNewlyApproved(permissionSet(pair.before), permissionSet(pair.after), { client, steps: STEPS });
}

function callsFor(pair: Pair, search: Search): readonly Call[] {
  switch (search.kind) {
    case "none":
      return pair.calls;
    case "found":
      return [search.call];
    case "undecided":
      return [];
  }
}

function permissionSet(lists: Lists): PermissionSet {
  const rules = Object.fromEntries(RULE_LISTS.map((list) => [list, lists[list] ?? []])) as Record<
    RuleList,
    readonly string[]
  >;
  return {
    ...rules,
    mode: null,
    additionalDirectories: [],
    bypassDisabled: false,
    sandboxApprovesBash: false,
    other: {},
  };
}
