import type { ShellWord } from "./command-line.ts";

/** Older clients read `[ a -f ]` as if the text behind the operator were empty. */
export const TEST_WITHOUT_END = "a test that stops behind an operator";

const FLAG = /^-[A-Za-z_]\w*$/;
const OPERATOR = /^(?:==?|!=|=~|-[A-Za-z_]\w*)$/;
/** An operator with its text glued to it: `[ a -f. ]`. */
const GLUED = /^-[A-Za-z_]\w*[^\w\\]/;

/**
 * Why clients do not read what stands in `[ … ]`; null: they do. Measured, and the grammar of their parser: any number
 * of `!`, one flag, and behind that a word or two around an operator, all of it without quotes: `[ ! -f a -a b ]`.
 */
export function oddTest(words: readonly ShellWord[]): string | null {
  const raws = words.map(({ raw }) => raw);
  if (raws.includes("]")) return SEVERAL_WORDS;
  const start = raws.findIndex((raw) => raw !== "!");
  const rest = start < 0 ? [] : raws.slice(start);
  const behindFlag = rest.length > 1 && FLAG.test(rest[0]!) ? rest.slice(1) : rest;
  if (isTerm(behindFlag)) return null;
  return behindFlag.length === 2 && OPERATOR.test(behindFlag[1]!) ? TEST_WITHOUT_END : SEVERAL_WORDS;
}

const SEVERAL_WORDS = "a test of several words";

/** A word or none, or two around an operator. */
function isTerm(raws: readonly string[]): boolean {
  if (raws.length < 2) return true;
  return (raws.length === 2 ? GLUED : raws.length === 3 ? OPERATOR : /$^/).test(raws[1]!);
}

/** `[ x -eq 1 ]`: the shell would compute with a name. */
export function comparesNames([test, ...operands]: readonly ShellWord[]): boolean {
  if (test === undefined || !/^(?:\[\[?|test)$/.test(test.value)) return false;
  const single = test.value === "[";
  return operands.some(({ value }, at) => {
    if (!(single ? COMPARISON_OR_GLUED : COMPARISON).test(value)) return false;
    const [left, right] = [operands[at - 1], operands[at + 1]];
    const stops = single && left !== undefined && at === operands.length - 2;
    if (stops && value.length === 3) return left.raw === "!" || FLAG.test(left.raw);
    const outside = single ? "" : "0";
    return ![left, right].every((side) => /^-?(?:\d+|0x[\da-f]+)$/i.test(side?.value ?? outside));
  });
}

const COMPARISON = /^-(?:eq|ne|lt|le|gt|ge)$/;
const COMPARISON_OR_GLUED = /^-(?:eq|ne|lt|le|gt|ge)(?!\w)/;
