import type { ClientAnswer, SessionRequest } from "../../src/model/client-session.ts";
import type { DecisionResult } from "../../src/permissions/types.ts";
import { compare } from "./compare.ts";
import type { Compared } from "./run.ts";
import type { RuleSet } from "./scenario.ts";

/** A client of a few lines, to test the tools that ask one: it runs what `runs` says, and asks about all else. */
export function toyOracle(runs: (rules: string, line: string) => boolean) {
  const sessions: SessionRequest[] = [];
  const oracle = async (request: SessionRequest): Promise<ClientAnswer[]> => {
    sessions.push(request);
    const rules = request.files.map((file) => file.text).join("\n");
    return request.calls.map((call) => toyAnswer(runs(rules, call.argument)));
  };
  return { oracle, sessions };
}

export function toyAnswer(runs: boolean): ClientAnswer {
  return runs
    ? { kind: "runs", message: "ran" }
    : { kind: "prompts", message: "requires approval", reason: null };
}

export function toyResult(runs: boolean): DecisionResult {
  return {
    decision: runs ? "allow" : "default",
    runs,
    reason: runs ? "a rule covers it" : "no rule covers it",
  };
}

export function toyCompared(rules: RuleSet, argument: string, client: boolean, engine: boolean): Compared {
  const [answer, result] = [toyAnswer(client), toyResult(engine)];
  const call = { tool: "Bash", argument };
  return {
    category: "compounds",
    client: "2.1.330",
    rules,
    call,
    answer,
    result,
    verdict: compare(answer, result),
  };
}
