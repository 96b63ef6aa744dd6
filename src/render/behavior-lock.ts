import { styleText } from "node:util";
import { structuredPatch } from "diff";
import type { BehaviorLockState, LockDifference } from "../model/behavior-lock.ts";
import { visible, withoutLineCommands } from "./escape.ts";
import { hanging, padEnd } from "./layout.ts";
import type { RenderOptions } from "./options.ts";

/** A lock file and what it should hold. */
export interface LockAnswer {
  file: string;
  /** How the tree that was looked at is called. */
  label: string;
  state: Exclude<BehaviorLockState, { kind: "fits" }>;
  /** The file as it stands; null when there is none. */
  stored: string | null;
  /** The file as it should be. */
  wanted: string;
  mend: string;
}

const DIRECTION_COLUMNS = "incomparable".length + 2;
/** Lines of a difference that are shown; the rest is counted. */
const MAX_LINES = 1000;
/** With more differences than this, looking for the smallest set of them takes too long. */
const MAX_EDITS = 4000;

/** How a lock differs from what is evaluated: as changes, and as the lines that `nixclaude lock` would change. */
export function renderLockAnswer(answer: LockAnswer, options: RenderOptions): string {
  const { file, label, state, mend } = answer;
  const line = (text: string) => hanging("", visible(text), options.columns, 2);
  const lines = [
    ...line(`${file} ${whatIsWrong(state, label)}`),
    ...(state.kind === "stale"
      ? ["", ...state.differences.flatMap((one) => differenceLines(one, options))]
      : []),
    ...(state.kind === "stale" ? ["", ...patchLines(answer, options)] : []),
    "",
    ...line(`To mend it: ${mend}`),
  ];
  return `${withoutLineCommands(lines.join("\n"))}\n`;
}

function whatIsWrong(state: LockAnswer["state"], label: string): string {
  switch (state.kind) {
    case "missing":
      return `is not in the ${label === "staged" ? "index" : label}.`;
    case "unreadable":
      return `cannot be used: it ${state.because}${state.line === undefined ? "" : ` (line ${state.line})`}.`;
    case "other-attribute":
      return `holds another attribute, \`${state.locked}\`.`;
    case "stale":
      return `does not fit: ${state.differences.length === 1 ? "1 difference" : `${state.differences.length} differences`}.`;
  }
}

function differenceLines(
  { direction, summary, witness }: LockDifference,
  { columns }: RenderOptions,
): string[] {
  const head = padEnd(`  ${direction}`, DIRECTION_COLUMNS + 2);
  const below = " ".repeat(DIRECTION_COLUMNS + 2);
  return [
    ...hanging(head, visible(summary), columns),
    ...(witness === undefined ? [] : hanging(below, visible(`\`${witness}\` shows it`), columns)),
  ];
}

/** A unified diff from the file to what it should be. */
function patchLines({ file, label, stored, wanted }: LockAnswer, options: RenderOptions): string[] {
  const before = (stored ?? "").replaceAll("\r\n", "\n");
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
