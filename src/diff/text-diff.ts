import { diffLines, diffWordsWithSpace } from "diff";
import type { TextDiffPart } from "../model/change.ts";
import type { Limits } from "../model/limits.ts";

/** A line longer than this counts as several against the budget. */
const LINE_CHARACTERS = 200;
/**
 * Edits the search may make before it gives up. Not a timeout: what a report holds must not depend on how fast
 * the machine is. The work grows with the square of it.
 */
const WORD_EDITS_MAX = 1_500;
const LINE_EDITS_MAX = 800;
/** Unchanged text between two edits is shortened to its ends. */
const SAME_CHARACTERS_MAX = 400;
const SAME_END_CHARACTERS = 160;

/**
 * Compares texts word by word, else line by line, until `limits.textDiffLines` lines were compared in all; then
 * `undefined`, and the summary of the change has to do.
 */
export function textDiffer(limits: Limits): (before: string, after: string) => TextDiffPart[] | undefined {
  let linesLeft = limits.textDiffLines;
  return (before, after) => {
    const lines = Math.max(countLines(before), countLines(after));
    if (lines > linesLeft) return undefined;
    linesLeft -= lines;
    const parts =
      diffWordsWithSpace(before, after, { maxEditLength: WORD_EDITS_MAX }) ??
      diffLines(before, after, { maxEditLength: LINE_EDITS_MAX });
    return parts?.map(({ value, added, removed }) =>
      added
        ? { kind: "added", text: value }
        : removed
          ? { kind: "removed", text: value }
          : { kind: "same", text: shortened(value) },
    );
  };
}

export function countLines(text: string): number {
  return text
    .split("\n")
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE_CHARACTERS)), 0);
}

function shortened(text: string): string {
  if (text.length <= SAME_CHARACTERS_MAX) return text;
  return `${wholeCharacters(text.slice(0, SAME_END_CHARACTERS))} … ${wholeCharacters(text.slice(-SAME_END_CHARACTERS))}`;
}

/** Without halves of surrogate pairs at the ends, which would not survive being written as UTF-8. */
function wholeCharacters(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "");
}

/** The `textDiff` of a change: only where both texts are there and within the budget. */
export function textDiffField(
  textDiff: (before: string, after: string) => TextDiffPart[] | undefined,
  before: string | null | undefined,
  after: string | null | undefined,
): { textDiff?: TextDiffPart[] } {
  if (typeof before !== "string" || typeof after !== "string" || before === after) return {};
  const parts = textDiff(before, after);
  return parts === undefined ? {} : { textDiff: parts };
}
