import { isInside } from "../rules/paths.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CompiledList, CompiledRule } from "../sets/rule-set.ts";
import { isProtectedPath } from "./protected-paths.ts";

export type Access = "read" | "edit";

/** A path rule of the list that matches. `path` is absolute and normal. */
export function pathRule(list: CompiledList, action: Access, path: string): CompiledRule | null {
  return list.paths.find((rule) => rule.parsed.action === action && rule.matcher.matches(path)) ?? null;
}

export function isInWorkingDirectories(set: CompiledSet, path: string): boolean {
  return set.directories.some((directory) => isInside(path, directory));
}

/** What the file checks say to a path that a Bash command touches. */
export type PathVerdict =
  | { kind: "denied"; by: CompiledRule }
  /** A check that no rule lifts; `always`: nor any mode. */
  | { kind: "checked"; reason: string; always?: true }
  /** A rule for this very path allows it. */
  | { kind: "ruled"; by: CompiledRule }
  | { kind: "inside" }
  | { kind: "outside" };

/** `granted`: the rules that allow it, where they are not those of the access itself. */
export function judgePath(
  set: CompiledSet,
  access: Access,
  path: string,
  granted: Access = access,
): PathVerdict {
  const denied = pathRule(set.deny, access, path);
  if (denied !== null) return { kind: "denied", by: denied };
  const inside = isInWorkingDirectories(set, path);
  if (granted === "edit" && isProtectedPath(path)) {
    return { kind: "checked", reason: `writes to the protected path ${path} always ask` };
  }
  if (access === "read" && set.blockReadsOutside && !inside) {
    return {
      kind: "checked",
      reason: `reads outside the working directories are blocked: ${path}`,
      always: true,
    };
  }
  const held = granted !== access && pathRule(set.deny, granted, path) !== null;
  const ruled = held ? null : pathRule(set.allow, granted, path);
  if (ruled !== null) return { kind: "ruled", by: ruled };
  return { kind: inside ? "inside" : "outside" };
}
