import { isSignature, SIGNATURE_KEY } from "../artifacts/index.ts";
import { plainJson } from "../check/plain-json.ts";
import { canonicalJson } from "../model/json.ts";
import type { RawSet, RawValue } from "../model/raw-value.ts";

/** Keys of the client's settings file that have a place of their own in a context. */
const OWN_SURFACES = new Set(["permissions", "hooks", "env", "model", "sandbox"]);
/** Editors read the schema, and `nixclaude render` its own header; the client neither. */
function isWithoutEffect(key: string, value: RawValue): boolean {
  return key === "$schema" || (key === SIGNATURE_KEY && isSignature(plainJson(value)));
}

/** The settings file as members of a context: what has no surface of its own goes into `settings`. */
export function settingsMembers(file: RawSet): RawSet {
  const pick = (wanted: (key: string) => boolean): RawSet => ({
    kind: "set",
    entries: Object.fromEntries(Object.entries(file.entries).filter(([key]) => wanted(key))),
    positions: Object.fromEntries(Object.entries(file.positions).filter(([key]) => wanted(key))),
  });
  const silent = new Set(Object.keys(file.entries).filter((key) => isWithoutEffect(key, file.entries[key]!)));
  const own = pick((key) => OWN_SURFACES.has(key));
  const rest = pick((key) => !OWN_SURFACES.has(key) && !silent.has(key));
  if (Object.keys(rest.entries).length === 0) return own;
  const [first] = Object.values(rest.positions);
  return {
    kind: "set",
    entries: { ...own.entries, settings: rest },
    positions: first === undefined ? own.positions : { ...own.positions, settings: first },
  };
}

/**
 * As the client merges its files: lists are joined without repetitions, objects key by key, of all else the local
 * file's value counts. A local value of another type is kept as it is, for the schema to report.
 */
export function mergeSettings(project: RawSet, local: RawSet): RawSet {
  const entries = new Map(Object.entries(project.entries));
  const positions = new Map(Object.entries(project.positions));
  for (const [key, value] of Object.entries(local.entries)) {
    const old = entries.get(key);
    const merged = old === undefined ? value : mergeValues(old, value);
    entries.set(key, merged);
    const position = local.positions[key];
    if (merged === value && position !== undefined) positions.set(key, position);
  }
  return { kind: "set", entries: Object.fromEntries(entries), positions: Object.fromEntries(positions) };
}

function mergeValues(project: RawValue, local: RawValue): RawValue {
  if (project.kind === "set" && local.kind === "set") return mergeSettings(project, local);
  if (project.kind === "list" && local.kind === "list") {
    const known = new Set(project.items.map(spelling));
    const added = local.items.flatMap((item, index) => (known.has(spelling(item)) ? [] : [index]));
    return {
      kind: "list",
      items: [...project.items, ...added.map((index) => local.items[index]!)],
      itemPositions: [
        ...project.items.map((_, index) => project.itemPositions?.[index] ?? null),
        ...added.map((index) => local.itemPositions?.[index] ?? null),
      ],
    };
  }
  return local;
}

/** Equal for equal values, wherever they stand. */
function spelling(value: RawValue): string {
  return canonicalJson(plainJson(value));
}
