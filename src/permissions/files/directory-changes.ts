import type { CommandFacts } from "../commands/command-facts.ts";
import { absolutePath } from "../rules/paths.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { ShellWord, SimpleCommand } from "../shell/command-line.ts";
import { valueWithHome } from "../shell/command-text.ts";
import { isInWorkingDirectories } from "./path-access.ts";

const CHANGES = new Set(["cd", "pushd", "popd", "chdir"]);

/** Does the command change the directory of the line? Both clients look behind wrappers, not behind `env`. */
export function changesDirectory(fact: CommandFacts): boolean {
  return CHANGES.has(fact.allow.words[0]?.value ?? "");
}

/** The text that both clients pass over, letter for letter. */
export function changeToProject({ surroundings }: Pick<CompiledSet, "surroundings">): string {
  return `cd ${surroundings.project}`;
}

/**
 * `cd` and the project as the client knows it, letter for letter: as good as nothing to both clients. Older ones look
 * behind wrappers first. In a line with pipes (`apart`) a home is not written out, and no redirection counts.
 */
export function staysPut({ command, allow }: CommandFacts, set: CompiledSet, apart: boolean): boolean {
  if (command.hidden || (apart ? command.redirects.some(({ plain }) => !plain) : command.redirected))
    return false;
  const typed = apart && command.words.some(({ knownVariable }) => knownVariable) ? command.raw : allow.raw;
  const text = set.client === "2.1.197" && typed === allow.raw ? allow.stripped : typed;
  return text.trim() === changeToProject(set);
}

/** The line without `cd PROJECT && ` at its very front; older clients look behind space and comments. */
export function withoutStayingPut(
  source: string,
  { client, surroundings }: Pick<CompiledSet, "client" | "surroundings">,
): string {
  const front = client === "2.1.197" ? /^(?:\s|#[^\n]*\n)*/.exec(source)![0].length : 0;
  const change = `${changeToProject({ surroundings })} && `;
  return source.startsWith(change, front) ? source.slice(front + change.length) : source;
}

/** The changes of a line that lead anywhere. */
export function changesOf(set: CompiledSet, facts: readonly CommandFacts[], apart: boolean): CommandFacts[] {
  return facts.filter((fact) => changesDirectory(fact) && !staysPut(fact, set, apart));
}

/** The directories that the commands of a line (of one end of a pipe) may stand in, as the client sees it. */
export interface Whereabouts {
  /**
   * `followed`: one plain `cd` in front leads to a known place in the working directories. `lost`: anything else that
   * changes directory; the client then asks before files are written, wherever in the line the change stands.
   */
  kind: "steady" | "followed" | "lost";
  /** Where the commands stand; several where newer clients look at each place that they may be in. */
  directories: readonly string[];
}

export function whereabouts(set: CompiledSet, facts: readonly CommandFacts[], apart = false): Whereabouts {
  const { project } = set.surroundings;
  const changes = changesOf(set, facts, apart);
  const [first] = changes;
  if (first === undefined) return { kind: "steady", directories: [project] };
  const older = set.client === "2.1.197";
  const inFront = facts.find((fact) => !staysPut(fact, set, apart)) === first;
  const goesBack = facts.slice(facts.indexOf(first)).some((fact) => staysPut(fact, set, apart));
  const followed = changes.length === 1 && inFront && (older || !goesBack);
  const plain = followed ? plainTarget(set, first, apart) : null;
  if (plain !== null) return { kind: "followed", directories: [plain] };
  return { kind: "lost", directories: older ? [project] : [project, ...places(set, changes)] };
}

/**
 * Measured: absolute or `./x`, without `..`, and nothing else in the command. `cd x` may lead elsewhere (`CDPATH`), and
 * `cd ~/x` is not followed either. `$HOME/x` is to newer clients only where it changes nothing.
 */
function plainTarget(set: CompiledSet, { command }: CommandFacts, apart: boolean): string | null {
  const target = onlyTarget(command, apart);
  if (target === null || command.nested) return null;
  const value = withHome(target, set);
  if (!/^(?:\/|\.\/|\.$)/.test(value) || value.split("/").includes("..")) return null;
  const { project, home } = set.surroundings;
  const path = absolutePath(value, project, home);
  if (target.knownVariable && set.client !== "2.1.197" && path !== project) return null;
  return isInWorkingDirectories(set, path) ? path : null;
}

/** What a `cd` of two words names, with nothing in front or behind; behind pipes (`apart`) what it writes may stand there. */
function onlyTarget(
  { words, assignments, redirects, redirected }: SimpleCommand,
  apart: boolean,
): ShellWord | null {
  const [name, target] = words;
  if (words.length !== 2 || name?.value !== "cd" || target === undefined || assignments.length > 0)
    return null;
  if (apart ? redirects.some(({ plain }) => !plain) : redirected) return null;
  return target.literal && !target.glob && !target.raw.startsWith("~") ? target : null;
}

/** A plain `cd` to where the line stands anyway, however it is spelled. */
export function leadsNowhere({ command }: CommandFacts, set: CompiledSet, apart: boolean): boolean {
  const target = onlyTarget(command, apart);
  if (target === null || (apart && target.knownVariable)) return false;
  const value = withHome(target, set);
  if (!/^(?:\/|\.(?:\/|$))/.test(value) || value.split("/").includes("..")) return false;
  const { project, home } = set.surroundings;
  return absolutePath(value, project, home) === project;
}

/** Where the changes lead one after the other, so far as their targets are plain text. */
function places(set: CompiledSet, changes: readonly CommandFacts[]): string[] {
  const { project, home } = set.surroundings;
  const found: string[] = [];
  for (const { allow } of changes) {
    const target = allow.words[1];
    const from = found.at(-1) ?? project;
    if (target === undefined && allow.words[0]?.value === "cd") found.push(home);
    if (target === undefined || !target.literal || target.glob || target.value.startsWith("-")) continue;
    found.push(absolutePath(withHome(target, set), from, home));
  }
  return found;
}

/** The text of a word with the one variable that the client knows. */
export function withHome(word: ShellWord, set: CompiledSet): string {
  return valueWithHome(word, set.surroundings.home);
}
