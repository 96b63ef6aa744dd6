import type { ChangeFact } from "../model/change.ts";
import type { JsonObject } from "../model/json.ts";
import { type PermissionSet, parseRule, permissionSetOf } from "../permissions/index.ts";
import { type Effect, kindOf, NARROWS, undecided, WIDENS } from "./effect.ts";
import { diffKeyed } from "./keyed.ts";
import { quote } from "./quote.ts";
import { compareSets, proof, type RuleSets } from "./rule-effects.ts";
import { diffRuleLists, type RuleDifference } from "./rule-lists.ts";
import { sampleCall } from "./sample-call.ts";
import { PERMISSION_KEY_EFFECTS } from "./setting-effects.ts";
import type { Side, SurfaceOptions } from "./side.ts";
import { diffWholeSets } from "./whole-sets.ts";

/** The three lists, the working directories and the further keys of `permissions`; the mode is a surface of its own. */
export function diffPermissions(before: Side, after: Side, options: SurfaceOptions): ChangeFact[] {
  const now = apartFromMode(permissionSetOf(after.context, { client: options.client }));
  const was = withModeOf(now, permissionSetOf(before.context, { client: options.client }));
  const search = { client: options.client, steps: options.limits.inclusionSteps };
  const lists = compareSets({ ...now, allow: was.allow, ask: was.ask, deny: was.deny }, now, search);
  const differences = diffRuleLists(before.context.permissions.rules, after.context.permissions.rules, lists);
  const facts = [
    ...differences.map((difference) =>
      factOf(outsideSandbox(withSandboxHost(difference, after, options), after, lists)),
    ),
    ...diffDirectories(before, after),
    ...diffOtherKeys(before, after),
  ];
  if (facts.length === 0) return [];
  return [...facts, ...diffWholeSets(facts, differences, compareSets(was, now, search))];
}

/**
 * A session only starts in the pinned mode, and the client ignores some modes that a project pins: what a mode
 * approves beside the rules, or holds back, must not hide what a rule does once the session has left it.
 */
function apartFromMode(set: PermissionSet): PermissionSet {
  return set.mode === "dontAsk" ? set : { ...set, mode: "default" };
}

/** What decides besides `permissions` is taken from the other side, so that its change is not counted here again. */
function withModeOf(other: PermissionSet, set: PermissionSet): PermissionSet {
  const { mode, bypassDisabled, sandboxApprovesBash } = other;
  return { ...set, mode, bypassDisabled, sandboxApprovesBash };
}

/** `WebFetch(domain:…)` in the allow list also opens the host to commands in the sandbox. */
function withSandboxHost(
  difference: RuleDifference,
  { context }: Side,
  { client }: SurfaceOptions,
): RuleDifference {
  const { list, after, effect } = difference;
  if (list !== "allow" || after === null || effect.direction !== "neutral") return difference;
  if (context.sandbox.enabled !== true) return difference;
  if (parseRule(after.text, list, { client }).kind !== "domain") return difference;
  return { ...difference, effect: undecided("the host is also opened to commands in the sandbox") };
}

/**
 * A rule for some commands also approves them outside the sandbox, which a rule for the whole tool does not
 * (reference, section 2.5): where there is a sandbox, the narrower rule is the wider one for such calls.
 */
function outsideSandbox(difference: RuleDifference, { context }: Side, lists: RuleSets): RuleDifference {
  const { list, after, effect } = difference;
  if (list !== "allow" || after === null || effect.direction === "widens") return difference;
  if (context.sandbox.enabled !== true || context.sandbox.allowUnsandboxedCommands === false)
    return difference;
  const rule = parseRule(after.text, list, { client: lists.search.client });
  const sample = rule.kind === "command" && rule.tool === "Bash" ? sampleCall(rule) : null;
  if (sample === null) return difference;
  const call = { ...sample, parameters: { dangerouslyDisableSandbox: true } };
  const isNew = lists.isDecided(call).decision === "allow" && lists.wasDecided(call).decision !== "allow";
  return isNew ? { ...difference, effect: { ...WIDENS, ...proof(call, lists) } } : difference;
}

function factOf({ list, before, after, effect }: RuleDifference): ChangeFact {
  const { witness, call: _, ...direction } = effect;
  const kind = kindOf(before !== null, after !== null);
  return {
    surface: "permissions",
    path: (after ?? before)!.path,
    kind,
    ...direction,
    before: before?.text ?? null,
    after: after?.text ?? null,
    summary: `${list} rule ${ruleChange(before?.text, after?.text)}${detail(list, kind, effect)}`,
    ...(witness && { witness }),
  };
}

function ruleChange(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return `${quote(after!)} added`;
  return after === undefined ? `${quote(before)} removed` : `${quote(before)} replaced by ${quote(after)}`;
}

function detail(list: string, kind: ChangeFact["kind"], effect: Effect): string {
  if (effect.direction !== "neutral") return "";
  if (list === "allow")
    return kind === "removed" ? ": nothing it approved is lost" : ": nothing new is approved";
  return kind === "removed" ? ": nothing it held back is let go" : ": nothing more is held back";
}

function diffDirectories(before: Side, after: Side): ChangeFact[] {
  const old = before.context.permissions.additionalDirectories.map(withoutEndSlash);
  const now = after.context.permissions.additionalDirectories.map(withoutEndSlash);
  const fact = (kind: "added" | "removed", directory: string): ChangeFact => ({
    surface: "permissions",
    path: "permissions.additionalDirectories",
    kind,
    ...(kind === "added" ? WIDENS : NARROWS),
    before: kind === "removed" ? directory : null,
    after: kind === "added" ? directory : null,
    summary:
      kind === "added"
        ? `working directory ${quote(directory)} added: files there are read without asking`
        : `working directory ${quote(directory)} removed`,
  });
  return [
    ...[...new Set(now)].filter((entry) => !old.includes(entry)).map((entry) => fact("added", entry)),
    ...[...new Set(old)].filter((entry) => !now.includes(entry)).map((entry) => fact("removed", entry)),
  ];
}

export function withoutEndSlash(directory: string): string {
  return directory.replace(/(?<=.)\/+$/, "");
}

function diffOtherKeys(before: Side, after: Side): ChangeFact[] {
  const withoutMode = ({ disableAutoMode: _, ...rest }: JsonObject) => rest;
  return diffKeyed(
    {
      surface: "permissions",
      root: "permissions",
      noun: "permission setting",
      effects: PERMISSION_KEY_EFFECTS,
    },
    withoutMode(before.context.permissions.other),
    withoutMode(after.context.permissions.other),
  );
}
