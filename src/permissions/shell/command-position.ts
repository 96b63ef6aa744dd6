/**
 * Would what stands behind this text be a command, as newer clients see it? Quotes in it are blanked. Measured with `((`,
 * which computes there and nowhere else.
 */
export function beginsCommand(before: string): boolean {
  const text = before.replace(/[ \t]+$/, "");
  if (/(?:^|[;&|\n({])$/.test(text)) return true;
  if (text.endsWith(")")) return beginsBehindBracket(text);
  if (text.endsWith("`")) return beginsCommand(text.slice(0, text.lastIndexOf("`", text.length - 2)));
  if (REDIRECTED.test(text)) return true;
  const word = /[^\s;&|()<>`]+$/.exec(text)?.[0] ?? "";
  const outside = text.slice(0, text.length - word.length);
  const spaced = ASSIGNMENT.test(word) || word === "!";
  if (KEYWORDS.has(word) || (spaced && text !== before)) return beginsCommand(outside);
  return beginsFunction(outside);
}

/** A bracket that closes nothing ends a command, and so does one around commands, of a function or of an array. */
function beginsBehindBracket(text: string): boolean {
  const opened = opening(text);
  if (opened === null) return true;
  const outside = text.slice(0, opened);
  if (/[$<>@?*+!]$/.test(outside)) return false;
  const name = (text.endsWith("()") ? FUNCTION_NAME : ARRAY_NAME).exec(outside)?.[0] ?? "";
  const around = outside.slice(0, outside.length - name.length);
  return beginsCommand(around) || beginsFunction(around);
}

/** `function f`. */
function beginsFunction(before: string): boolean {
  const keyword = /\bfunction[ \t]+$/.exec(before);
  return keyword !== null && beginsCommand(before.slice(0, keyword.index));
}

/** Index of what the bracket at the end closes; null: there is none. */
function opening(text: string): number | null {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ")") depth++;
    else if (text[at] === "(" && --depth === 0) return at;
  }
  return null;
}

const KEYWORDS = new Set("then do else elif fi done esac if while until for { }".split(" "));
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;
const REDIRECTED = /[<>][ \t]*[^\s;&|()<>`]+$/;
const FUNCTION_NAME = /[\w-]+[ \t]*$/;
const ARRAY_NAME = /[A-Za-z_]\w*\+?=$/;
