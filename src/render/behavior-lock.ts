import type { BehaviorLockState, LockDifference } from "../model/behavior-lock.ts";
import { visible, withoutLineCommands } from "./escape.ts";
import { filePatch } from "./file-patch.ts";
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

/** How a lock differs from what is evaluated: as changes, and as the lines that `nixclaude lock` would change. */
export function renderLockAnswer(answer: LockAnswer, options: RenderOptions): string {
  const { file, label, state, mend } = answer;
  const line = (text: string) => hanging("", visible(text), options.columns, 2);
  const lines = [
    ...line(`${file} ${whatIsWrong(state, label)}`),
    ...(state.kind === "stale"
      ? ["", ...state.differences.flatMap((one) => differenceLines(one, options))]
      : []),
    ...(state.kind === "stale"
      ? ["", ...filePatch({ ...answer, stored: answer.stored ?? "" }, options)]
      : []),
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
