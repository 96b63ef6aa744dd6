import type { ClientAnswer } from "../../src/model/client-session.ts";
import type { Call } from "../../src/model/permission.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import type { DecisionResult } from "../../src/permissions/types.ts";
import { askAll, type Oracle } from "./ask.ts";
import { answerKind, compare, type Verdict } from "./compare.ts";
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
  return compareAnswers(scenarios, client, answers);
}

/** Holds the engine against answers that were given. */
export function compareAnswers(
  scenarios: readonly Scenario[],
  client: ClientVersion,
  answers: readonly (readonly ClientAnswer[])[],
): Compared[] {
  return scenarios.flatMap((scenario, index) => {
    const { category, files, mode, trusted } = scenario;
    const rules: RuleSet = { files, mode, trusted };
    const decide = engineFor(rules, client);
    const heard = aboutRules(scenario.calls, withoutFallback(answers[index]!, client), client);
    return scenario.calls.map((call, at): Compared => {
      const answer = heard[at]!;
      const result = decide(call);
      return { category, client, rules, call, answer, result, verdict: compare(answer, result) };
    });
  });
}

/**
 * When its classifier has failed a few times in a session, 2.1.197 asks a person for everything that it would have
 * judged. Those prompts look like any other: they say nothing about what the rules say.
 */
function withoutFallback(answers: readonly ClientAnswer[], client: ClientVersion): readonly ClientAnswer[] {
  if (client !== "2.1.197" || !answers.some((answer) => answerKind(answer) === "classified")) return answers;
  return answers.map((answer) =>
    answerKind(answer) === "asks"
      ? { kind: "unclear", message: `after its classifier: ${answer.message}` }
      : answer,
  );
}

/** Tools that this client offers in no session of the box, whatever the rules are: their absence says nothing. */
const NEVER_OFFERED: Partial<Record<ClientVersion, readonly string[]>> = {
  "2.1.197": ["ListAgents", "Monitor", "ToolSearch"],
};

function aboutRules(
  calls: readonly Call[],
  answers: readonly ClientAnswer[],
  client: ClientVersion,
): readonly ClientAnswer[] {
  const never = NEVER_OFFERED[client] ?? [];
  return answers.map((answer, at) =>
    answer.kind === "not-offered" && never.includes(calls[at]!.tool)
      ? { kind: "unclear", message: answer.message }
      : answer,
  );
}
