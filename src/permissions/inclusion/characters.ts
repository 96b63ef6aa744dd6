/**
 * Sets of UTF-16 code units. A set is constant on each zone (word characters, all others) apart from its `marks`:
 * that is what lets a search look at one representative of each zone instead of 65,536 letters.
 */
export interface CharacterSet {
  /** Two sets with the same key are the same set. */
  key: string;
  has(code: number): boolean;
  /** The code units it treats differently from the rest of their zone. */
  marks: readonly number[];
}

export function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 0x5f
  );
}

export const ANY: CharacterSet = { key: "any", has: () => true, marks: [] };
export const WORD: CharacterSet = { key: "word", has: isWordCode, marks: [] };

export function allBut(characters: string): CharacterSet {
  const marks = codesOf(characters);
  return { key: `not ${characters}`, has: (code) => !marks.includes(code), marks };
}

export function oneOf(codes: readonly number[], negated: boolean): CharacterSet {
  const marks = [...new Set(codes)].sort((a, b) => a - b);
  const listed = new Set(marks);
  return {
    key: `${negated ? "not" : "of"} ${String.fromCharCode(...marks)}`,
    has: (code) => listed.has(code) !== negated,
    marks,
  };
}

export function codesOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}

/** What a person would type, most readable first. */
const WORD_REPRESENTATIVES = codesOf("xyzabcdefghijklmnopqrstuvw0123456789_XYZABCDEFGHIJKLMNOPQRSTUVW");
const OTHER_REPRESENTATIVES = codesOf("-./,:+%@ ^]~\"'#!?=[{}()<>|&;$`\\\t\n*");
const FIRST_PRINTABLE_BEYOND_ASCII = 0xe0;
const LAST_CODE = 0xd7ff;

/** A letter of each zone that is not among `taken`; none where all of a zone is taken. */
export function representatives(taken: ReadonlySet<number>): number[] {
  const found: number[] = [];
  const word = WORD_REPRESENTATIVES.find((code) => !taken.has(code));
  if (word !== undefined) found.push(word);
  const other = OTHER_REPRESENTATIVES.find((code) => !taken.has(code)) ?? beyondAscii(taken);
  if (other !== undefined) found.push(other);
  return found;
}

function beyondAscii(taken: ReadonlySet<number>): number | undefined {
  for (let code = FIRST_PRINTABLE_BEYOND_ASCII; code <= LAST_CODE; code++) {
    if (!taken.has(code)) return code;
  }
  return undefined;
}
