import type { ClientVersion } from "../../model/semantics.ts";
import type { AssignedVariable, ShellWord, SimpleCommand } from "./command-line.ts";
import { valueWithHome } from "./command-text.ts";
import { PLACEHOLDER } from "./woven-text.ts";

/**
 * Both clients compare a command as it was typed, unless it goes over several lines or anything in it begins like a
 * variable, be it in quotes: then they write it anew from its words, with one space between them and quotes where
 * these need some. Measured with allow `Bash(npm run x)`: `npm "run" x` asks, `npm "run" \⏎ x` runs.
 */
export function writtenAnew(command: SimpleCommand, home: string, client: ClientVersion): SimpleCommand {
  if (!isWrittenAnew(command, client)) return command;
  const words = command.words.map((word) => wordAnew(word, home));
  const assignments = command.assignments.map((item) => assignmentAnew(item, home, client));
  const timed = command.timed.map((item) => assignmentAnew(item, home, client));
  // Assignments behind the keyword `time` stand between it and the rest.
  const keywords = timed.length === 0 ? 0 : words.findIndex(({ raw }) => raw !== "time" && !/^-/.test(raw));
  const front = keywords < 0 ? words.length : keywords;
  const raw = [...words.slice(0, front), ...timed, ...assignments, ...words.slice(front)]
    .map((part) => part.raw)
    .join(" ");
  // What stood in front, be it a redirection, is none of its words.
  return {
    ...command,
    raw,
    words,
    assignments,
    timed,
    tail: "",
    leadingRedirect: false,
    redirectedPrefix: false,
  };
}

function isWrittenAnew(
  { raw, words, tail, leadingRedirect, redirects }: SimpleCommand,
  client: ClientVersion,
): boolean {
  if (words.length === 0) return false;
  // Measured: `> $HOME/f git x` hides git from older clients, `> "$HOME/f" git x` does not.
  const bare = leadingRedirect && redirects.some(({ target }) => /^\$HOME\b/.test(target?.raw ?? ""));
  if (bare && client === "2.1.197") return false;
  return /\n|\$[A-Za-z_]/.test(raw) || /\$HOME\b/.test(tail) || words.some(({ printed }) => printed);
}

function wordAnew(word: ShellWord, home: string): ShellWord {
  const value = word.printed && word.value.includes("\n") ? SEVERAL_LINES : valueWithHome(word, home);
  return { ...word, raw: word.literal ? quoted(value) : word.raw, value };
}

/** Stands for a printed text of several lines, of which rules see nothing. */
const SEVERAL_LINES = "__…__";

/** Older clients forget that something is added to the value, and write out what it computes as a name, too. */
function assignmentAnew(item: AssignedVariable, home: string, client: ClientVersion): AssignedVariable {
  const newer = client === "2.1.330";
  if (!item.known && (newer || !item.computed)) return item;
  const adds = newer && item.raw.startsWith(`${item.name}+=`);
  const text = item.literal ? item.value : item.value.replaceAll("$HOME", home);
  // What is woven in becomes a name, which needs no quotes; of a nested command newer clients are not so sure.
  const unsure = newer && /\$\((?!\()|`|\.\.\$/.test(item.raw);
  const value = !item.known ? NAME : unsure ? text : text.replaceAll(PLACEHOLDER, NAME);
  return {
    ...item,
    value,
    literal: true,
    raw: `${item.name}${adds ? "+=" : "="}${value === "" ? "" : quoted(value)}`,
  };
}

const NAME = "__";

/** What the clients take for text that needs no quotes: `*` and `?` among it. */
function quoted(value: string): string {
  return NEEDS_QUOTES.test(value) || value === "" ? `'${value.replaceAll("'", "'\\''")}'` : value;
}

const NEEDS_QUOTES = /[\s#$&();<>`{|}"\\'…]/;
