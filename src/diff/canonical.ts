import type { ClaudeContext, Hook, PermissionRule, TextUnit } from "../model/context.ts";
import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { compareText } from "../model/order.ts";
import type { RuleList } from "../model/permission.ts";
import type { ClientVersion } from "../model/semantics.ts";
import { canonicalRule } from "../permissions/index.ts";
import { constraintJson } from "./constraints.ts";
import { hookJson } from "./hooks.ts";
import { isEntered } from "./keyed.ts";
import { asJson } from "./named.ts";
import { withoutEndSlash } from "./permissions.ts";
import { withWords } from "./policies.ts";
import {
  type KeyEffects,
  NIX_CONFIG_EFFECTS,
  PERMISSION_KEY_EFFECTS,
  SETTING_EFFECTS,
  sandboxEffects,
} from "./setting-effects.ts";

/** A context in one spelling: of contexts between which there is no change, all have the same. */
export interface CanonicalContext {
  system: Record<string, string>;
  persona: string | null;
  tools: JsonObject;
  policies: Record<string, string>;
  permissions: Record<RuleList | "additionalDirectories", string[]> & {
    defaultMode: string | null;
    bypassDisabled: boolean;
    other: JsonObject;
  };
  mcpServers: JsonObject;
  skills: Record<string, TextUnit>;
  agents: Record<string, TextUnit>;
  commands: Record<string, TextUnit>;
  outputStyles: Record<string, TextUnit>;
  hooks: Omit<Hook, "path">[];
  env: Record<string, string>;
  model: string | null;
  sandbox: JsonObject;
  settings: JsonObject;
  constraints: Record<string, Json>;
  waivers: JsonObject;
}

/** What each surface takes for the same is spelled the same here; `test/diff/canonical.test.ts` holds both together. */
export function canonicalContext(context: ClaudeContext, client: ClientVersion): CanonicalContext {
  const { permissions, skills, agents, commands, outputStyles, env, persona, model } = context;
  const { defaultMode, bypassDisabled, other } = permissions;
  const rules = (list: RuleList) => canonicalRules(permissions.rules, list, client);
  return {
    system: Object.fromEntries(
      Object.entries(context.system ?? {}).filter((fact): fact is [string, string] => fact[1] !== null),
    ),
    persona,
    tools: asJson(context.tools) as JsonObject,
    policies: withWords(context.policies),
    permissions: {
      allow: rules("allow"),
      ask: rules("ask"),
      deny: rules("deny"),
      additionalDirectories: sortedSet(permissions.additionalDirectories.map(withoutEndSlash)),
      defaultMode,
      bypassDisabled,
      other: canonicalKeyed(PERMISSION_KEY_EFFECTS, other),
    },
    mcpServers: asJson(context.mcpServers) as JsonObject,
    skills,
    agents,
    commands,
    outputStyles,
    hooks: context.hooks
      .map((hook) => hookJson(hook) as unknown as Omit<Hook, "path">)
      .sort((a, b) => compareText(canonicalJson(asJson(a)), canonicalJson(asJson(b)))),
    env,
    model,
    sandbox: canonicalKeyed(sandboxEffects(client), context.sandbox),
    settings: canonicalKeyed(SETTING_EFFECTS, context.settings),
    constraints: Object.fromEntries(
      Object.entries(context.constraints).map(([id, constraint]) => [id, constraintJson(constraint)]),
    ),
    waivers: asJson(context.waivers) as JsonObject,
  };
}

export function canonicalNixConfig(nixConfig: JsonObject): JsonObject {
  return canonicalKeyed(NIX_CONFIG_EFFECTS, nixConfig);
}

function canonicalRules(rules: readonly PermissionRule[], list: RuleList, client: ClientVersion): string[] {
  return sortedSet(
    rules.filter((rule) => rule.list === list).map(({ text }) => canonicalRule(text, list, { client })),
  );
}

/** Lists whose order says nothing are sorted, and objects that are looked into and hold nothing are left out. */
function canonicalKeyed(effects: KeyEffects, value: JsonObject, at: readonly string[] = []): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]): [string, Json][] => {
      const steps = [...at, key];
      if (isJsonObject(member) && isEntered(effects, steps)) {
        const inside = canonicalKeyed(effects, member, steps);
        return Object.keys(inside).length === 0 ? [] : [[key, inside]];
      }
      const kind = effects[steps.join(".")]?.kind;
      const isSet = Array.isArray(member) && (kind === "entries" || kind === "allowlist");
      return [[key, isSet ? sortedJsonSet(member) : member]];
    }),
  );
}

function sortedJsonSet(items: readonly Json[]): Json[] {
  const byText = new Map(items.map((item) => [canonicalJson(item), item]));
  return [...byText].sort(([a], [b]) => compareText(a, b)).map(([, item]) => item);
}

function sortedSet(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}
