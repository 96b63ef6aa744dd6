/** Laying out plain text in columns of a terminal. Texts are already escaped (`visible`): one line, nothing hidden. */

/** Columns that a text takes: marks take none, East Asian wide characters and emoji two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

const MARK = /^\p{M}$/u;
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

function characterWidth(character: string): number {
  const codePoint = character.codePointAt(0)!;
  if (codePoint < 0x300) return 1;
  if (MARK.test(character)) return 0;
  return WIDE.some(([first, last]) => codePoint >= first && codePoint <= last) ? 2 : 1;
}

/**
 * Breaks text into lines of at most `width` columns at blanks (the first of at most `firstWidth`). What stands in
 * backticks is kept together where it fits on a line; a word longer than a line is broken between characters.
 */
export function wrapWords(text: string, width: number, firstWidth: number = width): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of wordsOf(text, width)) {
    const room = lines.length === 0 ? firstWidth : width;
    const joined = line === "" ? word : `${line} ${word}`;
    if (displayWidth(joined) <= room) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = breakWord(word, width, lines.length === 0 ? firstWidth : width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1)!;
  }
  lines.push(line);
  return lines;
}

/** Split at single blanks, so that joining the words again gives the text. */
function wordsOf(text: string, width: number): string[] {
  const words: string[] = [];
  let quoted = false;
  for (const piece of text.split(" ")) {
    if (quoted) words.push(`${words.pop()} ${piece}`);
    else words.push(piece);
    if (piece.split("`").length % 2 === 0) quoted = !quoted;
  }
  return words.flatMap((word) => (displayWidth(word) <= width ? [word] : word.split(" ")));
}

function breakWord(word: string, width: number, firstWidth: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let used = 0;
  for (const character of word) {
    const more = characterWidth(character);
    if (used + more > (pieces.length === 0 ? firstWidth : width) && piece !== "") {
      pieces.push(piece);
      piece = "";
      used = 0;
    }
    piece += character;
    used += more;
  }
  return [...pieces, piece];
}

/** `head` once, then the wrapped text; following lines are indented as deep as `head` is wide, or by `indent`. */
export function hanging(
  head: string,
  text: string,
  columns: number,
  indent: number = displayWidth(head),
): string[] {
  const room = (used: number) => Math.max(MIN_TEXT_COLUMNS, columns - used);
  return wrapWords(text, room(indent), room(displayWidth(head))).map(
    (line, index) => (index === 0 ? head : " ".repeat(indent)) + line,
  );
}

/** Narrower text than this is not readable; such a terminal wraps by itself. */
const MIN_TEXT_COLUMNS = 20;

export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}
