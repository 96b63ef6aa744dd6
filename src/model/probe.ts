import type { TextDiffPart } from "./change.ts";

/** What a client does with a call; `unclear` when its answer says nothing about permission. */
export type ProbeOutcome = "runs" | "asks" | "refuses" | "not-offered" | "unclear";

/** What the engine says of the same call. */
export type ExpectedOutcome = "runs" | "asks" | "refuses" | "undecided";

/** What the real client did with the catalogue of probes on both sides of a change. */
export interface ProbeReport {
  /** Version as the client reports it; null where there is no context, so that nothing was asked. */
  clients: { before: string | null; after: string | null };
  /** Calls that were asked, on each side. */
  asked: number;
  /** Every call: those that differ first, worst first; then the rest in the order of the catalogue. */
  calls: ProbedCall[];
  /** What the model is told differently. */
  told: ToldDifference[];
  /** Attribute paths of what the client was not given, since it would start programs or leave the scripted model. */
  leftOut: string[];
}

export interface ProbedCall {
  /** Of the catalogue, or `witness` for a call that a change names as its proof. */
  id: string;
  /** As `formatCall` writes it. */
  call: string;
  category: string;
  severity: "critical" | "high" | "medium" | "low";
  /** What it would mean if it ran unattended. */
  reason: string;
  before: ProbeSide | null;
  after: ProbeSide | null;
}

export interface ProbeSide {
  client: ProbeOutcome;
  expected: ExpectedOutcome;
  /** The client's own words for why it held the call back; "" where it gave none. */
  message: string;
}

export type ToldDifference =
  | { kind: "tool-added" | "tool-removed" | "tool-changed"; name: string }
  | { kind: "text"; where: "system prompt" | "messages"; diff: TextDiffPart[] }
  /** Too long for a comparison by words. */
  | { kind: "long-text"; where: "system prompt" | "messages" };

/** Does the client contradict the engine? An answer that says nothing contradicts nothing. */
export function disagreementOf({
  client,
  expected,
}: ProbeSide): "runs-unexpectedly" | "held-unexpectedly" | null {
  if (client === "unclear" || expected === "undecided") return null;
  if (client === "runs") return expected === "runs" ? null : "runs-unexpectedly";
  // A tool that is not offered cannot run; whether it would ask is not known.
  if (client === "not-offered" || expected !== "runs") return null;
  return "held-unexpectedly";
}

/** Does the call run now, and did not before? */
export function ranOnlyAfter({ before, after }: Pick<ProbedCall, "before" | "after">): boolean {
  return after?.client === "runs" && before !== null && before.client !== "runs";
}
