import { canonicalJson, type Json, type JsonObject } from "../model/json.ts";
import { PERMISSION_MODES, type PermissionMode } from "../model/permission.ts";
import { canonicalRule, compareModes, findDifference, ruleWordsOf } from "../permissions/index.ts";
import { type Effect, INCOMPARABLE, NARROWS, NEUTRAL, undecided, WIDENS } from "./effect.ts";
import type { SurfaceOptions } from "./side.ts";

export interface KeyedEffect {
  key: string;
  effect: Effect;
}

/** Who the front matter belongs to: `tools` limits an agent and means nothing in a skill. */
type Owner = "skills" | "agents" | "commands" | "outputStyles";

/**
 * What each key of a front matter that differs does. `null` stands for a unit that is not there: it grants nothing,
 * so a new unit is compared with one that has no front matter and no permissions of its own.
 */
export function frontMatterEffects(
  owner: Owner,
  before: JsonObject | null,
  after: JsonObject | null,
  options: SurfaceOptions,
): KeyedEffect[] {
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...keys].sort().flatMap((key) => {
    const [old, now] = [own(before, key), own(after, key)];
    if (canonicalJson(old) === canonicalJson(now)) return [];
    return [{ key, effect: keyEffect(owner, key, old, now, before === null, options) }];
  });
}

function own(attributes: JsonObject | null, key: string): Json {
  return attributes !== null && Object.hasOwn(attributes, key) ? (attributes[key] ?? null) : null;
}

function keyEffect(
  owner: Owner,
  key: string,
  before: Json,
  after: Json,
  unitIsNew: boolean,
  options: SurfaceOptions,
): Effect {
  switch (key) {
    case "allowed-tools":
      return grantEffect(before, after, options);
    case "disallowed-tools":
    case "disallowedTools":
      // What a new unit keeps from itself takes nothing away from anybody.
      return unitIsNew ? NEUTRAL : listEffect(ruleWordsOf(before), ruleWordsOf(after), NARROWS, WIDENS);
    case "tools":
      return owner === "agents" ? agentToolsEffect(before, after, unitIsNew) : INCOMPARABLE;
    case "permissionMode":
      return modeEffect(before, after);
    case "hooks":
      return after === null ? undecided("the hooks that are gone may have held calls back") : WIDENS;
    case "mcpServers":
      return after === null ? NARROWS : WIDENS;
    case "disable-model-invocation":
      if (unitIsNew || (before === true) === (after === true)) return NEUTRAL;
      return after === true ? NARROWS : WIDENS;
    case "isolation":
      return unitIsNew ? NEUTRAL : after === "worktree" ? NARROWS : WIDENS;
    case "memory":
    case "context":
    case "agent":
    case "shell":
    case "skills":
    case "initialPrompt":
    case "experimental":
      return unitIsNew
        ? INCOMPARABLE
        : undecided(`what \`${key}\` of the front matter reaches cannot be compared`);
    default:
      return KNOWN_TEXT_KEYS.has(key)
        ? INCOMPARABLE
        : undecided(`the front matter key \`${key}\` is not classified`);
  }
}

const KNOWN_TEXT_KEYS = new Set(
  (
    "name description when_to_use when-to-use argument-hint arguments user-invocable model effort background paths metadata " +
    "license compatibility color maxTurns keep-coding-instructions version author tags"
  ).split(" "),
);

/** An agent without `tools`, or with nothing in them, inherits every tool. */
function agentToolsEffect(before: Json, after: Json, unitIsNew: boolean): Effect {
  if (unitIsNew) return NEUTRAL;
  const [old, now] = [ruleWordsOf(before), ruleWordsOf(after)];
  const [hadAll, hasAll] = [old, now].map((words) => words?.length === 0 || words?.includes("*") === true);
  if (hadAll && hasAll) return NEUTRAL;
  if (hasAll) return WIDENS;
  return hadAll && now !== null ? NARROWS : listEffect(old, now, WIDENS, NARROWS);
}

function modeEffect(before: Json, after: Json): Effect {
  const [old, now] = [before, after].map((value) => (value === null ? "default" : value));
  if (!isMode(old) || !isMode(now)) return undecided("the permission mode is not a known one");
  const direction = compareModes(old, now);
  return direction === "undecided" ? undecided("the modes cannot be compared") : { direction };
}

function isMode(value: unknown): value is PermissionMode {
  return (PERMISSION_MODES as readonly unknown[]).includes(value);
}

/** Grants are compared as the calls that they approve: a narrower rule in place of a wider one is no grant. */
function grantEffect(before: Json, after: Json, { client, limits }: SurfaceOptions): Effect {
  const canonical = (value: Json) =>
    ruleWordsOf(value)?.map((text) => canonicalRule(text, "allow", { client })) ?? null;
  const [old, now] = [canonical(before), canonical(after)];
  const effect = listEffect(old, now, WIDENS, NARROWS);
  if (old === null || now === null || effect !== WIDENS) return effect;
  const search = { client, steps: limits.inclusionSteps };
  const more = findDifference({ list: "allow", rules: now }, [{ list: "allow", rules: old }], search);
  return more.kind === "none" ? NARROWS : WIDENS;
}

function listEffect(
  before: readonly string[] | null,
  after: readonly string[] | null,
  more: Effect,
  fewer: Effect,
): Effect {
  if (before === null || after === null) return undecided("the value is not a list of tools");
  const gained = after.some((entry) => !before.includes(entry));
  const lost = before.some((entry) => !after.includes(entry));
  if (gained && lost) return WIDENS;
  return gained ? more : lost ? fewer : NEUTRAL;
}
