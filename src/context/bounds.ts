import type { Limits } from "../model/limits.ts";
import type { RawValue } from "../model/raw-value.ts";

/**
 * The value with everything beyond the limits cut off, so that what reads it may recurse. Within the limits it is
 * the value itself.
 */
export function withinLimits(
  raw: RawValue,
  limits: Pick<Limits, "contextValues" | "contextDepth">,
): RawValue {
  const size = sizeOf(raw, limits.contextDepth);
  return size.depth <= limits.contextDepth && size.values <= limits.contextValues
    ? raw
    : cutOff(raw, limits.contextDepth, { values: limits.contextValues });
}

/** Counts without recursion: nobody has looked at the depth yet. Stops below `maxDepth`. */
function sizeOf(root: RawValue, maxDepth: number): { values: number; depth: number } {
  let values = 0;
  let depth = 0;
  let level = [root];
  while (level.length > 0 && depth <= maxDepth) {
    values += level.length;
    level = level.flatMap(childrenOf);
    if (level.length > 0) depth++;
  }
  return { values, depth };
}

function childrenOf(raw: RawValue): RawValue[] {
  if (raw.kind === "list") return raw.items;
  return raw.kind === "set" ? Object.values(raw.entries) : [];
}

function cutOff(raw: RawValue, depth: number, left: { values: number }): RawValue {
  left.values--;
  if (left.values < 0) return { kind: "cut", limit: "values" };
  if (raw.kind !== "list" && raw.kind !== "set") return raw;
  if (depth === 0) return { kind: "cut", limit: "depth" };
  if (raw.kind === "list") return { ...raw, items: raw.items.map((item) => cutOff(item, depth - 1, left)) };
  const entries = Object.entries(raw.entries).map(
    ([key, value]) => [key, cutOff(value, depth - 1, left)] as const,
  );
  return { ...raw, entries: Object.fromEntries(entries) };
}
