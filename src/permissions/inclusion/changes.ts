import { type ListedRule, surelyMatching } from "./rule-language.ts";
import { heldKey, type Side } from "./side.ts";

/** What differs between the rules of the two sides, whatever the family. */
export interface Changes {
  /** Allow rules of `before` that surely approved what they seem to. */
  approving: readonly ListedRule[];
  /** Allow rules of `after` that may approve more than these. */
  added: readonly ListedRule[];
  /** Ask and deny rules that are no more. */
  lifted: ReadonlySet<ListedRule>;
}

export function changesBetween(before: Side, after: Side): Changes {
  const heldUp = before.set.mode === "plan" && after.set.mode !== "plan";
  const approving = hasSamePaths(before, after) ? before.allow : surelyMatching(before.allow);
  const approvedKeys = new Set(approving.map(({ key }) => key));
  return {
    approving,
    added: heldUp ? after.allow : after.allow.filter(({ key }) => !approvedKeys.has(key)),
    lifted: new Set(before.held.filter((rule) => !after.heldKeys.has(heldKey(rule)))),
  };
}

/** Then the same patterns take the same paths back, whatever that means. */
function hasSamePaths(before: Side, after: Side): boolean {
  const pathsAreIn = (one: Side, other: Side) =>
    one.allow.every(({ parsed, key }) => parsed.kind !== "path" || other.allowKeys.has(key));
  return pathsAreIn(before, after) && pathsAreIn(after, before);
}
