import { styleText } from "node:util";
import { structuredPatch } from "diff";
import { visible } from "./escape.ts";
import type { RenderOptions } from "./options.ts";

/** Lines of a difference that are shown; the rest is counted. */
const MAX_LINES = 1000;
/** With more differences than this, looking for the smallest set of them takes too long. */
const MAX_EDITS = 4000;

/** A file as it stands, and as it should be. */
export interface FilePatch {
  file: string;
  /** How the tree that was looked at is called. */
  label: string;
  stored: string;
  wanted: string;
}

/** A unified diff from the file to what it should be, with nothing in it that a terminal would act on. */
export function filePatch({ file, label, stored, wanted }: FilePatch, options: RenderOptions): string[] {
  const before = stored.replaceAll("\r\n", "\n");
  const patch = structuredPatch("", "", before, wanted, undefined, undefined, {
    context: 3,
    maxEditLength: MAX_EDITS,
  });
  if (patch === undefined) return ["The files differ in too many lines to show them."];
  const lines = patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines,
  ]);
  const hidden = Math.max(0, lines.length - MAX_LINES);
  return [
    `--- ${visible(file)}`,
    `+++ as evaluated from the ${visible(label)}`,
    ...lines.slice(0, MAX_LINES).map((line) => coloured(visible(line), options)),
    ...(hidden > 0 ? [`... (${hidden} more lines)`] : []),
  ];
}

function coloured(line: string, { colour }: RenderOptions): string {
  const style = line.startsWith("+") ? "green" : line.startsWith("-") ? "red" : null;
  return colour && style !== null ? styleText(style, line, { validateStream: false }) : line;
}
