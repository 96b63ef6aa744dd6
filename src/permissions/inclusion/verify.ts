import type { Call, RuleList } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import { type CompiledPermissions, compilePermissions } from "../decide.ts";
import type { PermissionSet, RuleGroup } from "../types.ts";

const EMPTY: PermissionSet = {
  allow: [],
  ask: [],
  deny: [],
  mode: null,
  additionalDirectories: [],
  bypassDisabled: false,
  sandboxApprovesBash: false,
  other: {},
};

/** The rules alone, in their list. */
export function setOfGroup(group: RuleGroup, additionalDirectories: readonly string[] = []): PermissionSet {
  return { ...EMPTY, [group.list]: group.rules, additionalDirectories };
}

/** Compiled when the first call is to be decided: most questions end without one. */
export function decider(set: PermissionSet, client: ClientVersion): CompiledPermissions {
  let compiled: CompiledPermissions | null = null;
  return {
    decide(call) {
      compiled ??= compilePermissions(set, { client });
      return compiled.decide(call);
    },
  };
}

/** Whether the rules, alone in their list, match the call; null where that is not known. */
export function groupMatcher(
  group: RuleGroup,
  client: ClientVersion,
  additionalDirectories: readonly string[] = [],
): (call: Call) => boolean | null {
  const list: RuleList = group.list;
  const { decide } = decider(setOfGroup(group, additionalDirectories), client);
  return (call) => {
    const result = decide(call);
    if (result.rule?.list === list) return true;
    return result.decision === "undecided" ? null : false;
  };
}
