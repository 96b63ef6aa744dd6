import type { Call } from "../../model/permission.ts";
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
function setOfGroup(group: RuleGroup, additionalDirectories: readonly string[] = []): PermissionSet {
  return { ...EMPTY, [group.list]: group.rules, additionalDirectories };
}

/** Sets and lists are never changed once made, so each is compiled once however many questions are asked about it. */
const compiledSets = new WeakMap<PermissionSet, Map<ClientVersion, CompiledPermissions>>();
const groupSets = new WeakMap<readonly string[], Map<string, PermissionSet>>();

/** Compiled when the first call is to be decided: most questions end without one. */
export function decider(set: PermissionSet, client: ClientVersion): CompiledPermissions {
  return {
    decide(call) {
      const known = compiledSets.get(set) ?? new Map<ClientVersion, CompiledPermissions>();
      compiledSets.set(set, known);
      const compiled = known.get(client) ?? compilePermissions(set, { client });
      known.set(client, compiled);
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
  const { list, rules } = group;
  const sets = groupSets.get(rules) ?? new Map<string, PermissionSet>();
  groupSets.set(rules, sets);
  const key = JSON.stringify([list, additionalDirectories]);
  const set = sets.get(key) ?? setOfGroup(group, additionalDirectories);
  sets.set(key, set);
  const { decide } = decider(set, client);
  return (call) => {
    const result = decide(call);
    if (result.rule?.list === list) return true;
    return result.decision === "undecided" ? null : false;
  };
}
