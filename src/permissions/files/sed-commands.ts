import type { ClientVersion } from "../../model/semantics.ts";
import type { ShellWord } from "../shell/command-line.ts";
import type { FileOperands } from "./program-arguments.ts";

const PRINT_FLAG = /^-[nErz]+$|^--(?:quiet|silent|regexp-extended|zero-terminated|posix)$/;
const SUBSTITUTION_FLAG = /^-[Er]+$|^--(?:regexp-extended|posix)$/;
const SUBSTITUTION = /^s\/[^/]*\/[^/]*\/[gpimIM0-9]*$/;

/** Every word with a dash counts as a flag, wherever it stands; `--` is passed over. */
function splitAtDashes(rest: readonly ShellWord[]): { flags: string[]; operands: ShellWord[] } {
  const words = rest.filter(({ value }) => value !== "--");
  return {
    flags: words.filter(({ value }) => value.startsWith("-")).map(({ value }) => value),
    operands: words.filter(({ value }) => !value.startsWith("-")),
  };
}

/** `sed -n 1,5p file` prints lines; `sed s/a/b/` edits what it is piped. Anything else may write or execute. */
export function isReadOnlySed(rest: readonly ShellWord[]): boolean {
  const { flags, operands } = splitAtDashes(rest);
  const [script, ...files] = operands;
  if (script === undefined || script.knownVariable || files.some((word) => word.glob)) return false;
  const quiet = flags.some((flag) => /^-[a-zA-Z]*n|^--(?:quiet|silent)$/.test(flag));
  if (quiet) {
    return (
      flags.every((flag) => PRINT_FLAG.test(flag)) &&
      script.value.split(";").every((part) => /^\s*(?:\d+(?:,\d+)?)?p\s*$/.test(part))
    );
  }
  return (
    files.length === 0 &&
    flags.every((flag) => SUBSTITUTION_FLAG.test(flag)) &&
    SUBSTITUTION.test(script.value) &&
    !/[$`{]/.test(script.value)
  );
}

/** A substitution that acceptEdits runs on files in the working directories, or printing. */
export function isPlainSed(rest: readonly ShellWord[]): boolean {
  if (isReadOnlySed(rest)) return true;
  const { flags, operands } = splitAtDashes(rest);
  return (
    flags.every((flag) => flag === "-i" || flag === "--in-place" || SUBSTITUTION_FLAG.test(flag)) &&
    SUBSTITUTION.test(operands[0]?.value ?? "") &&
    operands[0]?.woven === null &&
    !(isBehindShortFlag(rest, operands[0]) && LIKE_A_COMMAND.test(operands[1]?.value ?? ""))
  );
}

/** To the clients `-i` takes the word behind it, and what follows is a script. */
function isBehindShortFlag(rest: readonly ShellWord[], script: ShellWord | undefined): boolean {
  return script !== undefined && rest[rest.indexOf(script) - 1]?.value === "-i";
}

/** So a file such as `a`, `env.ts` or `webpack.config.js` looks like a command that writes or executes. */
const LIKE_A_COMMAND = /^(?:[acdghilnpqrtxzACDGHNPQT]$|[weW])/;

/** Both clients take every `sed` for an edit of its files, but one that only reads. */
export function sedOperands(rest: readonly ShellWord[], client: ClientVersion): FileOperands {
  const files = sedFiles(rest);
  if (isReadOnlySed(rest)) return { reads: files, writes: [] };
  return { reads: client === "2.1.197" ? [] : files, writes: files };
}

/**
 * Flags end at the first operand; an empty word is none. Measured: any flag with an `e` or an `f` in it counts as one
 * that gives the script, so that the first operand is a file: `--debug p`.
 */
function sedFiles(words: readonly ShellWord[]): ShellWord[] {
  const files: ShellWord[] = [];
  let given = false;
  let at = 0;
  for (; /^$|^-./s.test(words[at]?.value ?? "x"); at++) {
    const { value } = words[at]!;
    if (value === "--") {
      at += 1;
      break;
    }
    given ||= /[ef]/.test(value);
    if (/^(?:-f|--file)$/.test(value)) files.push(...words.slice(at + 1, at + 2));
    if (/^(?:-[ef]|--expression|--file)$/.test(value)) at += 1;
  }
  const operands = words.slice(at).filter(({ value }) => value !== "");
  return [...files, ...operands.slice(given ? 0 : 1)];
}
