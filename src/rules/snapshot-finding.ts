import { withoutListIndex } from "../diff/index.ts";
import type { PermissionRule } from "../model/context.ts";
import type { FindingFact } from "../model/finding.ts";
import { positionOf } from "../model/position.ts";
import type { PresentSnapshot } from "../model/snapshot.ts";

/** A finding about a value that stands in a snapshot, whether it changed or not. */
export function standing(
  { positions }: PresentSnapshot,
  path: string,
  words: Pick<FindingFact, "message" | "help"> & Partial<Pick<FindingFact, "severity" | "witness">>,
  rule?: string,
): FindingFact {
  const position = positionOf(positions, path);
  return {
    ...words,
    subject: { path: withoutListIndex(path), ...(rule !== undefined && { rule }) },
    ...(position && { position }),
  };
}

/** `Allow rule \`Bash(git *)\``: how messages begin that are about one rule. */
export function ruleName({ list, text }: PermissionRule): string {
  return `${list.charAt(0).toUpperCase()}${list.slice(1)} rule \`${text}\``;
}
