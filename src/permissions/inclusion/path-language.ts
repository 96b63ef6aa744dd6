import type { RuleList } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import { anchorOf, patternShape, withoutRepeatedDepth } from "../rules/paths.ts";
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
  const { anchor, rest, rooted } = anchorOf(pattern.trimEnd(), surroundings);
  if (rest === "" || (rest.startsWith("!") && !rooted) || rest.split("/").includes("..")) return null;
  if (rest.startsWith("#") && !rooted && (client === "2.1.197" || list === "allow")) return null;
  const narrowDirectory = list === "allow" && client !== "2.1.197";
  const body = gitignorePieces(withoutRepeatedDepth(rest), rooted, narrowDirectory);
  if (body === null || body === "unmodelled") return body;
  return [some(anchor === "/" ? "/" : `${anchor}/`.toLowerCase()), ...body];
}

function gitignorePieces(
  pattern: string,
  rooted: boolean,
  narrowDirectory: boolean,
): Piece[] | null | "unmodelled" {
  const shape = patternShape(pattern, { rooted, narrowDirectory });
  if (shape === null) return null;
  const { names, anyDepth, directoryOnly } = shape;
  const pieces: Piece[] = anyDepth ? [DIRECTORIES_OR_NONE] : [];
  for (const [i, segment] of names.entries()) {
    const last = i === names.length - 1;
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
      const close = segment.indexOf("]", i + 1);
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
  if (written === "") return null;
  // Path rules know no negated sets: `[!a]` is one of the two characters.
  const body = written.replace(/[\\[\]^]/g, "\\$&");
  if (/[^\x00-\x7f]/.test(body)) return "unmodelled";
  let regex: RegExp;
  try {
    regex = new RegExp(`^[${body}]$`, "isu");
  } catch {
    return null;
  }
  const marks = ASCII.filter((code) => regex.test(String.fromCharCode(code)));
  const marked = new Set(marks);
  return { key: `[${body}]`, has: (code) => marked.has(code), marks };
}
