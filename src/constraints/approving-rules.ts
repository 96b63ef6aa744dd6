import type { ClaudeContext } from "../model/context.ts";
import { type PermissionSet, permissionSetOf, type Search } from "../permissions/index.ts";
import { type FaultyPart, faultyParts } from "./bisect.ts";
import { type AllowRule, grantedRules } from "./granted-rules.ts";
import type { Semantics } from "./kinds/kind.ts";

/** Something that approves a call that was looked for, or may. */
export interface Approval {
  search: FaultyPart<AllowRule>["search"];
  /** The rule that does it alone; null: the start mode, the sandbox, or several rules at once. */
  rule: string | null;
  /** Where it stands. */
  path: string;
}

/**
 * Every allow rule that alone approves a call of the kind that `search` looks for, then what the start mode and the
 * sandbox approve by themselves, then what skills and commands grant. Ask and deny rules stay in force throughout.
 * Rules are judged apart from the start mode: sessions leave `plan`, which holds back what they approve.
 */
export function approvalsOf(
  context: ClaudeContext,
  { client }: Semantics,
  search: (set: PermissionSet) => Search,
): Approval[] {
  const set = permissionSetOf(context, { client });
  const rulesOnly: PermissionSet = { ...set, mode: null, sandboxApprovesBash: false };
  const granted = faultyParts(grantedRules(context), (rules) =>
    search({ ...rulesOnly, allow: rules.map(({ text }) => text) }),
  ).map((part) => approvalBy(part, "skills"));
  const whole = [rulesOnly, set].map(search).find((one): one is Approval["search"] => one.kind !== "none");
  if (whole === undefined) return granted;
  const byMode = approvalsByMode(context, set, search);
  const byRule = faultyParts(allowRules(context), (rules) =>
    search({ ...rulesOnly, allow: rules.map(({ text }) => text) }),
  ).map((part) => approvalBy(part, "permissions.allow"));
  const own = [...byRule, ...byMode];
  return [...(own.length > 0 ? own : [{ search: whole, rule: null, path: "permissions" }]), ...granted];
}

/** Each text once, where it stands first. */
function allowRules(context: ClaudeContext): AllowRule[] {
  const rules = new Map<string, AllowRule>();
  for (const rule of context.permissions.rules) {
    if (rule.list === "allow" && !rules.has(rule.text)) rules.set(rule.text, rule);
  }
  return [...rules.values()];
}

function approvalsByMode(
  context: ClaudeContext,
  set: PermissionSet,
  search: (set: PermissionSet) => Search,
): Approval[] {
  const found = search({ ...set, allow: [] });
  if (found.kind === "none") return [];
  const isMode = context.permissions.defaultMode !== null || !set.sandboxApprovesBash;
  return [{ search: found, rule: null, path: isMode ? "permissions.defaultMode" : "sandbox" }];
}

function approvalBy({ search, items }: FaultyPart<AllowRule>, together: string): Approval {
  const [only, ...others] = items;
  return only !== undefined && others.length === 0
    ? { search, rule: only.text, path: only.path }
    : { search, rule: null, path: together };
}
