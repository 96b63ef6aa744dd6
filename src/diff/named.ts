import { canonicalJson, type Json } from "../model/json.ts";
import { compareText } from "../model/order.ts";

/** A named thing that is not the same on both sides; the side that lacks it holds null. */
export type NamedDifference<T> =
  | { kind: "added"; name: string; before: null; after: T }
  | { kind: "removed"; name: string; before: T; after: null }
  | { kind: "changed"; name: string; before: T; after: T };

/** Differences between two records, by name. `identity` gives what must be equal for two things to be the same. */
export function compareNamed<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  identity: (value: NoInfer<T>) => Json,
): NamedDifference<T>[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  return names.flatMap((name): NamedDifference<T>[] => {
    const had = Object.hasOwn(before, name);
    const has = Object.hasOwn(after, name);
    if (!had) return [{ kind: "added", name, before: null, after: after[name] as T }];
    if (!has) return [{ kind: "removed", name, before: before[name] as T, after: null }];
    const [old, now] = [before[name] as T, after[name] as T];
    if (canonicalJson(identity(old)) === canonicalJson(identity(now))) return [];
    return [{ kind: "changed", name, before: old, after: now }];
  });
}

/** Values of model types are plain data; this says so to the compiler. */
export function asJson(value: unknown): Json {
  return value as Json;
}
