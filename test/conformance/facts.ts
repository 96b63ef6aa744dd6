import { assertNever } from "../../src/model/assert-never.ts";
import type { ClientAnswer } from "../../src/model/client-session.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import { CLIENT_FACTS, type ClientFact } from "../../src/permissions/client-facts/index.ts";
import { askAll, type Oracle, type Questions } from "./ask.ts";
import { type AnswerKind, answerKind } from "./compare.ts";
import { projectRules, ruleSetKey } from "./scenario.ts";

export interface FactsReport {
  client: ClientVersion;
  asked: number;
  confirmed: number;
  /** What the client does otherwise now, in the order of the facts. */
  refuted: { fact: ClientFact; answer: ClientAnswer }[];
}

const CALLS_A_SESSION = 100;

/** Asks the client again about everything that the engine takes for its habit. */
export async function askFacts(
  client: ClientVersion,
  oracle: Oracle,
  options: { jobs: number; facts?: readonly ClientFact[]; onAnswered?: (calls: number) => void },
): Promise<FactsReport> {
  const facts = (options.facts ?? CLIENT_FACTS).filter((fact) => fact.clients.includes(client));
  const sessions = sessionsOf(facts);
  const answers = await askAll(
    sessions.map(({ questions }) => questions),
    oracle,
    options,
  );
  const refuted = sessions.flatMap((session, index) =>
    session.facts.flatMap((fact, at) => {
      const answer = answers[index]![at]!;
      return answerKind(answer) === expectedKind(fact) ? [] : [{ fact, answer }];
    }),
  );
  const position = new Map(facts.map((fact, index) => [fact, index]));
  refuted.sort((a, b) => position.get(a.fact)! - position.get(b.fact)!);
  return { client, asked: facts.length, confirmed: facts.length - refuted.length, refuted };
}

interface FactSession {
  facts: ClientFact[];
  questions: Questions;
}

/** Facts with the same permissions share sessions. */
function sessionsOf(facts: readonly ClientFact[]): FactSession[] {
  const open = new Map<string, ClientFact[]>();
  const full: ClientFact[][] = [];
  for (const fact of facts) {
    const key = ruleSetKey(projectRules(fact.permissions ?? {}));
    const group = open.get(key) ?? [];
    open.set(key, group);
    group.push(fact);
    if (group.length < CALLS_A_SESSION) continue;
    full.push(group);
    open.delete(key);
  }
  return [...full, ...open.values()].map((group) => ({
    facts: group,
    questions: { rules: projectRules(group[0]!.permissions ?? {}), calls: group.map((fact) => fact.call) },
  }));
}

function expectedKind({ outcome }: ClientFact): AnswerKind {
  switch (outcome) {
    case "runs":
      return "runs";
    case "prompts":
      return "asks";
    case "refused":
      return "refuses";
    default:
      return assertNever(outcome);
  }
}
