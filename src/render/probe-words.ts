import { assertNever } from "../model/assert-never.ts";
import {
  disagreementOf,
  type ProbedCall,
  type ProbeReport,
  type ProbeSide,
  ranOnlyAfter,
  type ToldDifference,
} from "../model/probe.ts";
import { textDiffLine } from "./text-diff-line.ts";
import { plural } from "./words.ts";

/** The words about the real client, the same in every format. Whoever prints one escapes it. */

/** One sentence: who was asked, and the numbers. */
export function probeSummary(probe: ProbeReport): string {
  const { calls } = probe;
  const now = calls.filter(ranOnlyAfter).length;
  const held = calls.filter(ranOnlyBefore).length;
  const contradicted = calls.filter(contradicts).length;
  const parts = [
    ...(now > 0 ? [`${now} ${now === 1 ? "runs" : "run"} now and did not before`] : []),
    ...(held > 0 ? [`${held} ran before and ${held === 1 ? "does" : "do"} not now`] : []),
    contradicted === 0
      ? "none contradicts what nixclaude says"
      : `${contradicted} ${contradicted === 1 ? "contradicts" : "contradict"} what nixclaude says`,
  ];
  return `${whoWasAsked(probe)}: ${parts.join(", ")}.`;
}

function whoWasAsked({ clients: { before, after }, asked }: ProbeReport): string {
  const calls = plural(asked, "call");
  if (after === null) return `Claude Code ${before} was asked about ${calls}, before the context went`;
  if (before === null) return `Claude Code ${after} was asked about ${calls}`;
  if (before === after) return `Claude Code ${after} was asked about ${calls}, before and after`;
  return `Claude Code was asked about ${calls}, ${before} before and ${after} after`;
}

/** Calls worth a line of their own. */
export function notableCalls({ calls }: ProbeReport): ProbedCall[] {
  return calls.filter(isNotable);
}

/** Calls that run as they did before: what the change leaves approved. */
export function stillRunning({ calls }: ProbeReport): ProbedCall[] {
  return calls.filter((call) => !isNotable(call) && (call.after ?? call.before)?.client === "runs");
}

/** `543 ask, 8 are refused`: the rest, which does as it did before and does not run. */
export function heldText({ calls }: ProbeReport): string {
  const held = calls.filter((call) => !isNotable(call)).map(({ before, after }) => (after ?? before)?.client);
  const parts = HELD_WORDS.flatMap(([outcome, words]) => {
    const count = held.filter((one) => one === outcome).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return parts.join(", ");
}

const HELD_WORDS = [
  ["asks", "ask"],
  ["refuses", "are refused"],
  ["not-offered", "have no tool in this client"],
  ["unclear", "give an answer that says nothing about permission"],
] as const;

function isNotable(call: ProbedCall): boolean {
  return isDifferent(call) || contradicts(call);
}

function isDifferent({ before, after }: ProbedCall): boolean {
  return before !== null && after !== null && before.client !== after.client;
}

function ranOnlyBefore({ before, after }: ProbedCall): boolean {
  return before?.client === "runs" && after !== null && after.client !== "runs";
}

function contradicts({ before, after }: ProbedCall): boolean {
  return [before, after].some((side) => side !== null && disagreementOf(side) !== null);
}

const OUTCOME_WORDS: Readonly<Record<ProbeSide["client"], string>> = {
  runs: "runs",
  asks: "asks",
  refuses: "refuses",
  "not-offered": "no tool",
  unclear: "unclear",
};

/** `asks -> runs`; one word where both sides do the same or only one was asked. */
export function outcomeText({ before, after }: ProbedCall, arrow: string): string {
  const [old, now] = [before, after].map((side) => (side === null ? null : OUTCOME_WORDS[side.client]));
  if (old === null || now === null) return old ?? now ?? "";
  return old === now ? now! : `${old} ${arrow} ${now}`;
}

/** What nixclaude says where the client contradicts it; null where it does not. */
export function contradictionText({ before, after }: ProbedCall): string | null {
  const side = [after, before].find((one) => one !== null && disagreementOf(one) !== null);
  return side === undefined || side === null ? null : `nixclaude says: ${side.expected}`;
}

export function toldText(told: ToldDifference): string {
  switch (told.kind) {
    case "tool-added":
      return `tool \`${told.name}\` added`;
    case "tool-removed":
      return `tool \`${told.name}\` removed`;
    case "tool-changed":
      return `tool \`${told.name}\` described otherwise`;
    case "text":
      return `${told.where}: ${textDiffLine(told.diff)}`;
    case "long-text":
      return `${told.where}: changed, too long to compare by words`;
    default:
      return assertNever(told);
  }
}
