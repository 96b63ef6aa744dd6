import { assertNever } from "../../src/model/assert-never.ts";
import type { ClientAnswer } from "../../src/model/client-session.ts";
import type { DecisionResult } from "../../src/permissions/types.ts";

/** How one answer of the client and one of the engine stand to each other. */
export const VERDICTS = [
  "agree",
  /** The client runs it without a person, and the engine says that it does not: the worst. */
  "unsound",
  /** The engine says that it runs, and the client asks or refuses. */
  "wrong approval",
  /** The engine says that it does not know. */
  "undecided",
  /** Neither runs it: one asks where the other refuses. */
  "ask or deny",
  /** The client's answer says nothing about permission; counted apart. */
  "unclear",
] as const;
export type Verdict = (typeof VERDICTS)[number];

export type Disagreeing = Exclude<Verdict, "agree" | "unclear">;

export function isDisagreement(verdict: Verdict): verdict is Disagreeing {
  return verdict !== "agree" && verdict !== "unclear";
}

/** What of an answer the engine is held against. `classified`: the client leaves it to a classifier. */
export type AnswerKind = "runs" | "asks" | "refuses" | "classified" | "unclear";

export function answerKind(answer: ClientAnswer): AnswerKind {
  switch (answer.kind) {
    case "runs":
      return "runs";
    case "prompts":
      return answer.reason?.startsWith("classifier") === true ? "classified" : "asks";
    case "refused":
    case "not-offered":
      return "refuses";
    case "unclear":
      return "unclear";
    default:
      return assertNever(answer);
  }
}

/** What of a decision the client is held against. */
export type DecisionKind = "runs" | "asks" | "refuses" | "undecided";

export function decisionKind({ decision, runs }: DecisionResult): DecisionKind {
  if (decision === "undecided" || runs === "undecided") return "undecided";
  if (runs) return "runs";
  return decision === "deny" ? "refuses" : "asks";
}

export function compare(answer: ClientAnswer, result: DecisionResult): Verdict {
  const client = answerKind(answer);
  const engine = decisionKind(result);
  if (client === "unclear") return "unclear";
  // The scripted model is no classifier: what one would say is for nobody to know, and the engine must say just that.
  if (client === "classified")
    return engine === "undecided" ? "agree" : engine === "runs" ? "wrong approval" : "unsound";
  if (client === engine) return "agree";
  if (engine === "undecided") return "undecided";
  if (client === "runs") return "unsound";
  return engine === "runs" ? "wrong approval" : "ask or deny";
}
