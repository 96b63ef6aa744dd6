import { assertNever } from "../model/assert-never.ts";
import type { ChangeFact, Surface } from "../model/change.ts";
import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { compareText } from "../model/order.ts";
import { attributePath } from "../model/position.ts";
import {
  type Effect,
  gravest,
  INCOMPARABLE,
  kindOf,
  NARROWS,
  NEUTRAL,
  reversed,
  undecided,
  WIDENS,
} from "./effect.ts";
import { quote } from "./quote.ts";
import type { KeyEffect, KeyEffects } from "./setting-effects.ts";

/** Settings as the client's file has them, with the table that says what each key does. */
export interface KeyedValues {
  surface: Surface;
  /** Attribute path of the object: `sandbox`, `settings`, `permissions`. */
  root: string;
  noun: string;
  effects: KeyEffects;
}

/** One change for each key that differs; objects are entered where the table knows keys inside them. */
export function diffKeyed(kind: KeyedValues, before: JsonObject, after: JsonObject): ChangeFact[] {
  return diffObject(kind, [], before, after);
}

function diffObject(
  keyed: KeyedValues,
  at: readonly string[],
  before: JsonObject,
  after: JsonObject,
): ChangeFact[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  return keys.flatMap((key) => {
    const [old, now] = [own(before, key), own(after, key)];
    if (same(old, now)) return [];
    const steps = [...at, key];
    if (isEntered(keyed.effects, steps) && isObjectOrNothing(old) && isObjectOrNothing(now)) {
      return diffObject(keyed, steps, old ?? {}, now ?? {});
    }
    return isReordering(keyed.effects[steps.join(".")], old, now) ? [] : [factOf(keyed, steps, old, now)];
  });
}

function factOf(
  { surface, root, noun, effects }: KeyedValues,
  steps: readonly string[],
  before: Json | undefined,
  after: Json | undefined,
): ChangeFact {
  const path = steps.reduce((parent, step) => attributePath(parent, step), root);
  const name = steps.join(".");
  const effect = Object.hasOwn(effects, name) ? effects[name] : undefined;
  return {
    surface,
    path,
    kind: kindOf(before !== undefined, after !== undefined),
    ...(effect === undefined
      ? undecided(`not classified: what ${noun} \`${name}\` does is not known`)
      : keyEffect(effect, before ?? null, after ?? null)),
    before: before ?? null,
    after: after ?? null,
    summary: summaryOf(`${noun} \`${name}\``, before, after),
  };
}

function summaryOf(subject: string, before: Json | undefined, after: Json | undefined): string {
  if (before === undefined) return `${subject} set to ${quote(after ?? null)}`;
  if (after === undefined) return `${subject} removed, was ${quote(before)}`;
  return `${subject} changed from ${quote(before)} to ${quote(after)}`;
}

/** What the change of one key does; null stands for a key that is not there. */
export function keyEffect(effect: KeyEffect, before: Json, after: Json): Effect {
  switch (effect.kind) {
    case "flag":
      return flagEffect(effect, before, after);
    case "switch-off":
      return switchOffEffect(before, after);
    case "entries":
      return entriesEffect(entriesOf(before), entriesOf(after), effect.each);
    case "allowlist":
      return allowlistEffect(before, after);
    case "flags":
      return flagsEffect(effect.on, before, after);
    case "code":
      return after === null ? NARROWS : WIDENS;
    case "reach":
      return undecided(effect.because);
    case "words":
      return INCOMPARABLE;
    case "neutral":
      return NEUTRAL;
    default:
      return assertNever(effect);
  }
}

function flagEffect(
  { on, unset }: { on: "widens" | "narrows"; unset: boolean },
  before: Json,
  after: Json,
): Effect {
  const [old, now] = [before ?? unset, after ?? unset];
  if (typeof old !== "boolean" || typeof now !== "boolean") return undecided("the value is not a boolean");
  if (old === now) return NEUTRAL;
  return (on === "widens") === now ? WIDENS : NARROWS;
}

function switchOffEffect(before: Json, after: Json): Effect {
  const [old, now] = [before === "disable", after === "disable"];
  return old === now ? NEUTRAL : now ? NARROWS : WIDENS;
}

function flagsEffect(on: "widens" | "narrows", before: Json, after: Json): Effect {
  if (!isObjectOrNothing(before ?? undefined) || !isObjectOrNothing(after ?? undefined)) {
    return undecided("the value is not a set of names");
  }
  const [old, now] = [(before ?? {}) as JsonObject, (after ?? {}) as JsonObject];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return gravest(
    names.map((name) => {
      const [had, has] = [own(old, name), own(now, name)];
      if (same(had, has) || (!isOn(had) && !isOn(has))) return NEUTRAL;
      if (isOn(had) && isOn(has)) return undecided(`what of \`${name}\` is switched on cannot be compared`);
      return isOn(has) === (on === "widens") ? WIDENS : NARROWS;
    }),
  );
}

/** Anything but false switches on: a list names versions or parts. */
function isOn(value: Json | undefined): boolean {
  return value !== undefined && value !== false && value !== null;
}

/** An unset allowlist lets everything through; an empty one nothing. */
function allowlistEffect(before: Json, after: Json): Effect {
  if (before === null) return NARROWS;
  if (after === null) return WIDENS;
  return entriesEffect(entriesOf(before), entriesOf(after), "widens");
}

function entriesEffect(
  before: readonly string[] | null,
  after: readonly string[] | null,
  each: "widens" | "narrows",
): Effect {
  if (before === null || after === null) return undecided("the value is not a list");
  const more: Effect = { direction: each };
  const effects: Effect[] = [];
  if (after.some((entry) => !before.includes(entry))) effects.push(more);
  if (before.some((entry) => !after.includes(entry))) effects.push(reversed(more));
  return gravest(effects);
}

/** Members of a list, or name and value of each member of a set, each as one text. */
function entriesOf(value: Json): string[] | null {
  if (value === null) return [];
  if (Array.isArray(value)) return value.map(canonicalJson);
  if (isJsonObject(value)) return Object.entries(value).map((entry) => canonicalJson(entry));
  return null;
}

/** The order of a list's members, and members that stand twice, say nothing. */
function isReordering(
  effect: KeyEffect | undefined,
  before: Json | undefined,
  after: Json | undefined,
): boolean {
  if (effect?.kind !== "entries" && effect?.kind !== "allowlist") return false;
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const [old, now] = [new Set(before.map(canonicalJson)), new Set(after.map(canonicalJson))];
  return old.size === now.size && [...old].every((entry) => now.has(entry));
}

export function isEntered(effects: KeyEffects, steps: readonly string[]): boolean {
  const prefix = `${steps.join(".")}.`;
  return Object.keys(effects).some((name) => name.startsWith(prefix));
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b);
}

function isObjectOrNothing(value: Json | undefined): value is JsonObject | undefined {
  return value === undefined || isJsonObject(value);
}
