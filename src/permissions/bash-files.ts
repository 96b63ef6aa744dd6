import { altersCommands } from "./bash-hazards.ts";
import { baseName, type CommandFacts } from "./command-facts.ts";
import type { ShellWord } from "./command-line.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { isCriticalRemoval } from "./critical-removal.ts";
import { type FileOperands, fileOperands, isRemoval } from "./file-commands.ts";
import { type Access, judgePath } from "./path-access.ts";
import { absolutePath } from "./paths.ts";
import { isPlainSed } from "./read-only.ts";
import { hidesLine, isExpandedTarget, namesEnvironment } from "./redirect-targets.ts";
import type { CompiledRule } from "./rule-set.ts";
import { behindDenyWrapper } from "./wrappers.ts";

/** What the client's file checks say to the paths that a command line reads and writes. */
export interface FileChecks {
  denied: CompiledRule | null;
  /** A check that no allow rule lifts. */
  checked: FileCheck | null;
  parts: PartFiles[];
  /** A part runs because of the mode. */
  byMode: boolean;
  /** A removal of a critical directory behind `sudo` and the like; whether the client looks there is not known. */
  openRemoval: boolean;
}

export interface FileCheck {
  reason: string;
  critical: boolean;
  /** The removal of `$X/`: seen even where nothing else of the line is. */
  unknownRoot?: boolean;
  /** It stands in `bypassPermissions`, too. */
  always?: boolean;
}

export interface PartFiles {
  /** Why a rule for the program alone is not enough. */
  asks: string | null;
  /** May `acceptEdits` run it: a plain file command inside the working directories. */
  byMode: boolean;
}

const MODE_COMMANDS = new Set(["mkdir", "touch", "rm", "rmdir", "mv", "cp", "sed"]);

export function fileChecks(set: CompiledSet, facts: readonly CommandFacts[]): FileChecks {
  const checks: FileChecks = { denied: null, checked: null, parts: [], byMode: false, openRemoval: false };
  let place: Place = {
    directory: set.surroundings.project,
    moved: false,
    uncertainReads: readsAreUncertain(set, facts),
  };
  for (const fact of facts) {
    const part = new Part(set, checks, place);
    part.redirects(fact);
    part.operands(fact);
    part.removalBehindWrapper(fact);
    checks.parts.push(part.result);
    if (part.result.byMode && set.mode === "acceptEdits") checks.byMode = true;
    if (fact.program === "cd") place = nextPlace(set, place, fact);
  }
  if (isUnseen(set, facts)) return { ...checks, denied: null, checked: onlyCritical(set, checks.checked) };
  return checks;
}

/** Where a part of the line stands. */
interface Place {
  /** null: not known, as after `cd $X`. */
  directory: string | null;
  /** Behind a `cd` to no absolute path: what a deny rule matches there, a person is asked about. */
  moved: boolean;
  uncertainReads: boolean;
}

function isRelativeChange(fact: CommandFacts): boolean {
  const target = fact.program === "cd" ? fact.words[1]?.value : undefined;
  return target !== undefined && !/^\/|^\.\/?$/.test(target);
}

/** Newer clients ask about relative reads anywhere beside a relative `cd`, so long as a `Read` deny rule stands. */
function readsAreUncertain(set: CompiledSet, facts: readonly CommandFacts[]): boolean {
  if (set.client === "2.1.197" || !facts.some(isRelativeChange)) return false;
  return set.deny.wholeTools.has("Read") || set.deny.paths.some((rule) => rule.parsed.action === "read");
}

/**
 * Where the client cannot analyse the line it does not look at its files: behind a redirection that the shell may
 * expand, beside a variable that alters commands, and, for older clients, where the environment of a process is named.
 */
function isUnseen(set: CompiledSet, facts: readonly CommandFacts[]): boolean {
  return facts.some(
    ({ command, words }) =>
      command.redirects.some((redirect) => hidesLine(redirect)) ||
      (command.words.length === 0 && command.assignments.some((item) => altersCommands(item))) ||
      (set.client === "2.1.197" && words.some((word) => namesEnvironment(word.value))),
  );
}

/** What is still seen in a line that the client cannot analyse: removals, and of those older clients only `$X/`. */
export function onlyCritical(set: CompiledSet, checked: FileCheck | null): FileCheck | null {
  const seen = set.client === "2.1.197" ? checked?.unknownRoot : checked?.critical;
  return seen === true ? checked : null;
}

