import type { Word } from "./tools-file.ts";
import { literalOf, placeholdersIn } from "./words.ts";

/*
 * Some programs read one of their words as code. A placeholder in such a word would paste what the model says into code,
 * whatever care is taken with words.
 */

interface Interpreter {
  /** Base name of the program. */
  program: RegExp;
  /** Options behind which the next word is code; the rest of the same word, too. */
  options: RegExp;
}

const INTERPRETERS: readonly Interpreter[] = [
  // Options may stand together: `bash -euo pipefail -c CODE`.
  {
    program: /^(?:(?:ba|da|a|z|k|mk|c|tc|fi)?sh|busybox|su|runuser|script|flock)$/,
    options: /^(?:-[a-zA-Z]*c|--command|--session-command)$/,
  },
  { program: /^(?:python|pypy)[\d.]*$/, options: /^-[a-zA-Z]*c$/ },
  { program: /^(?:node|nodejs|bun|deno)$/, options: /^(?:-[a-z]*[ep]|--eval|--print|eval)$/ },
  { program: /^(?:perl|ruby)[\d.]*$/, options: /^-[a-zA-Z0-9]*[eE]$/ },
  { program: /^php[\d.]*$/, options: /^-[rBRE]$/ },
  { program: /^nix(?:-instantiate|-build|-shell|-env)?$/, options: /^(?:--expr|-E|--apply)$/ },
  { program: /^nix-shell$/, options: /^(?:--run|--command)$/ },
  { program: /^env$/, options: /^(?:-[a-z]*S|--split-string)$/ },
];

/** Programs that hand all their words to a shell, here or on another machine. */
const JOINERS = /^(?:ssh|eval|watch|parallel|rsh|mosh)$/;

/**
 * The placeholder that would become part of code, and the program that would read it; null: none.
 * @param words with those that are appended.
 */
export function placeholderInCode(words: readonly Word[]): { property: string; program: string } | null {
  for (const [index, word] of words.entries()) {
    const program = baseName(literalOf(word));
    const behind = words.slice(index + 1);
    const interpreters = INTERPRETERS.filter((interpreter) => interpreter.program.test(program));
    const [property] = JOINERS.test(program)
      ? behind.flatMap(placeholdersIn)
      : interpreters.flatMap((interpreter) => placeholderBehind(interpreter, behind) ?? []);
    if (property !== undefined) return { property, program };
  }
  return null;
}

function placeholderBehind(interpreter: Interpreter, words: readonly Word[]): string | undefined {
  for (const [index, word] of words.entries()) {
    const text = literalOf(word);
    if (text !== null && interpreter.options.test(text)) {
      const found = codeAfter(words.slice(index + 1));
      if (found !== undefined) return found;
    }
    // `-e{code}`, `--eval={code}`
    const [first] = word;
    if (first?.kind === "literal" && interpreter.options.test(first.text.replace(/=$/, ""))) {
      const [property] = placeholdersIn(word);
      if (property !== undefined) return property;
    }
  }
  return undefined;
}

/** The next word that is no option: `sh -c -- CODE`. */
function codeAfter(words: readonly Word[]): string | undefined {
  const code = words.find((word) => !/^[-+]/.test(literalOf(word) ?? ""));
  return code === undefined ? undefined : placeholdersIn(code)[0];
}

function baseName(program: string | null): string {
  return program?.slice(program.lastIndexOf("/") + 1) ?? "";
}
