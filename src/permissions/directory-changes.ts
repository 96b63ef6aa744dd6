import type { CommandFacts } from "./command-facts.ts";
import type { ShellWord } from "./command-line.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { isInWorkingDirectories } from "./path-access.ts";
import { absolutePath } from "./paths.ts";

const CHANGES = new Set(["cd", "pushd", "popd", "chdir"]);

/** Does the command change the directory of the line? Both clients look behind wrappers, not behind `env`. */
export function changesDirectory(fact: CommandFacts): boolean {
  return CHANGES.has(fact.allow.words[0]?.value ?? "");
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

export function whereabouts(set: CompiledSet, facts: readonly CommandFacts[]): Whereabouts {
  const { project } = set.surroundings;
  const changes = facts.filter(changesDirectory);
  if (changes.length === 0) return { kind: "steady", directories: [project] };
  const plain = changes.length === 1 && changes[0] === facts[0] ? plainTarget(set, changes[0]!) : null;
  if (plain !== null) return { kind: "followed", directories: [plain] };
  return {
    kind: "lost",
    directories: set.client === "2.1.197" ? [project] : [project, ...places(set, changes)],
  };
}

/**
 * Measured: absolute or `./x`, without `..`, and nothing else in the command. `cd x` may lead elsewhere (`CDPATH`), and
 * `cd ~/x` is not followed either. `$HOME/x` is to newer clients only where it changes nothing.
 */
function plainTarget(set: CompiledSet, { command }: CommandFacts): string | null {
  const [name, target] = command.words;
  if (command.words.length !== 2 || name?.value !== "cd" || target === undefined) return null;
  if (command.nested || command.assignments.length > 0 || command.redirected) return null;
  if (!target.literal || target.glob || target.raw.startsWith("~")) return null;
  const value = withHome(target, set);
  if (!/^(?:\/|\.\/|\.$)/.test(value) || value.split("/").includes("..")) return null;
  const { project, home } = set.surroundings;
  const path = absolutePath(value, project, home);
  if (target.knownVariable && set.client !== "2.1.197" && path !== project) return null;
  return isInWorkingDirectories(set, path) ? path : null;
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
  return word.knownVariable ? word.value.replaceAll("$HOME", set.surroundings.home) : word.value;
}
