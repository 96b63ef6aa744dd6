import type { Change, TextDiffPart } from "../model/change.ts";
import type { Json } from "../model/json.ts";

/** More lines of one change are counted, not shown: a comment has to hold every change. */
const MAX_LINES_PER_CHANGE = 120;

/** One change in the notation of a unified diff: a header, then lines that start with `-`, `+` or a blank. */
export function changeDiffLines(change: Change): string[] {
  const body =
    change.textDiff === undefined
      ? [...valueLines("-", change.before), ...valueLines("+", change.after)]
      : textLines(change.textDiff);
  const shown = body.slice(0, MAX_LINES_PER_CHANGE);
  const hidden = body.length - shown.length;
  return [
    `@@ ${change.path}: ${change.kind}, ${change.direction} @@`,
    ...shown,
    ...(hidden > 0 ? [`@@ ${hidden} more lines @@`] : []),
  ];
}

function valueLines(sign: "-" | "+", value: Json): string[] {
  if (value === null) return [];
  return JSON.stringify(value, null, 2)
    .split("\n")
    .map((line) => `${sign} ${line}`);
}

/** Words are joined back to the two texts, and lines that both have stand once. */
function textLines(parts: readonly TextDiffPart[]): string[] {
  const lines: string[] = [];
  let before = "";
  let after = "";
  const flush = () => {
    if (before === after) lines.push(`  ${before}`);
    else lines.push(...(before === "" ? [] : [`- ${before}`]), ...(after === "" ? [] : [`+ ${after}`]));
    before = "";
    after = "";
  };
  for (const { kind, text } of parts) {
    const pieces = text.split("\n");
    for (const [index, piece] of pieces.entries()) {
      if (kind !== "added") before += piece;
      if (kind !== "removed") after += piece;
      if (index === pieces.length - 1) continue;
      if (kind === "same") flush();
      else if (kind === "removed") {
        lines.push(`- ${before}`);
        before = "";
      } else {
        lines.push(`+ ${after}`);
        after = "";
      }
    }
  }
  if (before !== "" || after !== "") flush();
  return lines;
}
