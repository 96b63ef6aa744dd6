import { readFileSync, writeFileSync } from "node:fs";
import type { ClientAnswer } from "../../src/model/client-session.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import type { Compared } from "./run.ts";
import type { Scenario } from "./scenario.ts";

/** The answers of one run: for each client a list for each scenario. */
type Answers = Partial<Record<ClientVersion, ClientAnswer[][]>>;

const MAX_MESSAGE = 200;

/** Writes what the clients answered, so that a later engine can be held against the same answers. */
export function writeAnswers(file: string, runs: readonly (readonly Compared[])[]): void {
  const answers: Answers = {};
  for (const compared of runs) {
    const scenarios = new Map<Compared["rules"], ClientAnswer[]>();
    for (const { rules, answer } of compared) {
      const list = scenarios.get(rules) ?? [];
      list.push({ ...answer, message: answer.message.slice(0, MAX_MESSAGE) });
      scenarios.set(rules, list);
    }
    const [first] = compared;
    if (first !== undefined) answers[first.client] = [...scenarios.values()];
  }
  writeFileSync(file, JSON.stringify(answers));
}

/** Reads them back. Throws when they are not the answers to these scenarios. */
export function readAnswers(
  file: string,
  client: ClientVersion,
  scenarios: readonly Scenario[],
): ClientAnswer[][] {
  const answers = (JSON.parse(readFileSync(file, "utf8")) as Answers)[client] ?? [];
  const asked = scenarios.filter(({ calls }) => calls.length > 0);
  if (
    answers.length !== asked.length ||
    asked.some(({ calls }, index) => calls.length !== answers[index]!.length)
  ) {
    throw new Error(`${file} does not hold the answers of ${client} to this seed and number of decisions`);
  }
  return answers;
}
