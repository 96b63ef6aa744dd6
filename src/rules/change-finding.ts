import { withoutListIndex } from "../diff/index.ts";
import type { Change, Surface } from "../model/change.ts";
import { HAPPENS_NOW } from "../model/decision-words.ts";
import type { FindingFact, Severity } from "../model/finding.ts";

/** What cannot be shown to be narrower counts as wider. */
export function mayWiden(change: Change): boolean {
  return change.direction === "widens" || change.direction === "undecided";
}

export interface ChangeWords {
  /** What and where, without the full stop and the proof. */
  message: string;
  help: string;
  severity?: Severity;
  /** The permission rule that it is about. */
  rule?: string;
}

/** One finding for each change of a surface that a rule picks. */
export function findChanges(
  changes: readonly Change[],
  surface: Surface,
  picks: (change: Change) => boolean,
  words: (change: Change) => ChangeWords,
): FindingFact[] {
  return changes
    .filter((change) => change.surface === surface && picks(change))
    .map((change) => findingOf(change, words(change)));
}

export function findingOf(change: Change, { message, help, severity, rule }: ChangeWords): FindingFact {
  return {
    message: `${message}${proofOf(change)}.`,
    help,
    subject: { path: withoutListIndex(change.path), ...(rule !== undefined && { rule }) },
    change: change.id,
    ...(severity !== undefined && { severity }),
    ...(change.witness && { witness: change.witness }),
    ...(change.position && { position: change.position }),
  };
}

/** The call that proves it (what it did before stands in the witness), or why nothing could be shown. */
function proofOf({ direction, witness, undecidedBecause }: Change): string {
  if (direction === "undecided") {
    return `; it could not be shown to be no wider than before${undecidedBecause ? ` (${undecidedBecause})` : ""}`;
  }
  if (direction !== "widens" || witness === undefined) return "";
  return `: \`${witness.call}\` ${HAPPENS_NOW[witness.after]}`;
}

/** Instructions that changed are worth a look; what also grants is worth a warning. */
export function warnsWhenWider(change: Change): Severity {
  return mayWiden(change) ? "warning" : "note";
}

/** The subject of a change as its summary names it, with a capital letter: "Skill `review` added". */
export function sentence(summary: string): string {
  return summary.charAt(0).toUpperCase() + summary.slice(1);
}
