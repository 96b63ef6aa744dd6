import { assertNever } from "../model/assert-never.ts";
import type { RuleList } from "../model/permission.ts";
import { findDifference, parseRule, type RuleGroup } from "../permissions/index.ts";
import type { Loosening, Semantics, Unreadable } from "./kinds/kind.ts";

/** The first rule that the client would not consult in this list: a demand made of it would hold for nothing. */
export function unreadableRule(
  rules: readonly string[],
  list: RuleList,
  { client }: Semantics,
): Unreadable | null {
  for (const text of rules) {
    const rule = parseRule(text, list, { client });
    if (rule.kind !== "ignored" && rule.kind !== "unknown") continue;
    const instead = rule.kind === "ignored" ? rule.instead : undefined;
    return {
      problem: `the rule \`${text}\` says nothing in ${list}: ${rule.reason}`,
      hint:
        instead === undefined
          ? "Write a rule that the client understands in that list."
          : `Write \`${instead}\` instead.`,
    };
  }
  return null;
}

/** How the rules of `before` reach further than those of `now` together; null when they do not. */
export function lostRules(
  before: RuleGroup,
  now: readonly RuleGroup[],
  verb: string,
  { client, limits }: Semantics,
): Loosening | null {
  if (now.every(({ rules }) => rules.length === 0)) {
    return before.rules.length === 0 ? null : { what: `it no longer ${verb} ${inWords(before.rules)}` };
  }
  const found = findDifference(before, now, { client, steps: limits.inclusionSteps });
  switch (found.kind) {
    case "none":
      return null;
    case "found":
      return { what: `it no longer ${verb}`, call: found.call };
    case "undecided":
      return { what: `it cannot be shown that it still ${verb} all it did (${found.reason})` };
    default:
      return assertNever(found);
  }
}

/** `` `a`, `b` and 3 more ``. */
export function inWords(texts: readonly string[]): string {
  const shown = texts.slice(0, 3).map((text) => `\`${text}\``);
  const rest = texts.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
