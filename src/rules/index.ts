import type { Finding } from "../model/finding.ts";
import { agentAdded } from "./agent-added.ts";
import { agentChanged } from "./agent-changed.ts";
import { approvalWidened } from "./approval-widened.ts";
import { arbitraryCodeApproved } from "./arbitrary-code-approved.ts";
import { artifactDrift } from "./artifact-drift.ts";
import { askNarrowed } from "./ask-narrowed.ts";
import { behaviorChangedByLock } from "./behavior-changed-by-lock.ts";
import { behaviorLockStale } from "./behavior-lock-stale.ts";
import { bypassEnabled } from "./bypass-enabled.ts";
import { causeUndecided } from "./cause-undecided.ts";
import { clientChanged } from "./client-changed.ts";
import { clientDisagrees } from "./client-disagrees.ts";
import { clientUnclear } from "./client-unclear.ts";
import { clientWidened } from "./client-widened.ts";
import { commandAdded } from "./command-added.ts";
import { commandChanged } from "./command-changed.ts";
import { contextRemoved } from "./context-removed.ts";
import { deadRule } from "./dead-rule.ts";
import { denyNarrowed } from "./deny-narrowed.ts";
import { envChanged } from "./env-changed.ts";
import { hookAdded } from "./hook-added.ts";
import { hookChanged } from "./hook-changed.ts";
import { listDropped } from "./list-dropped.ts";
import { lockBranchDropped } from "./lock-branch-dropped.ts";
import { lockDateChanged } from "./lock-date-changed.ts";
import { lockFollowsChanged } from "./lock-follows-changed.ts";
import { lockHashChanged } from "./lock-hash-changed.ts";
import { lockInputLocal } from "./lock-input-local.ts";
import { lockInputUnlocked } from "./lock-input-unlocked.ts";
import { lockNodeDangling } from "./lock-node-dangling.ts";
import { lockNodeUnreachable } from "./lock-node-unreachable.ts";
import { lockOriginalMismatch } from "./lock-original-mismatch.ts";
import { lockSourceRedirected } from "./lock-source-redirected.ts";
import { lockTimeBackwards } from "./lock-time-backwards.ts";
import { lockValueHidden } from "./lock-value-hidden.ts";
import { mcpServerAdded } from "./mcp-server-added.ts";
import { mcpServerAmbiguous } from "./mcp-server-ambiguous.ts";
import { mcpServerChanged } from "./mcp-server-changed.ts";
import { mcpServerUnpinned } from "./mcp-server-unpinned.ts";
import { modeWidened } from "./mode-widened.ts";
import { nixConfigChanged } from "./nix-config-changed.ts";
import { personaChanged } from "./persona-changed.ts";
import { policyChanged } from "./policy-changed.ts";
import { policyNotEnforced } from "./policy-not-enforced.ts";
import { policyRemoved } from "./policy-removed.ts";
import type { Rule, RuleInput } from "./rule.ts";
import { ruleIgnoredByClient } from "./rule-ignored-by-client.ts";
import { runEach } from "./run.ts";
import { sandboxWeakened } from "./sandbox-weakened.ts";
import { schemaInvalid } from "./schema-invalid.ts";
import { settingWidened } from "./setting-widened.ts";
import { skillAdded } from "./skill-added.ts";
import { skillChanged } from "./skill-changed.ts";
import { toolAdded } from "./tool-added.ts";
import { toolAlwaysApproved } from "./tool-always-approved.ts";
import { toolChanged } from "./tool-changed.ts";

export { type Pinning, pinningOf } from "./mcp-pinning.ts";
export type { Locks, Rule, RuleDocs, RuleExample, RuleInput } from "./rule.ts";
export { findingFingerprint } from "./run.ts";

/** Every built-in rule, by id. */
export const RULES: readonly Rule[] = [
  agentAdded,
  agentChanged,
  approvalWidened,
  arbitraryCodeApproved,
  artifactDrift,
  askNarrowed,
  behaviorChangedByLock,
  behaviorLockStale,
  bypassEnabled,
  causeUndecided,
  clientChanged,
  clientDisagrees,
  clientUnclear,
  clientWidened,
  commandAdded,
  commandChanged,
  contextRemoved,
  deadRule,
  denyNarrowed,
  envChanged,
  hookAdded,
  hookChanged,
  listDropped,
  lockBranchDropped,
  lockDateChanged,
  lockFollowsChanged,
  lockHashChanged,
  lockInputLocal,
  lockInputUnlocked,
  lockNodeDangling,
  lockNodeUnreachable,
  lockOriginalMismatch,
  lockSourceRedirected,
  lockTimeBackwards,
  lockValueHidden,
  mcpServerAdded,
  mcpServerAmbiguous,
  mcpServerChanged,
  mcpServerUnpinned,
  modeWidened,
  nixConfigChanged,
  personaChanged,
  policyChanged,
  policyNotEnforced,
  policyRemoved,
  ruleIgnoredByClient,
  sandboxWeakened,
  schemaInvalid,
  settingWidened,
  skillAdded,
  skillChanged,
  toolAdded,
  toolAlwaysApproved,
  toolChanged,
];

const BY_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));

export function ruleById(id: string): Rule | undefined {
  return BY_ID.get(id);
}

/** Those about the real client. */
const CLIENT_RULES = [clientChanged, clientDisagrees, clientUnclear, clientWidened];

/** What the rules about the real client find, in a fixed order. */
export function runClientRules(input: RuleInput): Finding[] {
  return runEach(CLIENT_RULES, input);
}

/** What the built-in rules find, in a fixed order. */
export function runRules(input: RuleInput): Finding[] {
  return runEach(RULES, input);
}
