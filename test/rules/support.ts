import { diffSnapshots } from "../../src/diff/index.ts";
import { parseLock } from "../../src/lock/index.ts";
import type { Change } from "../../src/model/change.ts";
import type { Finding, FindingFact } from "../../src/model/finding.ts";
import { isJsonObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { DEFAULT_LIMITS } from "../../src/model/limits.ts";
import type { RawValue } from "../../src/model/raw-value.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { type Rule, type RuleExample, type RuleInput, ruleById, runRules } from "../../src/rules/index.ts";
import type { Locks } from "../../src/rules/rule.ts";
import { packageOf, snapshotOf, type Writable, type WritableSet } from "../support/context.ts";

/** What a rule is handed for one of its examples. */
export function inputOf({
  before,
  after,
  nixConfig,
  probe,
  locks,
  behaviorLock,
  artifacts,
  causes,
  inputChanges,
}: RuleExample): RuleInput {
  const sides = {
    before: sideOf(before, nixConfig?.before, "no-base"),
    after: sideOf(after, nixConfig?.after, "no-attribute"),
  };
  const options = { client: DEFAULT_CLIENT, limits: DEFAULT_LIMITS };
  const changes = diffSnapshots(sides.before, sides.after, options);
  return {
    ...sides,
    changes: causes === undefined ? changes : changes.map((change) => ({ ...change, causes: [...causes] })),
    ...(inputChanges !== undefined && { inputChanges }),
    ...options,
    ...(probe !== undefined && { probe }),
    ...(locks !== undefined && { locks: locksOf(locks) }),
    ...(behaviorLock !== undefined && { behaviorLock }),
    ...(artifacts !== undefined && { artifacts }),
  };
}

function locksOf({ before, after, declared }: NonNullable<RuleExample["locks"]>): Locks {
  const parsed = (lock: Json | undefined) => {
    if (lock === undefined) return null;
    return parseLock(typeof lock === "string" ? lock : JSON.stringify(lock, null, 2));
  };
  const raw = (inputs: JsonObject | undefined) => (inputs === undefined ? null : rawOf(inputs));
  return {
    before: parsed(before),
    after: parsed(after),
    file: "flake.lock",
    ...(declared !== undefined && {
      declared: { before: raw(declared.before), after: raw(declared.after) },
    }),
  };
}

function rawOf(json: Json): RawValue {
  if (Array.isArray(json)) return { kind: "list", items: json.map(rawOf) };
  if (!isJsonObject(json)) return { kind: "scalar", value: json };
  const entries = Object.fromEntries(Object.entries(json).map(([name, value]) => [name, rawOf(value)]));
  return { kind: "set", entries, positions: {} };
}

export function factsOf(rule: Rule | string, example: RuleExample): FindingFact[] {
  const found = typeof rule === "string" ? ruleById(rule) : rule;
  if (found === undefined) throw new Error(`no such rule: ${String(rule)}`);
  return found.check(inputOf(example));
}

/** First sentence each: the messages of one rule's findings. */
export function messagesOf(rule: Rule | string, example: RuleExample): string[] {
  return factsOf(rule, example).map(({ message }) => message);
}

export function findingsOf(example: RuleExample): Finding[] {
  return runRules(inputOf(example));
}

export function changesOf(example: RuleExample): readonly Change[] {
  return inputOf(example).changes;
}

function sideOf(
  json: JsonObject | undefined,
  nixConfig: JsonObject | undefined,
  reason: "no-base" | "no-attribute",
): Snapshot {
  return json === undefined
    ? { kind: "absent", reason, revision: null, tree: null }
    : snapshotOf(withPackages(json) as WritableSet, { nixConfig: nixConfig ?? {} });
}

/** `{ "$package": NAME }` stands for a derivation of that name, which JSON cannot say. */
function withPackages(json: Json): Writable {
  if (Array.isArray(json)) return json.map(withPackages);
  if (!isJsonObject(json)) return json;
  if (typeof json.$package === "string") return packageOf(json.$package);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withPackages(value)]));
}
