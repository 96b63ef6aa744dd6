import type { ClientVersion } from "../../model/semantics.ts";
import { READ_ONLY_FORMS, READ_ONLY_PROGRAMS, READ_ONLY_WITHOUT_GLOB } from "../client-facts/read-only.ts";
import { READ_ONLY_USES } from "../client-facts/read-only-programs.ts";
import type { AssignedVariable, ShellWord } from "../shell/command-line.ts";

/**
 * Does the value of a variable in front of a command that only reads keep the client from knowing it? Most programs are
 * recognised by a text that includes what stands in front of them, and not by the words alone.
 */
export function spoilsReading(
  assigned: readonly AssignedVariable[],
  words: readonly ShellWord[],
  client: ClientVersion,
): boolean {
  if (assigned.length === 0) return false;
  const program = words[0]!.value;
  if (AT_THE_START.has(program)) return true;
  if (program === "[[" && words.some(({ knownVariable, woven }) => knownVariable || woven === "variable"))
    return client === "2.1.330";
  if (assigned.some(({ glob }) => glob) && !takesGlobs(program)) return true;
  const values = assigned.map(({ value }) => value);
  const quiet =
    program === "sed" && words.some(({ value }) => /^-[a-zA-Z]*n|^--(?:quiet|silent)$/.test(value));
  if (quiet && values.some((value) => /(?<!\\)\$|\{.*,/s.test(value))) return true;
  return values.some((value) => value.includes("`")) && !isKnownByText(words, client);
}

/** Known only where nothing stands in front of them. */
export const AT_THE_START = new Set(["[", "hostname", "uniq"]);

function takesGlobs(program: string): boolean {
  if (READ_ONLY_WITHOUT_GLOB.has(program)) return false;
  return (
    READ_ONLY_PROGRAMS.has(program) ||
    program === "cd" ||
    (Object.hasOwn(READ_ONLY_USES, program) && READ_ONLY_USES[program]!.globs === true)
  );
}

/** Programs whose flags are not looked at one by one. */
export function isKnownByText(words: readonly ShellWord[], client: ClientVersion): boolean {
  const [program, operand] = words.map(({ value }) => value);
  if (program === "docker") return operand === "ps" || operand === "images";
  if (program === "which") return client === "2.1.197";
  const text = words.map(({ value }) => value).join(" ");
  return READ_ONLY_PROGRAMS.has(program!) || READ_ONLY_FORMS.has(text) || WHOLE.has(program!);
}

const WHOLE = new Set(["cd", "find", "printf", "history", "ifconfig"]);
