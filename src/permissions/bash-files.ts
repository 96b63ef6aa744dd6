import { baseName, type CommandFacts } from "./command-facts.ts";
import type { ShellWord } from "./command-line.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { isCriticalRemoval } from "./critical-removal.ts";
import { type FileOperands, fileOperands, isRemoval } from "./file-commands.ts";
import { type Access, judgePath } from "./path-access.ts";
import { absolutePath } from "./paths.ts";
import { isPlainSed } from "./read-only.ts";
import type { CompiledRule } from "./rule-set.ts";
import { behindDenyWrapper } from "./wrappers.ts";

/** What the client's file checks say to the paths that a command line reads and writes. */
export interface FileChecks {
  denied: CompiledRule | null;
  /** A check that no allow rule lifts. */
  checked: { reason: string; critical: boolean } | null;
  parts: PartFiles[];
  /** A part runs because of the mode. */
  byMode: boolean;
  /** A removal of a critical directory behind `sudo` and the like; whether the client looks there is not known. */
  openRemoval: boolean;
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
  let directory: string | null = set.surroundings.project;
  for (const fact of facts) {
    const part = new Part(set, checks, directory);
    part.redirects(fact);
    part.operands(fact);
    part.removalBehindWrapper(fact);
    checks.parts.push(part.result);
    if (part.result.byMode && set.mode === "acceptEdits") checks.byMode = true;
    if (fact.program === "cd") directory = nextDirectory(set, directory, fact);
  }
  return checks;
}

/** null: not known, as after `cd $X`. */
function nextDirectory(set: CompiledSet, directory: string | null, fact: CommandFacts): string | null {
  const target = fact.words[1];
  if (target === undefined) return set.surroundings.home;
  if (directory === null || !target.literal || target.glob || target.value === "-") return null;
  return absolutePath(expanded(target, set), directory, set.surroundings.home);
}

function expanded(word: ShellWord, set: CompiledSet): string {
  return word.knownVariable ? word.value.replaceAll("$HOME", set.surroundings.home) : word.value;
}

class Part {
  readonly result: PartFiles = { asks: null, byMode: false };
  private readonly set: CompiledSet;
  private readonly checks: FileChecks;
  private readonly directory: string | null;

  constructor(set: CompiledSet, checks: FileChecks, directory: string | null) {
    this.set = set;
    this.checks = checks;
    this.directory = directory;
  }

  private ask(reason: string): void {
    this.result.asks ??= reason;
  }

  redirects(fact: CommandFacts): void {
    for (const { direction, target } of fact.command.redirects) {
      if (target === null || target.value === "/dev/null") continue;
      if (direction === "read" && /^\/dev\/std(?:in|out|err)$/.test(target.value)) continue;
      if (direction === "write" && (target.raw.startsWith("~") || target.knownVariable)) {
        this.ask(`the target of the redirection, ${target.raw}, is expanded by the shell`);
      }
      this.path(direction === "write" ? "edit" : "read", target, true);
    }
  }

  operands(fact: CommandFacts): void {
    const operands = fact.program === "git" ? this.gitOperands(fact) : fileOperands(fact.program, fact.words);
    if (operands === null || (fact.program === "tee" && this.set.client === "2.1.197")) return;
    if (fact.program === "cd" && fact.words.length === 1) this.ask("cd goes to the home directory");
    const removal = isRemoval(fact.program);
    const writes = new Set(operands.writes);
    for (const word of operands.reads) this.path("read", word, false);
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
    return fileOperands(fact.program, fact.words);
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

  private path(access: Access, word: ShellWord, redirect: boolean): void {
    const path = this.resolve(access, word);
    if (path === null) return;
    const verdict = judgePath(this.set, access, path);
    switch (verdict.kind) {
      case "denied":
        // A glob is not resolved, so it slips past; deny rules on paths see plain names only.
        if (!word.glob) this.checks.denied ??= verdict.by;
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
  private resolve(access: Access, word: ShellWord): string | null {
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
    if (this.directory === null && !/^[~/]/.test(value)) {
      this.ask("the working directory at this point is not known");
      return null;
    }
    const base = word.glob ? value.replace(/[^/]*[*?[].*$/s, "") || "." : value;
    return absolutePath(base, this.directory ?? "/", this.set.surroundings.home);
  }

  removalBehindWrapper(fact: CommandFacts): void {
    const at = fact.words.findIndex((word, index) => index > 0 && isRemoval(baseName(word.value)));
    if (at < 0 || behindDenyWrapper(fact.words, 0, fact.program, this.set.client) === null) return;
    if (fact.words.slice(at + 1).some((word) => this.isCritical(word))) this.checks.openRemoval = true;
  }

  private isCritical(word: ShellWord): boolean {
    const value = expanded(word, this.set);
    const unknownRoot = /^(?:\$\w+|\$\{\w+\})(?:\/\*?)?$/.test(value);
    const path = absolutePath(value, this.directory ?? "/", this.set.surroundings.home);
    return unknownRoot || isCriticalRemoval(path, this.set.directories, this.set.surroundings);
  }

  private removal(word: ShellWord): void {
    if (this.isCritical(word)) {
      this.checks.checked = {
        reason: `removing ${word.raw} would take a critical directory`,
        critical: true,
      };
    }
  }
}
