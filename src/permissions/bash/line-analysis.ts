import type { CommandFacts } from "../commands/command-facts.ts";
import { isFragment } from "../commands/innermost-command.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CommandLine } from "../shell/command-line.ts";
import { ODD_NUMBER } from "../shell/command-oddities.ts";
import { WOVEN_AND_CUT } from "../shell/cut-substitutions.ts";
import { isGivenUp } from "../shell/early-heredocs.ts";
import { altersCommands } from "../shell/environment-prefixes.ts";
import { SEVERAL_DIGITS } from "../shell/odd-redirections.ts";
import { hidesLine, namesEnvironment } from "../shell/redirect-targets.ts";
import { PIPED_ASSIGNMENT } from "../shell/shell.ts";
import { LAST_JOB } from "../shell/woven-text.ts";
import { isUnreadDeclaration, unanalysedUse } from "./command-unanalysed.ts";
import { heldBack } from "./held-back.ts";
import { mayBeReadOtherwise } from "./reading-doubts.ts";

/**
 * How far the client's own reading of a line goes, and with it what becomes of rules about files there. Measured with
 * `rm a; X` beside allow `Bash` and deny `Edit(a)`, for some 700 texts X.
 *
 * - `full`: every file is looked at.
 * - `joined`: inside statements newer clients ask about what a rule refuses, older ones do not look (a pipe in a loop).
 * - `grouped`: as `joined`, but protected paths are not seen (a subshell).
 * - `none`: no file is looked at, but for removals of critical directories.
 * - `broken-off`: as `none`, and newer clients ask whatever stands in the rules.
 */
export type LineAnalysis = "full" | "joined" | "grouped" | "none" | "broken-off";

export function analysisOf(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
): LineAnalysis {
  if (isGivenUp(line) || ODD_TARGET.test(line.source.replace(/'[^']*'|"[^"]*"/g, ""))) return "none";
  const newer = set.client !== "2.1.197";
  if (newer && mayBeReadOtherwise(line)) return "broken-off";
  const errors = line.errors.filter((error) => !isPassedOver(error, line, newer));
  const structures = line.hazards.flatMap((hazard) => (hazard.kind === "structure" ? [hazard.what] : []));
  const emptyGroup = line.errors.some((error) => error.startsWith("expected command in brace group"));
  const open = structures.filter(
    (what) =>
      !SEEN_THROUGH[newer ? "newer" : "older"].has(what) && !(emptyGroup && what === "a group in braces"),
  );
  if (errors.length > 0 || facts.some((fact) => isUnread(set, fact))) return "none";
  if (open.some((what) => !(what === INNER_PIPE || (newer && what === "a subshell")))) return "none";
  if (open.length === 0) return "full";
  const pending = line.errors.some((error) => error.startsWith("expected command in subshell"));
  return open.includes("a subshell") && !pending ? "grouped" : "joined";
}

export const INNER_PIPE = "a pipeline inside a statement";

/** Structures that ask and are read all the same. */
const SEEN_THROUGH = {
  newer: new Set([
    "a keyword of its own",
    "an empty command name",
    "a coprocess",
    "white space that looks like something else",
    "a comparison of numbers with something else",
    "words behind a redirection",
    PIPED_ASSIGNMENT,
    SEVERAL_DIGITS,
    LAST_JOB,
  ]),
  older: new Set([
    "a keyword of its own",
    SEVERAL_DIGITS,
    LAST_JOB,
    PIPED_ASSIGNMENT,
    ODD_NUMBER,
    WOVEN_AND_CUT,
  ]),
} as const;

/** What the client's parser closes or leaves out by itself. */
function isPassedOver(error: string, line: CommandLine, newer: boolean): boolean {
  if (/^expected (?:'do'|word after 'for')/.test(error)) {
    return !line.errors.some((other) => /to close '(?:for|select)'/.test(other));
  }
  if (error === "expected ')' to close subshell") return /\(\s*$/.test(line.source);
  if (/^unterminated (?:double|single) quote/.test(error)) {
    return line.errors.every((other) => /^unterminated (?:double|single) quote/.test(other));
  }
  if (error === "unexpected token ';'") return /(?:^|[^;\s])\s*;;/.test(line.source);
  if (error === "expected redirect target") return /<<<\s*(?:$|\n)/.test(line.source);
  if (/^expected command after '(?:&&|\|\|)'/.test(error)) return !newer;
  return /^expected (?:'then'|'fi' to close|'done' to close|command (?:after|in)|'}' to close brace group)|^unterminated array/.test(
    error,
  );
}

/** `< 1>f`, `2> 2> f`: the parser takes the number for neither. */
const ODD_TARGET = /[<>]\s*\d+[<>]/;

/** A command that keeps the client from reading the line at all. */
function isUnread(set: CompiledSet, { command, words, ...fact }: CommandFacts): boolean {
  if (command.redirects.some((redirect) => hidesLine(redirect))) return true;
  if (
    command.redirects.some(
      ({ target }) => target !== null && /\$\w/.test(target.raw) && !target.knownVariable,
    )
  )
    return true;
  const alone = command.words.length === 0;
  if (
    alone &&
    command.assignments.some((item) => altersCommands(item, set.client) || /^\w+\[/.test(item.raw))
  )
    return true;
  if (set.client !== "2.1.197") return isUnreadDeclaration(command.words);
  return (
    words.some((word) => namesEnvironment(word.value)) ||
    command.redirects.some(({ target }) => namesEnvironment(target?.value ?? "")) ||
    unanalysedUse(command.words, set.client) !== null ||
    isFragment(command.words) ||
    heldBack({ command, words, ...fact }, set.client)
  );
}
