import type { ClaudeContext, PermissionRule } from "../model/context.ts";
import { type PermissionSet, permissionSetOf, type Search } from "../permissions/index.ts";
import type { Semantics } from "./kinds/kind.ts";

/** Searches of parts before the rest is reported as one group. */
const MAX_SEARCHES = 512;

/** Something that approves a call that was looked for, or may. */
export interface Approval {
  search: Exclude<Search, { kind: "none" }>;
  /** The allow rule that does it alone; null: the start mode, the sandbox, or several rules at once. */
  rule: PermissionRule | null;
  /** Where it stands. */
  path: string;
}

/**
 * Every allow rule that alone approves a call of the kind that `search` looks for, so that a waiver for one rule
 * hides no other. Ask and deny rules stay in force throughout. Halves the list where something is found: few
 * searches when few rules are at fault.
 */
export function approvalsOf(
  context: ClaudeContext,
  { client }: Semantics,
  search: (set: PermissionSet) => Search,
): Approval[] {
  const set = permissionSetOf(context, { client });
  const whole = search(set);
  if (whole.kind === "none") return [];
  const withoutRules = search({ ...set, allow: [] });
  const byMode: Approval[] =
    withoutRules.kind === "none"
      ? []
      : [{ search: withoutRules, rule: null, path: pathOfModes(context, set) }];
  // What the mode approves by itself would be found again beside every rule.
  const rulesOnly: PermissionSet =
    byMode.length === 0 ? set : { ...set, mode: null, sandboxApprovesBash: false };
  const byRule = new Map(
    context.permissions.rules.filter(({ list }) => list === "allow").map((rule) => [rule.text, rule]),
  );
  let searches = 0;
  const split = (rules: readonly PermissionRule[]): Approval[] => {
    if (rules.length === 0) return [];
    searches++;
    const found = search({ ...rulesOnly, allow: rules.map(({ text }) => text) });
    if (found.kind === "none") return [];
    if (rules.length === 1) return [{ search: found, rule: rules[0]!, path: rules[0]!.path }];
    if (searches > MAX_SEARCHES) return [{ search: found, rule: null, path: "permissions.allow" }];
    const middle = rules.length >> 1;
    const parts = [...split(rules.slice(0, middle)), ...split(rules.slice(middle))];
    return parts.length > 0 ? parts : [{ search: found, rule: null, path: "permissions.allow" }];
  };
  const approvals = [...byMode, ...split([...byRule.values()])];
  return approvals.length > 0 ? approvals : [{ search: whole, rule: null, path: "permissions" }];
}

function pathOfModes(context: ClaudeContext, set: PermissionSet): string {
  return set.sandboxApprovesBash && context.permissions.defaultMode === null
    ? "sandbox"
    : "permissions.defaultMode";
}
