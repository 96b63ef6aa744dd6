import type { ClientAnswer } from "../../src/model/client-session.ts";
import type { Call } from "../../src/model/permission.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import type { DecisionResult } from "../../src/permissions/types.ts";
import { askAll, type Oracle } from "./ask.ts";
import { compare, type Verdict } from "./compare.ts";
import { engineFor } from "./engine.ts";
import type { RuleSet, Scenario } from "./scenario.ts";

/** One call under one rule set, answered by both. */
export interface Compared {
  category: string;
  client: ClientVersion;
  rules: RuleSet;
  call: Call;
  answer: ClientAnswer;
  result: DecisionResult;
  verdict: Verdict;
}

/** Asks one client and the engine about every call of the scenarios. */
export async function compareScenarios(
  scenarios: readonly Scenario[],
  client: ClientVersion,
  oracle: Oracle,
  options: { jobs: number; onAnswered?: (calls: number) => void },
): Promise<Compared[]> {
  const answers = await askAll(
    scenarios.map((scenario) => ({ rules: scenario, calls: scenario.calls })),
    oracle,
    options,
  );
  return scenarios.flatMap((scenario, index) => {
    const { category, files, mode, trusted } = scenario;
    const rules: RuleSet = { files, mode, trusted };
    const decide = engineFor(rules, client);
    return scenario.calls.map((call, at): Compared => {
      const answer = answers[index]![at]!;
      const result = decide(call);
      return { category, client, rules, call, answer, result, verdict: compare(answer, result) };
    });
  });
}
