import type { Position } from "../../model/position.ts";
import { EMPTY_SET, type RawSet, type RawValue } from "../../model/raw-value.ts";
import type { SideEvaluation } from "../ports.ts";

/**
 * The context of a flake, with more places. Nix keeps none for elements of lists, for what modules merged, and some
 * versions for wide sets. What has no place, and stands with the same value at the same attribute in a definition of a
 * module, or else in the context of exactly one direct input, gets its place there.
 */
export function placedByMembership({ value, inputs, definitions = [] }: PresentSide): RawValue {
  const defined = placedIn(
    value,
    definitions.map((definition) => ({ value: definition })),
  );
  return placedIn(
    defined,
    Object.values(inputs).filter((input) => input.kind === "present"),
  );
}

type PresentSide = Pick<Extract<SideEvaluation, { kind: "present" }>, "value" | "inputs" | "definitions">;

/** Something that values may have been taken from; `position`: where all of it stands. */
interface Origin {
  value: RawValue;
  position?: Position;
}

function placedIn(value: RawValue, origins: readonly Origin[]): RawValue {
  const spots = origins.flatMap(({ value, position }): Spot[] => [
    { value, at: position },
    { value: withApprovalsSwapped(value), at: position },
  ]);
  return spots.length === 0 ? value : placed(value, spots);
}

/** A value in an origin at the path that is being looked at, and its place or that of what holds it. */
interface Spot {
  value: RawValue;
  at: Position | undefined;
}

function placed(value: RawValue, spots: readonly Spot[]): RawValue {
  if (spots.length === 0) return value;
  switch (value.kind) {
    case "set":
      return placedSet(value, spots);
    case "string-like":
      return { ...value, set: placedSet(value.set, spots) };
    case "list":
      return placedList(value, spots);
    default:
      return value;
  }
}

function placedSet(set: RawSet, spots: readonly Spot[]): RawSet {
  const positions = { ...set.positions };
  const entries = Object.entries(set.entries).map(([name, child]): [string, RawValue] => {
    const below = spots.flatMap((spot) => spotAt(spot, name));
    if (!Object.hasOwn(positions, name)) {
      const key = below.length === 0 ? "" : keyOf(child);
      const place = onePlace(below.filter((spot) => keyOf(spot.value) === key).map(({ at }) => at));
      if (place !== undefined) define(positions, name, place);
    }
    return [name, placed(child, below)];
  });
  return { ...set, entries: Object.fromEntries(entries), positions };
}

function spotAt({ value, at }: Spot, name: string): Spot[] {
  const set = value.kind === "string-like" ? value.set : value;
  if (set.kind !== "set" || !Object.hasOwn(set.entries, name)) return [];
  return [{ value: set.entries[name]!, at: Object.hasOwn(set.positions, name) ? set.positions[name] : at }];
}

function placedList(list: RawList, spots: readonly Spot[]): RawValue {
  const members = spots.map(membersOf);
  const itemPositions = list.items.map((item, index) => {
    const known = list.itemPositions?.[index] ?? null;
    // A set says by its attributes where it stands.
    if (known !== null || (item.kind === "set" && Object.keys(item.positions).length > 0)) return known;
    const key = keyOf(item);
    return onePlace(members.map((places) => places.get(key))) ?? null;
  });
  return itemPositions.some((place) => place !== null) ? { ...list, itemPositions } : list;
}

type RawList = Extract<RawValue, { kind: "list" }>;

function membersOf({ value, at }: Spot): ReadonlyMap<string, Position> {
  const members = new Map<string, Position>();
  if (value.kind !== "list") return members;
  value.items.forEach((item, index) => {
    const place = value.itemPositions?.[index] ?? at;
    const key = keyOf(item);
    if (place !== undefined && !members.has(key)) members.set(key, place);
  });
  return members;
}

/** The place, when all that there are lie in one tree: two inputs that say the same cannot be told apart. */
function onePlace(places: readonly (Position | undefined)[]): Position | undefined {
  const known = places.filter((place) => place !== undefined);
  return known.every(({ input }) => input === known[0]!.input) ? known[0] : undefined;
}

/** Equal for values that mean the same, wherever they stand. */
function keyOf(value: RawValue): string {
  if (value.kind === "scalar") return JSON.stringify(value.value);
  return JSON.stringify(value, (name, part) => (PLACES.has(name) ? undefined : part));
}

const PLACES: ReadonlySet<string> = new Set(["positions", "itemPositions", "references"]);

/** `autoApprove` and `permissions.allow` are two names of one list: a rule may be taken from one into the other. */
function withApprovalsSwapped(value: RawValue): RawValue {
  const [permissions] = spotAt({ value, at: undefined }, "permissions");
  const [approved] = spotAt({ value, at: undefined }, "autoApprove");
  const [allowed] = permissions === undefined ? [] : spotAt(permissions, "allow");
  const renamed = (spot: Spot | undefined, name: string): RawSet =>
    spot === undefined
      ? EMPTY_SET
      : {
          kind: "set",
          entries: { [name]: spot.value },
          positions: spot.at === undefined ? {} : { [name]: spot.at },
        };
  const swapped = renamed(allowed, "autoApprove");
  return { ...swapped, entries: { ...swapped.entries, permissions: renamed(approved, "allow") } };
}

/** An attribute called `__proto__` is one like any other. */
function define(positions: Record<string, Position>, name: string, place: Position): void {
  Object.defineProperty(positions, name, {
    value: place,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
