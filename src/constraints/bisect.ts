import type { Search } from "../permissions/index.ts";

/** Searches of parts before the rest is reported as one part. */
const MAX_SEARCHES = 512;

export interface FaultyPart<Item> {
  search: Exclude<Search, { kind: "none" }>;
  /** One item; several when they are only at fault together, or when there are too many to tell apart. */
  items: readonly Item[];
}

/**
 * The items that are at fault, each by itself, so that accepting one hides no other. Halves the list where something
 * is found: one search when nothing is wrong, few when little is.
 */
export function faultyParts<Item>(
  items: readonly Item[],
  search: (part: readonly Item[]) => Search,
): FaultyPart<Item>[] {
  let searches = 0;
  const split = (part: readonly Item[]): FaultyPart<Item>[] => {
    if (part.length === 0) return [];
    searches++;
    const found = search(part);
    if (found.kind === "none") return [];
    if (part.length === 1 || searches > MAX_SEARCHES) return [{ search: found, items: part }];
    const middle = part.length >> 1;
    const parts = [...split(part.slice(0, middle)), ...split(part.slice(middle))];
    return parts.length > 0 ? parts : [{ search: found, items: part }];
  };
  return split(items);
}