function nextPlace(set: CompiledSet, place: Place, fact: CommandFacts): Place {
  const { home } = set.surroundings;
  const target = fact.words[1];
  // Older clients follow only to absolute paths.
  if (set.client === "2.1.197" && !(target !== undefined && expanded(target, set).startsWith("/"))) {
    return { ...place, moved: place.moved || isRelativeChange(fact) };
  }
  if (target === undefined) return { ...place, directory: home, moved: false };
  if (place.directory === null || !target.literal || target.value === "-") {
    return { ...place, directory: null };
  }
  const directory = absolutePath(withoutGlob(target, expanded(target, set)), place.directory, home);
  const relative = isRelativeChange(fact);
  return { ...place, directory, moved: relative || (place.moved && /^\.\/?$/.test(target.value)) };
}

/** What is certain of a path with a glob: the directory in front of it. */
function withoutGlob(word: ShellWord, value: string): string {
  return word.glob ? value.replace(/[^/]*[*?[].*$/s, "") || "." : value;
}

function expanded(word: ShellWord, set: CompiledSet): string {
  return word.knownVariable ? word.value.replaceAll("$HOME", set.surroundings.home) : word.value;
}

/** `a/..`: where it leads is only known when `a` is no link. `../a` and `./..` have no such part. */
const TRAVERSAL = /(?:^|\/)(?!\.{1,2}(?:\/|$))[^/]+\/+(?:\.\/+)*\.\.(?:\/|$)/;

const UNCERTAIN_READ = "a relative path is read beside a directory change while a Read deny rule stands";

/** Programs that read the directory they stand in when no path is given. */
function readsHere({ program, words }: CommandFacts): boolean {
  const rest = words.slice(1);
  switch (program) {
    case "ls":
      return rest.every((word) => word.value.startsWith("-"));
    case "find":
      return rest[0] === undefined || rest[0].value.startsWith("-");
    case "rg":
      return rest.filter((word) => !word.value.startsWith("-")).length === 1;
    case "grep":
      return (
        rest.some((word) => /^-[a-zA-Z]*[rR]|^--(?:dereference-)?recursive$/.test(word.value)) &&
        rest.filter((word) => !word.value.startsWith("-")).length === 1
      );
    default:
      return false;
  }
}

class Part {
  readonly result: PartFiles = { asks: null, byMode: false };
  private readonly set: CompiledSet;
  private readonly checks: FileChecks;
  private readonly place: Place;
  /** Older clients compare no further path of a command with deny rules once one of them asks. */
  private settled = false;

  constructor(set: CompiledSet, checks: FileChecks, place: Place) {
    this.set = set;
    this.checks = checks;
    this.place = place;
  }

  private ask(reason: string): void {
    this.result.asks ??= reason;
    if (this.set.client === "2.1.197") this.settled = true;
  }

  redirects(fact: CommandFacts): void {
    for (const redirect of fact.command.redirects) {
      const { direction, target } = redirect;
      if (target === null || target.value === "/dev/null") continue;
      if (isExpandedTarget(redirect)) {
        this.ask(`the target of the redirection, ${target.raw}, may be expanded by the shell`);
        continue;
      }
      // Older clients look only at what is written.
      if (direction === "read" && this.set.client === "2.1.197") continue;
      if (direction === "read" && target.glob) this.ask(`a glob in the path that is read, ${target.raw}`);
      if (direction === "read" && /^\/dev\/std(?:in|out|err)$/.test(target.value)) continue;
      if (direction === "write" && target.raw.startsWith("~")) {
        this.ask(`the target of the redirection, ${target.raw}, is expanded by the shell`);
      }
      this.path(direction === "write" ? "edit" : "read", target, true);
    }
  }

  operands(fact: CommandFacts): void {
    const operands =
      fact.program === "git"
        ? this.gitOperands(fact)
        : fileOperands(fact.program, fact.words, this.set.client);
    if (operands === null || (fact.program === "tee" && this.set.client === "2.1.197")) return;
    if (fact.program === "cd" && fact.words.length === 1) this.ask("cd goes to the home directory");
    const removal = isRemoval(fact.program);
    const writes = new Set(operands.writes);
    if (/^(?:cp|mv)$/.test(fact.program) && fact.words.some((word) => /^-./.test(word.value))) {
      this.ask(`flags of ${fact.program} may change what is written`);
    }
    if (this.place.uncertainReads && readsHere(fact)) this.ask(UNCERTAIN_READ);
    const uncertain = this.place.uncertainReads && fact.program !== "cd";
    for (const word of operands.reads) this.path("read", word, false, uncertain);
    for (const word of writes) {
      if (removal) this.removal(word);
      this.path("edit", word, false);
    }
    if (MODE_COMMANDS.has(fact.program)) this.result.byMode = this.modeVerdict(fact);
  }

  /** Older clients do not look at the paths that git reads. */
  private gitOperands(fact: CommandFacts): FileOperands | null {
    if (this.set.client === "2.1.197") return null;
    const dashes = fact.words.findIndex((word) => word.value === "--");
    if (fact.words[1]?.value === "grep" && dashes > 0)
      return { reads: fact.words.slice(dashes + 1), writes: [] };
    return fileOperands(fact.program, fact.words, this.set.client);
  }

  /** Measured: copies and moves only without flags, and nothing in front; of sed only plain substitutions. */
  private modeVerdict(fact: CommandFacts): boolean {
    const { words, unsafePrefix } = fact.allow;
    if (this.result.asks !== null || unsafePrefix || words[0]?.value !== fact.program) return false;
    if (words.some((word) => !word.literal)) return false;
    const typed = fact.command.assignments.length === 0 && words.length === fact.command.words.length;
    const flagged = words.slice(1).some((word) => word.value.startsWith("-"));
    switch (fact.program) {
      case "cp":
      case "mv":
        return typed && !flagged;
      case "touch":
        return typed && (!flagged || this.set.client === "2.1.197");
      case "sed":
        return isPlainSed(words.slice(1));
      default:
        return true;
    }
  }

  private path(access: Access, word: ShellWord, redirect: boolean, uncertain = false): void {
    const path = this.resolve(access, word, redirect);
    if (path === null) return;
    if (access === "read" && !redirect && uncertain && !/^[~/]/.test(word.value)) {
      this.ask(UNCERTAIN_READ);
    }
    const verdict = judgePath(this.set, access, path);
    switch (verdict.kind) {
      case "denied":
        // A glob is not resolved, so it slips past; of redirections deny rules see it as it is written.
        if (word.glob && !redirect) return;
        if (this.place.moved) {
          this.ask(`the deny rule ${verdict.by.text} may match after a change of directory`);
          if (this.set.client === "2.1.197") return;
          const reason = `the deny rule ${verdict.by.text} matches after a change of directory`;
          this.checks.checked = { reason, critical: false, always: true };
        } else if (redirect || !this.settled) this.checks.denied ??= verdict.by;
        return;
      case "checked":
        this.checks.checked ??= { reason: verdict.reason, critical: false };
        return;
      case "ruled":
        return;
      case "inside":
        if (access === "edit" && redirect) {
          if (this.set.mode === "acceptEdits") this.checks.byMode = true;
          else this.ask(`writing ${path} by redirection needs an Edit rule`);
        }
        return;
      case "outside":
        this.ask(`${path} is outside the working directories`);
        return;
    }
  }

  /** null: not known; the reason why a person is asked is noted. */
  private resolve(access: Access, word: ShellWord, redirect: boolean): string | null {
    const value = expanded(word, this.set);
    if (!word.literal && !word.arithmetic) return null;
    if (/[$`]/.test(value) && !(word.arithmetic && access === "read")) {
      this.ask(`${word.raw} looks like something the shell expands`);
      return null;
    }
    if (access === "edit" && /[{}]/.test(value)) this.ask(`braces in the written path ${word.raw}`);
    if (access === "edit" && /[*?[]/.test(value)) this.ask(`a glob in the written path ${word.raw}`);
    if (value.startsWith("~") && value !== "~" && !value.startsWith("~/")) {
      this.ask(`${word.raw} is expanded by the shell`);
      return null;
    }
    if (TRAVERSAL.test(value)) {
      this.ask(`the path ${word.raw} goes up from a directory that may be a link`);
      return null;
    }
    if (this.place.directory === null && !/^[~/]/.test(value)) {
      this.ask("the working directory at this point is not known");
      return null;
    }
    const base = redirect ? value : withoutGlob(word, value);
    return absolutePath(base, this.place.directory ?? "/", this.set.surroundings.home);
  }

  removalBehindWrapper(fact: CommandFacts): void {
    const at = fact.words.findIndex((word, index) => index > 0 && isRemoval(baseName(word.value)));
    if (at < 0 || behindDenyWrapper(fact.words, 0, fact.program, this.set.client) === null) return;
    if (fact.words.slice(at + 1).some((word) => this.isCritical(word))) this.checks.openRemoval = true;
  }

  private isCritical(word: ShellWord): boolean {
    const value = expanded(word, this.set);
    const unknownRoot = isUnknownRoot(word);
    const path = absolutePath(value, this.place.directory ?? "/", this.set.surroundings.home);
    return unknownRoot || isCriticalRemoval(path, this.set.directories, this.set.surroundings);
  }

  private removal(word: ShellWord): void {
    if (this.isCritical(word)) {
      this.checks.checked = {
        reason: `removing ${word.raw} would take a critical directory`,
        critical: true,
        unknownRoot: isUnknownRoot(word),
      };
    }
  }
}

/** `$X/`, `"$X"/*`: everything, should the variable be empty. */
function isUnknownRoot({ raw }: ShellWord): boolean {
  return /^(?:\$\w+|\$\{\w+\})\/\*?$/.test(raw.replaceAll('"', ""));
}
