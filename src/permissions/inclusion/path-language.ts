import { posix } from "node:path/posix";
import type { RuleList } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import { withoutRepeatedDepth } from "../paths.ts";
import type { Surroundings } from "../types.ts";
import type { Piece } from "./automaton.ts";
import { ANY, allBut, type CharacterSet } from "./characters.ts";

const NOT_SLASH = allBut("/");
const some = (text: string): Piece => ({ kind: "text", text });
const many = (of: CharacterSet): Piece => ({ kind: "many", of });
const one = (of: CharacterSet): Piece => ({ kind: "one", of });
const DIRECTORIES_OR_NONE: Piece = { kind: "optional", pieces: [many(ANY), some("/")] };
const BELOW: Piece[] = [some("/"), many(ANY)];
/** A directory itself and what is below it. */
const ITSELF_AND_BELOW: Piece = { kind: "optional", pieces: BELOW };

const knownDirectories = new Map<string, Piece[]>();

/** The directory and everything below, in lower case since case never counts; equal directories give one object. */
export function directoryPieces(directory: string): Piece[] {
  const folded = directory.toLowerCase();
  const known = knownDirectories.get(folded);
  if (known !== undefined) return known;
  const pieces = folded === "/" ? anyPathPieces() : [some(folded), ITSELF_AND_BELOW];
  // Bounded: these come from the repository that is looked at.
  if (knownDirectories.size < 1000) knownDirectories.set(folded, pieces);
  return pieces;
}

export function anyPathPieces(): Piece[] {
  return [some("/"), many(ANY)];
}

/**
 * The absolute paths, in lower case, that a path pattern matches in this list: the same language as
 * `compilePathPattern` gives, in pieces. null: it matches nothing. `unmodelled`: pieces cannot express it.
 */
export function pathPieces(
  pattern: string,
  list: RuleList,
  surroundings: Surroundings,
  client: ClientVersion,
): Piece[] | null | "unmodelled" {
  const { anchor, rest, rooted } = anchorOf(pattern.trim(), surroundings);
  if (rest === "" || rest.startsWith("!") || rest.split("/").includes("..")) return null;
  const narrowDirectory = list === "allow" && client !== "2.1.197";
  const body = gitignorePieces(withoutRepeatedDepth(rest), rooted, narrowDirectory);
  if (body === "unmodelled") return body;
  if (body === null) {
    return list === "allow" ? null : [some(posix.join(anchor, rest).toLowerCase())];
  }
  return [some(anchor === "/" ? "/" : `${anchor}/`.toLowerCase()), ...body];
}

function anchorOf(pattern: string, { home, project, scope }: Surroundings) {
  if (pattern.startsWith("//")) return { anchor: "/", rest: pattern.replace(/^\/+/, ""), rooted: true };
  if (pattern.startsWith("~/")) return { anchor: home, rest: pattern.slice(2), rooted: true };
  if (pattern.startsWith("/")) {
    return { anchor: scope === "user" ? `${home}/.claude` : project, rest: pattern.slice(1), rooted: true };
  }
  return { anchor: project, rest: pattern.replace(/^(?:\.\/)+/, ""), rooted: false };
}

function gitignorePieces(
  pattern: string,
  rooted: boolean,
  narrowDirectory: boolean,
): Piece[] | null | "unmodelled" {
  const directoryOnly = pattern.endsWith("/");
  const segments = pattern.split("/").filter((segment) => segment !== "");
  if (segments.length === 0) return null;
  if (directoryOnly && segments.length > 1 && segments.at(-1) === "**") {
    return gitignorePieces(`${segments.slice(0, -1).join("/")}/`, true, narrowDirectory);
  }
  const nameAndEverything = segments.length === 2 && segments[1] === "**" && segments[0] !== "**";
  const anyDepth =
    !rooted && (segments.length === 1 || (nameAndEverything && !directoryOnly && !narrowDirectory));
  const pieces: Piece[] = anyDepth ? [DIRECTORIES_OR_NONE] : [];
  for (const [i, segment] of segments.entries()) {
    const last = i === segments.length - 1;
    if (segment === "**") {
      pieces.push(...(last ? [one(ANY), many(ANY)] : [DIRECTORIES_OR_NONE]));
      continue;
    }
    const translated = segmentPieces(segment);
    if (translated === null || translated === "unmodelled") return translated;
    pieces.push(...translated);
    if (!last) pieces.push(some("/"));
  }
  return [...pieces, ...(directoryOnly ? BELOW : [ITSELF_AND_BELOW])];
}

function segmentPieces(segment: string): Piece[] | null | "unmodelled" {
  const pieces: Piece[] = [];
  for (let i = 0; i < segment.length; i++) {
    const character = segment[i]!;
    if (character === "*") {
      while (segment[i + 1] === "*") i++;
      pieces.push(many(NOT_SLASH));
    } else if (character === "?") pieces.push(one(NOT_SLASH));
    else if (character === "[") {
      const close = segment.indexOf("]", i + 2);
      if (close < 0) return null;
      const set = bracketSet(segment.slice(i + 1, close));
      if (set === null || set === "unmodelled") return set;
      pieces.push(one(set));
      i = close;
    } else if (character === "\\" && i + 1 < segment.length) pieces.push(some(segment[++i]!.toLowerCase()));
    else pieces.push(some(character.toLowerCase()));
  }
  return pieces;
}

const ASCII = Array.from({ length: 128 }, (_, code) => code);

/** The set between brackets as the matcher's own regular expression has it. */
function bracketSet(written: string): CharacterSet | null | "unmodelled" {
  const body = written.replace(/^!/, "^").replaceAll("\\", "\\\\").replaceAll("[", "\\[");
  if (/[^\x00-\x7f]/.test(body)) return "unmodelled";
  let regex: RegExp;
  try {
    regex = new RegExp(`^[${body}]$`, "isu");
  } catch {
    return null;
  }
  const elsewhere = body.startsWith("^");
  const marks = ASCII.filter((code) => regex.test(String.fromCharCode(code)) !== elsewhere);
  const marked = new Set(marks);
  return { key: `[${body}]`, has: (code) => marked.has(code) !== elsewhere, marks };
}
