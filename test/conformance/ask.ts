import type { ClientAnswer, SessionRequest } from "../../src/model/client-session.ts";
import { ClientError } from "../../src/model/errors.ts";
import type { Call } from "../../src/model/permission.ts";
import { type RuleSet, sessionRequest } from "./scenario.ts";
import type { SkillKind } from "./world.ts";

/** Runs one session and gives the answers in the order of its calls. */
export type Oracle = (request: SessionRequest) => Promise<readonly ClientAnswer[]>;

/** Calls that are asked about under the same rules. */
export interface Questions {
  rules: RuleSet;
  calls: readonly Call[];
  /** What skills bring with them, where there are any; plain unless it says otherwise. */
  skills?: SkillKind;
}

/**
 * Asks about all of them, `jobs` sessions at a time; answers stand where the questions stood. A session that the client
 * does not survive is halved until the one call is found that ends it: its answer says so, and is `unclear`. Where the
 * rules are at fault and not a call, all answers are.
 * @throws ClientError when the client cannot be asked at all.
 */
export async function askAll(
  questions: readonly Questions[],
  oracle: Oracle,
  options: { jobs: number; onAnswered?: (calls: number) => void },
): Promise<ClientAnswer[][]> {
  const answers: ClientAnswer[][] = questions.map(() => []);
  let next = 0;
  const worker = async (): Promise<void> => {
    try {
      while (next < questions.length) {
        const index = next++;
        const { calls } = questions[index]!;
        if (calls.length > 0) answers[index] = await askHalving(questions[index]!, oracle);
        options.onAnswered?.(calls.length);
      }
    } finally {
      // Where one fails for good, the others begin nothing new.
      next = questions.length;
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, questions.length) }, worker));
  return answers;
}

/** What ends one session and would not end another. */
const OF_THIS_SESSION = new Set([
  "client-crashed",
  "client-timeout",
  "client-output-limit",
  "client-unreadable",
  "client-settings-rejected",
  "client-file-outside",
  "client-file-impossible",
]);

async function askHalving({ rules, calls, skills }: Questions, oracle: Oracle): Promise<ClientAnswer[]> {
  const some = (part: readonly Call[]): Questions => ({ rules, calls: part, ...(skills && { skills }) });
  const ask = (part: readonly Call[]): Promise<Asked> => askOnce(some(part), oracle);
  const answered = await ask(calls);
  if (answered.kind === "answers") return answered.answers;
  const unclear = calls.map((): ClientAnswer => ({ kind: "unclear", message: answered.message }));
  if (calls.length === 1) return unclear;
  if (calls.length > 2) {
    const ends = await ask([calls[0]!]);
    const alsoEnds = ends.kind === "ended" && (await ask([calls.at(-1)!])).kind === "ended";
    if (alsoEnds) return unclear;
  }
  const middle = Math.ceil(calls.length / 2);
  return [
    ...(await askHalving(some(calls.slice(0, middle)), oracle)),
    ...(await askHalving(some(calls.slice(middle)), oracle)),
  ];
}

type Asked = { kind: "answers"; answers: ClientAnswer[] } | { kind: "ended"; message: string };

async function askOnce({ rules, calls, skills }: Questions, oracle: Oracle): Promise<Asked> {
  try {
    return { kind: "answers", answers: [...(await oracle(sessionRequest(rules, calls, skills)))] };
  } catch (error) {
    if (!(error instanceof ClientError) || !OF_THIS_SESSION.has(error.code)) throw error;
    return { kind: "ended", message: `${error.code}: ${error.message}` };
  }
}
