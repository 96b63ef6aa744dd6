import { posix } from "node:path/posix";
import type { ClientVersion } from "../model/semantics.ts";
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
  const regex = gitignoreRegex(rest, {
    rooted: anchored.rooted,
    narrowDirectory: list === "allow" && client !== "2.1.197",
  });
  if (regex === null) return exactly(posix.join(anchor, rest), list);
  const prefix = anchor === "/" ? "/" : `${anchor}/`;
  return {
    matches: (path) => {
      if (!path.toLowerCase().startsWith(prefix.toLowerCase())) return false;
      return regex.test(path.slice(prefix.length));
    },
  };
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

/**
 * `rooted`: the pattern began with a slash. Without it a name alone, and `name/**` in deny and ask, match at any
 * depth; `narrowDirectory` keeps `name/**` at the anchor. null: no usable pattern.
 */
function gitignoreRegex(
  pattern: string,
  options: { rooted: boolean; narrowDirectory: boolean },
): RegExp | null {
  const directoryOnly = pattern.endsWith("/");
  const body = directoryOnly ? pattern.slice(0, -1) : pattern;
  const segments = body.split("/").filter((segment) => segment !== "");
  if (segments.length === 0) return null;
  // `src/**/` holds everything below `src`, whether or not there is a directory in between.
  if (directoryOnly && segments.length > 1 && segments.at(-1) === "**") {
    return gitignoreRegex(`${segments.slice(0, -1).join("/")}/`, { ...options, rooted: true });
  }
  const nameAndEverything = segments.length === 2 && segments[1] === "**" && segments[0] !== "**";
  const anyDepth =
    !options.rooted &&
    (segments.length === 1 || (nameAndEverything && !directoryOnly && !options.narrowDirectory));
  let source = anyDepth ? "(?:.*/)?" : "";
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i]!;
    const last = i === segments.length - 1;
    if (segment === "**") {
      source += last ? ".+" : "(?:.*/)?";
      continue;
    }
    const translated = segmentRegex(segment);
    if (translated === null) return null;
    source += last ? translated : `${translated}/`;
  }
  // What is below a match is covered; with a trailing slash the match itself must be a directory.
  const tail = directoryOnly ? "/.*" : "(?:/.*)?";
  try {
    return new RegExp(`^${source}${tail}$`, "isu");
  } catch {
    return null;
  }
}

function segmentRegex(segment: string): string | null {
  let source = "";
  for (let i = 0; i < segment.length; i++) {
    const character = segment[i]!;
    if (character === "*") {
      while (segment[i + 1] === "*") i++;
      source += "[^/]*";
    } else if (character === "?") source += "[^/]";
    else if (character === "[") {
      const close = segment.indexOf("]", i + 2);
      if (close < 0) return null;
      const body = segment
        .slice(i + 1, close)
        .replace(/^!/, "^")
        .replaceAll("\\", "\\\\");
      source += `[${body.replaceAll("[", "\\[")}]`;
      i = close;
    } else if (character === "\\" && i + 1 < segment.length) {
      source += escapeRegex(segment[++i]!);
    } else source += escapeRegex(character);
  }
  return source;
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
