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
    options: /^(?:-[a-zA-Z]*c[a-zA-Z]*|--command|--session-command)$/,
  },
  { program: /^(?:python|pypy)[\d.]*$/, options: /^-[a-zA-Z]*c$/ },
  { program: /^(?:node|nodejs|bun|deno)$/, options: /^(?:-[a-z]*[ep]|--eval|--print|eval)$/ },
  { program: /^(?:perl|ruby)[\d.]*$/, options: /^-[a-zA-Z0-9]*[eE]$/ },
  { program: /^(?:lua|luajit|julia|R|Rscript|osascript)[\d.]*$/, options: /^-[eE]$/ },
  { program: /^(?:pwsh|powershell)$/, options: /^-(?:c|command)$/i },
  { program: /^php[\d.]*$/, options: /^-[rBRE]$/ },
  { program: /^nix(?:-instantiate|-build|-shell|-env)?$/, options: /^(?:--expr|-E|--apply)$/ },
  { program: /^nix-shell$/, options: /^(?:--run|--command|-p|--packages)$/ },
  { program: /^sed$/, options: /^(?:-[a-zA-Z]*e|--expression)$/ },
  { program: /^env$/, options: /^(?:-[a-z]*S|--split-string)$/ },
];

/** Their first word that is no option is code, unless one of these options says where it is. */
const SCRIPT_FIRST = [
  {
    program: /^[gmn]?awk$/,
    elsewhere: /^(?:-f|--file|-E|--exec)/,
    withValue: /^(?:-[Fv]|--field-separator|--assign)$/,
  },
  {
    program: /^g?sed$/,
    elsewhere: /^(?:-[a-zA-Z]*[ef]|--expression|--file)/,
    withValue: /^(?:-l|--line-length)$/,
  },
];

/** What stands behind them is the program to run. */
const WRAPPERS = /^(?:env|sudo|doas|nohup|nice|setsid|xargs|time)$/;

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
      : [
          ...interpreters.flatMap((interpreter) => placeholderBehind(interpreter, behind) ?? []),
          ...(placeholderInScript(program, behind) ?? []),
          ...(WRAPPERS.test(program) ? (programBehind(behind) ?? []) : []),
        ];
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
    // `-e{code}`, `--eval=f({code})`
    const [first] = word;
    if (first?.kind === "literal" && beginsWithOption(first.text, interpreter.options)) {
      const [property] = placeholdersIn(word);
      if (property !== undefined) return property;
    }
  }
  return undefined;
}

function beginsWithOption(text: string, options: RegExp): boolean {
  if (text.startsWith("--")) return text.includes("=") && options.test(text.slice(0, text.indexOf("=")));
  return [...text].some((_, index) => options.test(text.slice(0, index + 1)));
}

function placeholderInScript(program: string, words: readonly Word[]): string[] | undefined {
  const reader = SCRIPT_FIRST.find((candidate) => candidate.program.test(program));
  if (reader === undefined) return undefined;
  for (let index = 0; index < words.length; index++) {
    const text = literalStart(words[index]!);
    if (!text.startsWith("-")) return placeholdersIn(words[index]!);
    if (reader.elsewhere.test(text)) return undefined;
    if (reader.withValue.test(text)) index++;
  }
  return undefined;
}

function programBehind(words: readonly Word[]): string[] | undefined {
  const next = words.find((word) => !/^[A-Za-z_]\w*=/.test(literalStart(word)));
  return next?.[0]?.kind === "placeholder" ? placeholdersIn(next) : undefined;
}

function literalStart([first]: Word): string {
  return first?.kind === "literal" ? first.text : "";
}

/** The next word that is no option: `sh -c -- CODE`. */
function codeAfter(words: readonly Word[]): string | undefined {
  const code = words.find((word) => !/^[-+]/.test(literalOf(word) ?? ""));
  return code === undefined ? undefined : placeholdersIn(code)[0];
}

function baseName(program: string | null): string {
  return program?.slice(program.lastIndexOf("/") + 1) ?? "";
}
