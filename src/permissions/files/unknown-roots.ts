import type { CommandFacts } from "../commands/command-facts.ts";
import { behindDenyWrappers } from "../commands/wrappers.ts";
import { absolutePath } from "../rules/paths.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CommandLine, ShellWord, SimpleCommand } from "../shell/command-line.ts";
import { isCriticalRemoval } from "./critical-removal.ts";

/**
 * A removal of everything, should a variable be empty: `rm -rf $X/`, `rm -rf "$X"/*`. Seen even where nothing else of the
 * line is: by newer clients behind most wrappers that deny rules look through, by older ones only where a command starts.
 * Neither knows the program, or the wrapper, in quotes.
 */
export function removedRoot(set: CompiledSet, line: CommandLine, { command }: CommandFacts): string | null {
  const older = set.client === "2.1.197";
  if (!older) {
    const computed = computedRoot(set, line, command);
    if (computed !== null) return computed;
  }
  const at = older ? 0 : behindDenyWrappers(command.words, set.client);
  const typed = command.words.slice(0, at + 1);
  if (typed.some(({ raw }) => /["']/.test(raw)) || !REMOVAL.test(typed.at(-1)?.raw ?? "")) return null;
  if (typed.slice(0, -1).some(({ value }) => OPAQUE.has(value))) return null;
  if (older && (command.leadingRedirect || command.swallowsWords || !startsCommand(line.source, command.raw)))
    return null;
  if (!command.top && line.hazards.some((hazard) => hazard.kind === "structure" && hazard.what === FUNCTION))
    return null;

  return (
    command.words.slice(at + 1).find((word) => isUnknownRoot(word) && !isSetBefore(line, word))?.raw ?? null
  );
}

/**
 * `rm -r $(x)`, `rm -r /etc/$(x)/*`: what is put in may be nothing, or everything. Newer clients look for it in every
 * recursive removal but those in a function, behind `xargs`, and beside `<(x)`.
 */
function computedRoot(set: CompiledSet, line: CommandLine, { words, top }: SimpleCommand): string | null {
  const at = behindDenyWrappers(words, set.client);
  const operands = words.slice(at + 1);
  if (!/^(?:\S*\/)?rm$/.test(words[at]?.value ?? "")) return null;
  if (!operands.some(({ value }) => /^-[a-zA-Z]*[rR]|^--r/.test(value))) return null;
  if (operands.some(({ raw }) => /^[<>]\(/.test(raw))) return null;
  if (!top && line.hazards.some((hazard) => hazard.kind === "structure" && hazard.what === FUNCTION))
    return null;
  return operands.find((word) => isComputedRoot(set, word))?.raw ?? null;
}

function isComputedRoot(set: CompiledSet, { raw, literal }: ShellWord): boolean {
  if (literal && !/[$`]/.test(raw)) return false;
  const text = withoutSubstitutions(raw.replaceAll(/"|''/g, "")).replace(/^\$\{\w+:?-(\0+)\}/, "$1");
  const [, front, behind] = /^([^\0]*)\0+([^\0]*)$/.exec(text) ?? [];
  if (front === undefined || !ALL_BELOW.test(behind!)) return false;
  if (front === "") return true;
  const { surroundings, directories } = set;
  const known = front.replace(/^(?:~|\$HOME)(?=\/|$)/, surroundings.home);
  if (/^-|[$'<>]/.test(known)) return false;
  return isCriticalRemoval(
    absolutePath(known, surroundings.project, surroundings.home),
    directories,
    surroundings,
  );
}

const ALL_BELOW = /^(?:\/+|\/\.{1,2}|\/?\*{1,2}|\/\.\*)?$/;

/** Each as one sign that stands in no text. */
function withoutSubstitutions(text: string): string {
  const once = text.replace(/\$\((?!\()[^()]*\)|`[^`]*`/g, "\0");
  return once === text ? text : withoutSubstitutions(once);
}

const REMOVAL = /^\\?(?:\S*\/)?(?:rm|rmdir)$/;
/** Wrappers through which this check does not look. */
const OPAQUE = new Set(
  "watch strace ltrace flock chrt taskset builtin noglob nocorrect unshare nsenter script".split(" "),
);
const FUNCTION = "a function definition";

/** Behind a keyword, `!` or `$(` older clients see none. */
function startsCommand(source: string, command: string): boolean {
  return /(?:^|[;&|\n{]|(?<!\$)\()\s*$/.test(source.slice(0, Math.max(0, source.indexOf(command))));
}

function isUnknownRoot({ raw }: ShellWord): boolean {
  return /^(?:\$\w+|\$\{\w+\})\/\*?$/.test(raw.replaceAll('"', ""));
}

function isSetBefore(line: CommandLine, { raw }: ShellWord): boolean {
  const name = /\w+/.exec(raw)?.[0];
  return line.hazards.some(
    (hazard) => hazard.kind === "variable-set" && hazard.assigned.name === name && hazard.loop !== true,
  );
}
