import { posix } from "node:path/posix";
import type { ClientVersion } from "../../model/semantics.ts";
import type { Surroundings } from "../types.ts";
import { compileGlob, type Glob } from "./glob.ts";

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
  /** How many segments of the path the pattern matches as a path of its own: it covers all that lies below. */
  matchedLengths(path: string): readonly number[];
}

const NEVER: PathMatcher = { matches: () => false, matchedLengths: () => [] };

/**
 * Gitignore-like patterns with the client's own anchors (reference, section 1.7; measured). Case never counts; a
 * pattern that matches a directory covers everything below it; nothing outside the anchor is ever matched.
 */
export function compilePathPattern(
  pattern: string,
  list: "allow" | "ask" | "deny",
  surroundings: Surroundings,
  client: ClientVersion,
): PathMatcher {
  const { anchor, rest, rooted } = anchorOf(pattern.trimEnd(), surroundings);
  // A lone negation has nothing to take back, and `..` leaves the anchor.
  if (rest === "" || (rest.startsWith("!") && !rooted) || rest.split("/").includes("..")) return NEVER;
  // Without an anchor of its own it is a comment to older clients; newer ones refuse by it, and approve nothing.
  if (rest.startsWith("#") && !rooted && (client === "2.1.197" || list === "allow")) return NEVER;
  const narrowDirectory = list === "allow" && client !== "2.1.197";
  const matcher = gitignoreMatcher(withoutRepeatedDepth(rest), { rooted, narrowDirectory });
  return matcher === null ? NEVER : below(anchor, matcher);
}

/** `!name`: what it takes back from rules before it in the list; null for other patterns and other anchors. */
export function compileNegation(pattern: string, surroundings: Surroundings): PathMatcher | null {
  // With an anchor of its own it stands in no list with others, and does nothing (measured).
  if (!/^!(?![/~!])./.test(pattern)) return null;
  const matcher = gitignoreMatcher(withoutRepeatedDepth(pattern.slice(1)), {
    rooted: false,
    narrowDirectory: false,
  });
  return matcher === null ? null : below(surroundings.project, matcher);
}

/** Negations speak of patterns without an anchor of their own. */
export function isUnanchored(pattern: string): boolean {
  return !/^(?:\/|~\/)/.test(pattern);
}

function below(anchor: string, matcher: (segments: readonly string[]) => number[]): PathMatcher {
  const prefix = (anchor === "/" ? "/" : `${anchor}/`).toLowerCase();
  const matchedLengths = (path: string): number[] => {
    const lower = path.toLowerCase();
    const relative = lower.startsWith(prefix) ? lower.slice(prefix.length) : "";
    return relative === "" ? [] : matcher(relative.split("/"));
  };
  return { matchedLengths, matches: (path) => matchedLengths(path).length > 0 };
}

/** A third `**` in a row adds nothing but time, and thousands of them a lot of it. */
export function withoutRepeatedDepth(pattern: string): string {
  return pattern.replace(/(^|\/)(?:\*\*\/)+(?=\*\*\/\*\*(?:\/|$))/g, "$1");
}

/** Where a pattern starts, and what of it is left there; `rooted`: it begins there and not at any depth. */
export function anchorOf(
  pattern: string,
  surroundings: Surroundings,
): { anchor: string; rest: string; rooted: boolean } {
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
  return { anchor: surroundings.project, rest: rest.replace(/^\/+/, ""), rooted: rest.startsWith("/") };
}

/**
 * What stands between the slashes of a pattern. `dir/**` is `dir` itself: the directory and everything below, at any
 * depth as any bare name; `narrowDirectory` keeps it at the anchor. A star behind a backslash at the very end is one.
 */
export function patternShape(
  written: string,
  { rooted, narrowDirectory }: { rooted: boolean; narrowDirectory: boolean },
): { names: string[]; anyDepth: boolean; directoryOnly: boolean } | null {
  const stripped = /^(.*[^/])\/+\*\*$/s.exec(written)?.[1] ?? written;
  const pattern = stripped.replace(/(^|[^\\])\\\*$/, "$1*");
  const directoryOnly = pattern.endsWith("/");
  const names = pattern.split("/").filter((segment) => segment !== "");
  if (names.length === 0) return null;
  // `src/**/` holds everything below `src`, whether or not there is a directory in between.
  if (directoryOnly && names.length > 1 && names.at(-1) === "**") {
    return { names: names.slice(0, -1), anyDepth: false, directoryOnly };
  }
  const narrowed = narrowDirectory && stripped !== written;
  return { names, anyDepth: names.length === 1 && !rooted && !narrowed, directoryOnly };
}

type SegmentMatcher = { kind: "any-depth" } | { kind: "name"; glob: Glob };

/** Takes path segments in lower case, gives the lengths that match. null: no usable pattern. */
function gitignoreMatcher(
  pattern: string,
  options: { rooted: boolean; narrowDirectory: boolean },
): ((segments: readonly string[]) => number[]) | null {
  const shape = patternShape(pattern, options);
  if (shape === null) return null;
  const segments = segmentMatchers(shape.anyDepth ? ["**", ...shape.names] : shape.names);
  if (segments === null) return null;
  return (path) => matchedPrefixes(segments, path, shape.directoryOnly);
}

function segmentMatchers(names: readonly string[]): SegmentMatcher[] | null {
  const segments: SegmentMatcher[] = [];
  for (const name of names) {
    if (name === "**") {
      segments.push({ kind: "any-depth" });
      continue;
    }
    const glob = compileGlob(name.toLowerCase(), "path-rule");
    if (glob === null) return null;
    segments.push({ kind: "name", glob });
  }
  return segments;
}

/**
 * Which beginnings of the path does the pattern match, the path itself among them? Walks the path once with the set
 * of positions the pattern may be at, so no pattern is slow. `directoryOnly`: the match itself must be above.
 */
function matchedPrefixes(
  pattern: readonly SegmentMatcher[],
  path: readonly string[],
  directoryOnly: boolean,
): number[] {
  const matched: number[] = [];
  let positions = passDepth(pattern, new Set([0]));
  for (let i = 0; i < path.length && positions.size > 0; i++) {
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
    if (positions.has(pattern.length) && (!directoryOnly || i < path.length - 1)) matched.push(i + 1);
  }
  return matched;
}

/** `**` in front of something may stand for no directory at all. */
function passDepth(pattern: readonly SegmentMatcher[], positions: Set<number>): Set<number> {
  for (const position of positions) {
    if (pattern[position]?.kind === "any-depth" && position < pattern.length - 1) positions.add(position + 1);
  }
  return positions;
}
