import type { Word, WordPart } from "./tools-file.ts";

/**
 * Splits a command that is written as a string. The rule, in full:
 *
 * - Words are separated by spaces, tabs and line breaks.
 * - Between single quotes everything stands for itself.
 * - Between double quotes everything stands for itself, but `\"` and `\\`, which stand for the second character.
 * - Outside quotes a backslash makes the next character stand for itself.
 * - Nothing else means anything: no variable, glob, `~`, pipe or redirection. A bare word that a shell would act on is
 *   refused, since nobody writes it to hand it over; in quotes it is a word like any other.
 */
export function splitCommand(text: string): string[] | { mistake: string } {
  const words: string[] = [];
  const bare = /[^ \t\r\n'"\\]+/y;
  let word = "";
  // An empty pair of quotes is a word, too.
  let started = false;
  let quoted = false;
  const finish = (): string | null => {
    if (!started) return null;
    if (!quoted && SHELL_OPERATORS.has(word)) return word;
    words.push(word);
    word = "";
    started = quoted = false;
    return null;
  };
  for (let at = 0; at < text.length; ) {
    const character = text[at]!;
    if (/[ \t\r\n]/.test(character)) {
      const operator = finish();
      if (operator !== null) return { mistake: shellWord(operator) };
      at++;
      continue;
    }
    started = true;
    if (character === "'" || character === '"') {
      const end = closing(text, at);
      if (end === -1) return { mistake: `the quote ${character} at character ${at + 1} is not closed` };
      const inner = text.slice(at + 1, end);
      word += character === "'" ? inner : inner.replace(/\\(["\\])/g, "$1");
      quoted = true;
      at = end + 1;
    } else if (character === "\\") {
      if (at + 1 === text.length) return { mistake: "it ends in a backslash" };
      word += text[at + 1];
      quoted = true;
      at += 2;
    } else {
      bare.lastIndex = at;
      const run = bare.exec(text)![0];
      word += run;
      at += run.length;
    }
  }
  const operator = finish();
  return operator === null ? words : { mistake: shellWord(operator) };
}

const SHELL_OPERATORS = new Set(
  "| || |& & && ; ;; > >> >| < << <<< <> >& &> &>> 2> 2>> 2>&1 1>&2".split(" "),
);

function shellWord(operator: string): string {
  return `no shell reads it, so ${operator} does nothing; call a script instead, or put it in quotes to hand it over`;
}

/** Position of the quote that closes the one at `start`, or -1. */
function closing(text: string, start: number): number {
  const quote = text[start]!;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === quote) return at;
    if (quote === '"' && text[at] === "\\") at++;
  }
  return -1;
}

/** `{name}`; doubled braces are those characters. Other braces are nothing special: `{}`, `{print $1}`. */
const PLACEHOLDER = /\{\{([A-Za-z0-9_][A-Za-z0-9_.-]*)\}\}|\{([A-Za-z0-9_][A-Za-z0-9_.-]*)\}/g;

export function partsOf(word: string): Word {
  const parts: WordPart[] = [];
  let literal = "";
  let end = 0;
  for (const match of word.matchAll(PLACEHOLDER)) {
    const [whole, doubled, property] = match;
    literal += word.slice(end, match.index);
    end = match.index + whole.length;
    if (property === undefined) literal += `{${doubled}}`;
    else {
      if (literal !== "") parts.push({ kind: "literal", text: literal });
      literal = "";
      parts.push({ kind: "placeholder", property });
    }
  }
  literal += word.slice(end);
  if (literal !== "" || parts.length === 0) parts.push({ kind: "literal", text: literal });
  return parts;
}

/** Names of the properties that stand in a word. */
export function placeholdersIn(word: Word): string[] {
  return word.flatMap((part) => (part.kind === "placeholder" ? [part.property] : []));
}

/** The text of a word without placeholders, else null. */
export function literalOf(word: Word): string | null {
  const [part] = word;
  return word.length === 1 && part?.kind === "literal" ? part.text : null;
}
