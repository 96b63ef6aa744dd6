import { attributePath, type Position, type Positions } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";

/** Where each attribute stands, by attribute path as written. `at` is the place of the value itself. */
export function flattenPositions(raw: RawValue, path = "", at?: Position): Map<string, Position> {
  const found = new Map<string, Position>();
  collect(raw, path, at, found);
  return found;
}

function collect(raw: RawValue, path: string, at: Position | undefined, found: Map<string, Position>): void {
  if (at !== undefined) found.set(path, at);
  if (raw.kind === "list") {
    raw.items.forEach((item, index) => {
      const place = raw.itemPositions?.[index] ?? firstAttribute(item);
      collect(item, attributePath(path, index), place, found);
    });
  } else if (raw.kind === "set") {
    for (const [key, value] of Object.entries(raw.entries)) {
      const place = Object.hasOwn(raw.positions, key) ? raw.positions[key] : undefined;
      collect(value, attributePath(path, key), place, found);
    }
  }
}

/** Nix keeps no place for list items; a set in a list stands where its first attribute does. */
function firstAttribute(raw: RawValue): Position | undefined {
  if (raw.kind !== "set") return undefined;
  return Object.values(raw.positions).reduce<Position | undefined>(
    (first, place) =>
      first === undefined ||
      place.line < first.line ||
      (place.line === first.line && place.column < first.column)
        ? place
        : first,
    undefined,
  );
}

/** A member of a list under the path it has in the normal form. */
export interface Alias {
  path: string;
  alias: string;
}

/**
 * With the paths of the normal form for members of lists: `tools[0].pkg` also stands as `tools.rg.pkg`. An
 * attribute of that path that the user wrote keeps its place.
 */
export function withAliases(
  positions: ReadonlyMap<string, Position>,
  aliases: readonly Alias[],
): ReadonlyMap<string, Position> {
  const byPath = new Map(
    aliases.filter(({ path, alias }) => path !== alias).map(({ path, alias }) => [path, alias]),
  );
  if (byPath.size === 0) return positions;
  const found = new Map(positions);
  for (const [path, position] of positions) {
    const member = /^[A-Za-z]+\[\d+\]/.exec(path)?.[0] ?? "";
    const alias = byPath.get(member);
    if (alias === undefined) continue;
    const renamed = alias + path.slice(member.length);
    if (!found.has(renamed)) found.set(renamed, position);
  }
  return found;
}

export function positionsRecord(positions: ReadonlyMap<string, Position>): Positions {
  return Object.fromEntries(positions);
}
