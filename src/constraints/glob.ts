import micromatch from "micromatch";

/*
 * Globs over names, commands and references. `*` stands for any text, slashes and line ends included, `?` for one
 * character, `[ab]` and `[!ab]` for one of (or none of) these, `{a,b}` for either, `\` takes a meaning away. These
 * are not paths: with micromatch's own `*`, which stops at a slash, `forbid.hooks = [ "*curl*" ]` would let
 * `curl https://…` through. Braces are micromatch's.
 */

const MAX_ALTERNATIVES = 1_000;
const MAX_CHARACTERS = 1_000;

/** Why a glob cannot be used, or null. */
export function globProblem(glob: string): string | null {
  if (glob === "") return "an empty glob matches nothing";
  if (glob.length > MAX_CHARACTERS) return `a glob has at most ${MAX_CHARACTERS} characters`;
  if (/\{[^{}]*\.\.[^{}]*\}/.test(glob)) return "ranges in braces are not understood; list the words";
  const groups = glob.split("{").length - 1;
  const commas = glob.split(",").length - 1;
  // The most that so many groups and commas can stand for, however they are nested.
  const alternatives = groups === 0 ? 1 : ((commas + groups) / groups) ** groups;
  if (alternatives > MAX_ALTERNATIVES) return `its braces stand for more than ${MAX_ALTERNATIVES} words`;
  try {
    patternsOf(glob);
    return null;
  } catch {
    return "a range in brackets runs backwards";
  }
}

export function globMatches(text: string, glob: string): boolean {
  return patternsOf(glob).some((pattern) => pattern.test(text));
}

export function matchesAny(text: string, globs: readonly string[]): boolean {
  return globs.some((glob) => globMatches(text, glob));
}

/**
 * Is every text that `inner` matches matched by one of `globs`? Sound, not complete: false also means "cannot be
 * told".
 */
export function globsCover(globs: readonly string[], inner: string): boolean {
  if (globs.includes(inner)) return true;
  return alternativesOf(inner).every((alternative) => {
    const stars = alternative.replace(/\*+/g, "*");
    if (/[?[\\]/.test(stars)) return false;
    // No literal matches this character, so what matches it is a `*` of the outer glob, which takes any text there.
    const probe = stars.replaceAll("*", ANY_TEXT);
    return globs.some((glob) => !/[?[]/.test(glob) && !glob.includes(ANY_TEXT) && globMatches(probe, glob));
  });
}

/** A private-use character that stands for "any text" while two globs are compared. */
const ANY_TEXT = "\uF8FF";

const compiled = new Map<string, RegExp[]>();

function patternsOf(glob: string): RegExp[] {
  const known = compiled.get(glob);
  if (known !== undefined) return known;
  const patterns = alternativesOf(glob).map((alternative) => new RegExp(regexSource(alternative), "su"));
  compiled.set(glob, patterns);
  return patterns;
}

function alternativesOf(glob: string): string[] {
  if (!glob.includes("{")) return [glob];
  // Expansion takes quotes and backslashes away, which would turn `\*` into a wildcard.
  return micromatch.braces(protect(glob), { expand: true }).map(unprotect);
}

const PROTECTED = ["\\", '"', "'", "`", "$", "(", ")"] as const;
const FIRST_PROTECTED = 0xf8e0;

function protect(glob: string): string {
  return glob
    .replace(/\\([{},])/g, (_, character: string) => String.fromCharCode(0xf8d0 + "{},".indexOf(character)))
    .replace(/[\\"'`$()]/g, (character) =>
      String.fromCharCode(FIRST_PROTECTED + PROTECTED.indexOf(character as (typeof PROTECTED)[number])),
    );
}

function unprotect(text: string): string {
  return text
    .replace(/[\uf8d0-\uf8d2]/g, (character) => `\\${"{},"[character.charCodeAt(0) - 0xf8d0]}`)
    .replace(/[\uf8e0-\uf8e6]/g, (character) => PROTECTED[character.charCodeAt(0) - FIRST_PROTECTED]!);
}

/**
 * Takes time in proportion to the text: after each `*` the next piece is taken where it occurs first and never
 * elsewhere (a look-ahead with a back-reference is atomic), which is enough for globs and cannot go back and forth.
 */
function regexSource(glob: string): string {
  const pieces = splitAtStars(glob);
  const first = pieces.shift()!;
  const last = pieces.pop();
  if (last === undefined) return `^${first}$`;
  const middle = pieces
    .filter((piece) => piece !== "")
    .map((piece, index) => `(?=(.*?${piece}))\\${index + 1}`)
    .join("");
  return `^${first}${middle}.*${last}$`;
}

/** The regular expressions of the pieces between runs of `*`. */
function splitAtStars(glob: string): string[] {
  const pieces = [""];
  for (const [token] of glob.matchAll(/\\.|\[!?\]?[^\]]*\]|\*+|./gsu)) {
    if (token.startsWith("*")) pieces.push("");
    else pieces[pieces.length - 1] += pieceSource(token);
  }
  return pieces;
}

function pieceSource(token: string): string {
  if (token === "?") return ".";
  if (token.length > 1 && token.startsWith("[")) {
    const negated = token[1] === "!" || token[1] === "^";
    const members = token.slice(negated ? 2 : 1, -1).replace(/[\\\][^]/g, "\\$&");
    return members === "" ? escaped(token) : `[${negated ? "^" : ""}${members}]`;
  }
  return escaped(token.startsWith("\\") && token.length > 1 ? token.slice(1) : token);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
