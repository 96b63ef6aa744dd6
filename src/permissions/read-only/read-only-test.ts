import type { ClientVersion } from "../../model/semantics.ts";
import type { ShellWord } from "../shell/command-line.ts";
import { isUnknownInTest } from "../shell/woven-text.ts";

/** `[ … ]`: with its end, and nothing in it that the shell expands or that joins two tests. */
export function isReadOnlyTest(rest: readonly ShellWord[], client: ClientVersion): boolean {
  const inner = rest.slice(0, -1);
  return (
    rest.at(-1)?.value === "]" &&
    !inner.some(
      (word) =>
        word.knownVariable || word.glob || isUnknownInTest(word) || (word.arithmetic && client === "2.1.330"),
    )
  );
}

/** `[[` as the name of a program takes everything but a glob, and compares no names as numbers. */
export function isReadOnlyBracket(rest: readonly ShellWord[], client: ClientVersion): boolean {
  const calculated = client === "2.1.330" && rest.some(({ arithmetic }) => arithmetic);
  return !calculated && !rest.some((word) => word.glob) && !comparesNumbers(rest);
}

/** With an operand that is no plain number. */
function comparesNumbers(words: readonly ShellWord[]): boolean {
  return words.some(
    ({ value }, at) =>
      /^-(?:eq|ne|lt|le|gt|ge)$/.test(value) &&
      ![words[at - 1], words[at + 1]].every((side) => /^-?\d+$/.test(side?.value ?? "")),
  );
}
