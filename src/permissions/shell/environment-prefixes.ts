import type { ClientVersion } from "../../model/semantics.ts";
import {
  ALTERING_VARIABLES,
  COMPUTED_VARIABLES,
  HARMLESS_VARIABLES,
  LOCALE_VARIABLES,
  NUMERIC_VARIABLES,
} from "../client-facts/variables.ts";
import type { AssignedVariable } from "./command-line.ts";

/** An assignment in front of a command; `raw` is the value as typed. */
export interface Prefix {
  name: string;
  raw: string;
  literal: boolean;
}

/** Does the client take the assignment off before it compares the command with an allow rule? */
export function isHarmlessBeforeRule(prefix: Prefix, client: ClientVersion): boolean {
  // Quotes and anything that a shell might read further keep the assignment in place.
  const plain = client === "2.1.197" ? PLAIN_WITH_HOME : /^[A-Za-z0-9_./:-]+$/;
  return plain.test(prefix.raw) && isHarmlessBeforeReading(prefix, client);
}

/** May the assignment stand in front of a command that only reads? */
export function isHarmlessBeforeReading({ name, raw, literal }: Prefix, client: ClientVersion): boolean {
  const newer = client === "2.1.330";
  if (NUMERIC_VARIABLES.has(name)) return literal && (newer ? isPlainNumber(raw) : computesNoName(raw));
  if (!HARMLESS_VARIABLES.has(name)) return false;
  if (!newer) return true;
  if (!literal) return false;
  if (LOCALE_VARIABLES.has(name)) return LOCALE.test(raw) || (name === "LANG" && raw === "");
  return !LEADS_ELSEWHERE.test(raw.replaceAll("\\", "/"));
}

/** The only value that newer clients take for a variable with which the shell computes. */
export function isPlainNumber(value: string): boolean {
  return /^(?:0|[1-9]\d{0,17})$/.test(value);
}

/** Older clients take every value that holds no name and no index: `5+5`, a space, nothing. */
export function computesNoName(value: string): boolean {
  return !/[A-Za-z_[]/.test(value);
}

const PLAIN_WITH_HOME = /^(?:"\$HOME"|(?:[A-Za-z0-9_./:-]|\$HOME\b)+)$/;
const LOCALE = /^(?:C|POSIX|(?:[\w-]+\.)?utf-?8(?:@\w+)?)$/i;
/** Absolute, or with an empty or `..` segment, or beginning with `./`, or so in a list: a file that the program would read. */
const LEADS_ELSEWHERE = /^\.?\/|\/\/|(?:^|\/)\.\.(?:\/|$)|:[./]/;

/** Both clients ask about these, whatever follows. */
export function altersCommands(
  { name, value, literal }: Pick<AssignedVariable, "name" | "value" | "literal">,
  client: ClientVersion,
): boolean {
  // The clients ignore case here, as zsh does for some of its own.
  if (ALTERING_VARIABLES.has(name) || ALTERING_VARIABLES.has(name.toUpperCase())) return true;
  if (/^(?:LD|DYLD)_/i.test(name)) return true;
  return COMPUTED_VARIABLES.has(name) && !(literal && isNumberTo(client, value));
}

/** Older clients ask about a name or an index that the shell would look up, and about nothing else. */
export function isNumberTo(client: ClientVersion, value: string): boolean {
  return client === "2.1.197" ? computesNoName(value) : /^\d+$/.test(value);
}
