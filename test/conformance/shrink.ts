import type { ClientAnswer } from "../../src/model/client-session.ts";
import type { Call } from "../../src/model/permission.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import type { DecisionResult } from "../../src/permissions/types.ts";
import { askAll, type Oracle } from "./ask.ts";
import { shapeOf } from "./causes.ts";
import { answerKind, compare, decisionKind } from "./compare.ts";
import type { Compared } from "./run.ts";
import { type RuleSet, ruleSetKey } from "./scenario.ts";
import { muchSmallerRuleSets, sizeOf, smallerCalls, smallerRuleSets } from "./smaller.ts";

export interface ShrinkOptions {
  client: ClientVersion;
  jobs: number;
  /** At most so many sessions are spent; what is not minimal by then stays as it is. */
  sessions: number;
  engine: (rules: RuleSet, client: ClientVersion) => (call: Call) => DecisionResult;
}

const CALLS_A_ROUND = 40;

/**
 * Makes each disagreement as small as it can be and still be the same one: client and engine answer in the same way, and
 * give the same kind of reason. All of them shrink side by side, so that the candidates of one round share sessions.
 */
export async function shrink(
  disagreements: readonly Compared[],
  oracle: Oracle,
  options: ShrinkOptions,
): Promise<Compared[]> {
  const budget = { left: options.sessions };
  let current = [...disagreements];
  for (const candidates of [boldRuleCandidates, callCandidates, ruleCandidates, callCandidates]) {
    let changed = true;
    while (changed && budget.left > 0) {
      const round = await shrinkOnce(current, candidates, oracle, options, budget);
      changed = round.some((one, index) => one !== current[index]);
      current = round;
    }
  }
  return current;
}

type Candidate = Pick<Compared, "rules" | "call">;

function callCandidates({ rules, call }: Compared): Candidate[] {
  return smallerCalls(call, CALLS_A_ROUND).map((smaller) => ({ rules, call: smaller }));
}

function boldRuleCandidates({ rules, call }: Compared): Candidate[] {
  return muchSmallerRuleSets(rules).map((smaller) => ({ rules: smaller, call }));
}

function ruleCandidates({ rules, call }: Compared): Candidate[] {
  return smallerRuleSets(rules).map((smaller) => ({ rules: smaller, call }));
}

async function shrinkOnce(
  current: readonly Compared[],
  candidates: (compared: Compared) => Candidate[],
  oracle: Oracle,
  options: ShrinkOptions,
  budget: { left: number },
): Promise<Compared[]> {
  const round = new Round(options, budget);
  const tried = current.map((compared) =>
    candidates(compared).filter((one) => round.worthAsking(compared, one)),
  );
  await round.ask(oracle);
  return current.map((compared, index) => {
    const smaller = tried[index]!.flatMap((candidate) => round.stillDisagrees(compared, candidate) ?? []);
    return smaller.reduce((least, one) => (size(one) < size(least) ? one : least), compared);
  });
}

function size({ rules, call }: Compared): number {
  return sizeOf(rules, call);
}

/** The candidates of one round, by rule set: each rule set is asked once. */
class Round {
  private readonly options: ShrinkOptions;
  private readonly budget: { left: number };
  private readonly sessions = new Map<string, { rules: RuleSet; calls: Map<string, Call> }>();
  private readonly answers = new Map<string, ClientAnswer>();

  constructor(options: ShrinkOptions, budget: { left: number }) {
    this.options = options;
    this.budget = budget;
  }

  /** The engine costs nothing: only what it still answers in the same way is asked of the client. */
  worthAsking(compared: Compared, { rules, call }: Candidate): boolean {
    if (sizeOf(rules, call) >= size(compared)) return false;
    if (decisionKind(this.decide(rules, call)) !== decisionKind(compared.result)) return false;
    const key = ruleSetKey(rules);
    const session = this.sessions.get(key);
    if (session !== undefined) {
      session.calls.set(callKey(call), call);
      return true;
    }
    if (this.sessions.size >= this.budget.left) return false;
    this.sessions.set(key, { rules, calls: new Map([[callKey(call), call]]) });
    return true;
  }

  async ask(oracle: Oracle): Promise<void> {
    const questions = [...this.sessions.values()].map(({ rules, calls }) => ({
      rules,
      calls: [...calls.values()],
    }));
    this.budget.left -= questions.length;
    const answers = await askAll(questions, oracle, { jobs: this.options.jobs });
    for (const [index, { rules, calls }] of questions.entries()) {
      for (const [at, call] of calls.entries())
        this.answers.set(questionKey(rules, call), answers[index]![at]!);
    }
  }

  stillDisagrees(compared: Compared, { rules, call }: Candidate): Compared | null {
    const answer = this.answers.get(questionKey(rules, call));
    if (answer === undefined || answerKind(answer) !== answerKind(compared.answer)) return null;
    const result = this.decide(rules, call);
    const smaller = { ...compared, rules, call, answer, result, verdict: compare(answer, result) };
    return shapeOf(smaller) === shapeOf(compared) ? smaller : null;
  }

  private decide(rules: RuleSet, call: Call): DecisionResult {
    return this.options.engine(rules, this.options.client)(call);
  }
}

function callKey(call: Call): string {
  return JSON.stringify(call);
}

function questionKey(rules: RuleSet, call: Call): string {
  return `${ruleSetKey(rules)}\0${callKey(call)}`;
}
