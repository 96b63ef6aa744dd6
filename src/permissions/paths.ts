import { posix } from "node:path/posix";
import type { ClientVersion } from "../model/semantics.ts";
import { compileGlob, type Glob } from "./glob.ts";
import type { Surroundings } from "./types.ts";

/** Absolute and normal: `~`, `.`, `..` and doubled slashes resolved. `directory` is where relative paths start. */
export function absolutePath(path: string, directory: string, home: string): string {
  if (path === "~") return home;
  if (path.startsWith("~/")) return trimSlash(posix.normalize(`${home}/${path.slice(2)}`));
  return trimSlash(posix.resolve(directory, path));
}

function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

export function isInside(path: string, directory: string): boolean {
  return directory === "/" || path === directory || path.startsWith(`${directory}/`);
}

/** A rule's path pattern, ready to be held against absolute paths. */
export interface PathMatcher {
  matches(path: string): boolean;
}

const NEVER: PathMatcher = { matches: () => false };

/**
 * Gitignore-like patterns with the client's own anchors (reference, section 1.7). Case never counts; a pattern that
 * matches a directory covers everything below it; nothing outside the anchor is ever matched.
 */
export function compilePathPattern(
  pattern: string,
  list: "allow" | "ask" | "deny",
  surroundings: Surroundings,
  client: ClientVersion,
): PathMatcher {
  const anchored = anchorOf(pattern.trim(), surroundings);
  if (anchored === null) return NEVER;
  const { anchor, rest } = anchored;
  // A lone negation has nothing to take back, and `..` leaves the anchor.
  if (rest === "" || rest.startsWith("!") || rest.split("/").includes("..")) return NEVER;
  const matcher = gitignoreMatcher(withoutRepeatedDepth(rest), {
    rooted: anchored.rooted,
    narrowDirectory: list === "allow" && client !== "2.1.197",
  });
  if (matcher === null) return exactly(posix.join(anchor, rest), list);
  const prefix = (anchor === "/" ? "/" : `${anchor}/`).toLowerCase();
  return {
    matches: (path) => {
      const lower = path.toLowerCase();
      return lower.startsWith(prefix) && matcher(lower.slice(prefix.length).split("/"));
    },
  };
}

/** A third `**` in a row adds nothing but time, and thousands of them a lot of it. */
export function withoutRepeatedDepth(pattern: string): string {
  return pattern.replace(/(^|\/)(?:\*\*\/)+(?=\*\*\/\*\*(?:\/|$))/g, "$1");
}

/** A pattern the matcher cannot use still guards its exact path in deny and ask, and allows nothing. */
function exactly(path: string, list: "allow" | "ask" | "deny"): PathMatcher {
  if (list === "allow") return NEVER;
  return { matches: (candidate) => candidate.toLowerCase() === path.toLowerCase() };
}

function anchorOf(
  pattern: string,
  surroundings: Surroundings,
): { anchor: string; rest: string; rooted: boolean } | null {
  if (pattern.startsWith("//")) {
    return { anchor: "/", rest: pattern.replace(/^\/+/, ""), rooted: true };
  }
  if (pattern.startsWith("~/")) return { anchor: surroundings.home, rest: pattern.slice(2), rooted: true };
  if (pattern.startsWith("/")) {
    const anchor =
      surroundings.scope === "user" ? posix.join(surroundings.home, ".claude") : surroundings.project;
    return { anchor, rest: pattern.slice(1), rooted: true };
  }
  const rest = pattern.replace(/^(?:\.\/)+/, "");
  return { anchor: surroundings.project, rest, rooted: false };
}

type SegmentMatcher = { kind: "any-depth" } | { kind: "name"; glob: Glob };

/**
 * `rooted`: the pattern began with a slash. Without it a name alone, and `name/**` in deny and ask, match at any
 * depth; `narrowDirectory` keeps `name/**` at the anchor. Takes path segments in lower case. null: no usable pattern.
 */
function gitignoreMatcher(
  pattern: string,
  options: { rooted: boolean; narrowDirectory: boolean },
): ((segments: readonly string[]) => boolean) | null {
  const directoryOnly = pattern.endsWith("/");
  const names = pattern.split("/").filter((segment) => segment !== "");
  if (names.length === 0) return null;
  // `src/**/` holds everything below `src`, whether or not there is a directory in between.
  if (directoryOnly && names.length > 1 && names.at(-1) === "**") {
    return gitignoreMatcher(`${names.slice(0, -1).join("/")}/`, { ...options, rooted: true });
  }
  const nameAndEverything = names.length === 2 && names[1] === "**" && names[0] !== "**";
  const anyDepth =
    !options.rooted &&
    (names.length === 1 || (nameAndEverything && !directoryOnly && !options.narrowDirectory));
  const segments = segmentMatchers(anyDepth ? ["**", ...names] : names);
  if (segments === null) return null;
  return (path) => matchesSegments(segments, path, directoryOnly);
}

function segmentMatchers(names: readonly string[]): SegmentMatcher[] | null {
  const segments: SegmentMatcher[] = [];
  for (const name of names) {
    if (name === "**") {
      segments.push({ kind: "any-depth" });
      continue;
    }
    const glob = compileGlob(name.toLowerCase());
    if (glob === null) return null;
    segments.push({ kind: "name", glob });
  }
  return segments;
}

/**
 * Does the pattern match the path or a directory above it (which covers everything below)? Walks the path once with
 * the set of positions the pattern may be at, so no pattern is slow. `directoryOnly`: the match itself must be above.
 */
function matchesSegments(
  pattern: readonly SegmentMatcher[],
  path: readonly string[],
  directoryOnly: boolean,
): boolean {
  let positions = passDepth(pattern, new Set([0]));
  for (let i = 0; i < path.length; i++) {
    const next = new Set<number>();
    for (const position of positions) {
      const segment = pattern[position];
      if (segment === undefined) continue;
      if (segment.kind === "any-depth") {
        next.add(position);
        // At the end `**` needs one segment at least.
        if (position === pattern.length - 1) next.add(pattern.length);
      } else if (segment.glob.matches(path[i]!)) next.add(position + 1);
    }
    positions = passDepth(pattern, next);
    if (positions.has(pattern.length) && (!directoryOnly || i < path.length - 1)) return true;
    if (positions.size === 0) return false;
  }
  return false;
}

/** `**` in front of something may stand for no directory at all. */
function passDepth(pattern: readonly SegmentMatcher[], positions: Set<number>): Set<number> {
  for (const position of positions) {
    if (pattern[position]?.kind === "any-depth" && position < pattern.length - 1) positions.add(position + 1);
  }
  return positions;
}
