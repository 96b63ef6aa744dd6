import type { CommandFacts } from "../commands/command-facts.ts";
import { absolutePath, isInside } from "../rules/paths.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CompiledRule } from "../sets/rule-set.ts";
import type { FileRedirect, ShellWord } from "../shell/command-line.ts";
import { isExpandedTarget } from "../shell/redirect-targets.ts";
import { changesDirectory, type Whereabouts, withHome } from "./directory-changes.ts";
import { isBehindXargs, isFindTestValue, operandsOf } from "./file-commands.ts";
import { mayRunByMode } from "./mode-commands.ts";
import { type Access, judgePath, type PathVerdict, pathRule } from "./path-access.ts";
import type { FileOperands } from "./program-arguments.ts";
import { isAmbiguousPath } from "./protected-paths.ts";
import { type CriticalRemoval, criticalRemoval } from "./removals.ts";

import { changesSignIn, movesNothing, signInFile } from "./sign-in-file.ts";

/** `a/..`: where it leads is only known when `a` is no link. `../a` and `./..` have no such part. */
const TRAVERSAL = /(?:^|\/)(?!\.{1,2}(?:\/|$))[^/]+\/+(?:\.\/+)*\.\.(?:\/|$)/;

/** `X\=1 ls > f`: no assignment, and no program; what it writes is not looked at. */
const ODD_START = /^(?:["'][A-Za-z_]\w*\+?=|[A-Za-z_]\w*(?:\\|["'])\+?=)/;

const NETWORK = /^\/dev\/(?:tcp|udp)\//;

const UNCERTAIN_READ = "a relative path is read beside a directory change while a Read deny rule stands";

/** How one path is looked at. */
interface Look {
  where: Whereabouts;
  redirect?: boolean;
  /** After everything else of the line. */
  apart?: boolean;
  /** Beside a pipe and what does more than read older clients only ask, and newer ones behind a glob; a blanket rule lifts that. */
  lifted?: boolean;
  /** The rules that allow it; those of the access where nothing is said. */
  granted?: Access;
}

/** What the files that one command reads and writes make of it. */
export class PartFiles {
  /** Why a rule for the program alone is not enough. */
  asks: string | null = null;
  /** Not the command but what it writes asks, outside `acceptEdits`; a rule for the command lifts that. */
  pathAsks = false;
  /** May `acceptEdits` run it: a plain file command inside the working directories. */
  byMode = false;
  /** It runs because of the mode. */
  usesMode = false;
  denied: CompiledRule | null = null;
  /** A rule refuses the file, and the client asks all the same. */
  deniedAsks: CompiledRule | null = null;
  /** A check that no allow rule lifts. */
  checked: { reason: string; always: boolean } | null = null;
  removal: CriticalRemoval | null = null;
  /** What is redirected asks in every mode. */
  targetAsks = false;
  private readonly set: CompiledSet;
  private readonly fact: CommandFacts;
  private readonly where: Whereabouts;
  private readonly newer: boolean;
  /** Older clients look at no further path of a command once one of them asks. */
  private settled = false;
  /** The same for redirections: none is looked at behind one that is not allowed. Those of a line with pipes are one row. */
  private readonly targets: { settled: boolean };
  /** What is written by redirection asks; newer clients then leave protected paths of the command to that question. */
  private writesAsk = false;
  private flagged = false;
  /** What asks only so long as no mode writes in the working directories. */
  private forMode: string | null = null;

  constructor(set: CompiledSet, fact: CommandFacts, where: Whereabouts, targets = { settled: false }) {
    this.targets = targets;
    this.set = set;
    this.fact = fact;
    this.where = where;
    this.newer = set.client !== "2.1.197";
  }

  private get swallows(): boolean {
    return this.newer && this.fact.command.swallowsWords;
  }

  private ask(reason: string): void {
    this.asks ??= reason;
    if (!this.newer) this.settled = true;
  }

  /** Of redirections nothing but a path that is not allowed or is protected ends the older clients' look. */
  private askAboutPath(reason: string, word: ShellWord, redirect: boolean): void {
    this.ask(reason);
    if (redirect && !this.newer && !hasGlob(word) && !NETWORK.test(word.value)) this.settle(true);
  }

  private settle(redirect: boolean): void {
    this.settled = true;
    if (redirect) this.targets.settled = true;
  }

  private check(reason: string, always = false): void {
    this.checked ??= { reason, always };
  }

  /** `inPipe`: without those that are looked at apart. */
  redirects(inPipe: boolean): void {
    if (ODD_START.test(this.fact.command.words[0]?.raw ?? "")) return;
    for (const redirect of this.fact.command.redirects) {
      if (inPipe && this.isApart(redirect)) continue;
      const before = this.asks;
      this.asks = null;
      this.redirect(redirect, { where: this.where });
      this.targetAsks ||= this.checked !== null || (this.asks !== null && this.asks !== this.forMode);
      this.writesAsk ||= redirect.direction === "write" && this.asks !== null;
      this.asks = before ?? this.asks;
    }
  }

  /** In a line with pipes what is written is looked at after everything else, and what is denied asks. */
  redirectsApart(where: Whereabouts, lifted: boolean): void {
    for (const redirect of this.fact.command.redirects) {
      if (this.isApart(redirect)) this.redirect(redirect, { where, apart: true, lifted });
    }
  }

  private isApart({ plain }: FileRedirect): boolean {
    return plain && this.fact.command.words.length > 0;
  }

  private redirect(redirect: FileRedirect, given: Pick<Look, "where" | "apart" | "lifted">): void {
    const { direction, target } = redirect;
    if (this.swallows || this.targets.settled) return;
    if (target === null) return;
    if (target.value === "/dev/null") {
      // Measured: beside a directory change older clients ask about it as about any file.
      if (!this.newer && this.where.kind === "lost" && direction === "write") this.settle(true);
      return;
    }
    if (isExpandedTarget(redirect)) {
      this.ask(`the target of the redirection, ${target.raw}, may be expanded by the shell`);
      return;
    }
    if (NETWORK.test(target.value)) this.ask(`${target.raw} is a network connection`);
    // Older clients look only at what is written.
    if (direction === "read" && !this.newer) return;
    if (direction === "read" && hasGlob(target)) this.ask(`a glob in the path that is read, ${target.raw}`);
    if (direction === "read" && /^\/dev\/(?:std(?:in|out|err)|tty|fd\/\d+)$/.test(target.value)) return;
    if (changesDirectory(this.fact)) {
      this.ask("a directory change that is redirected");
      return;
    }
    if (direction === "write" && target.raw.startsWith("~")) {
      this.ask(`the target of the redirection, ${target.raw}, is expanded by the shell`);
    }
    this.path(direction === "write" ? "edit" : "read", target, { ...given, redirect: true });
  }

  operands(uncertainReads: boolean): void {
    const { fact, set } = this;
    if (this.newer && changesSignIn(set, fact, this.where)) {
      this.check("it would change or give away the client's sign-in tokens");
    }
    const operands = isBehindXargs(fact) || this.swallows ? null : operandsOf(fact, set.client);
    if (operands === null || (fact.program === "tee" && !this.newer)) return;
    if (fact.program === "cd" && fact.words.length === 1) this.ask("cd goes to the home directory");
    if (fact.program === "cd" && operands.reads.length === 0) this.ask("cd with more than one argument");
    if (/^(?:cp|mv)$/.test(fact.program) && fact.words.some((word) => word.value.startsWith("-"))) {
      this.flagged = true;
      this.ask(`flags of ${fact.program} may change what is written`);
    }
    const uncertain = uncertainReads && !changesDirectory(fact);
    if (!this.settled && !this.leavesToMode())
      this.removal = criticalRemoval(set, fact, operands.writes, this.where);
    this.eachPath(operands, uncertain);
    this.byMode = this.asks === null && mayRunByMode(fact, set.client);
  }

  /** Measured: what older clients ask about for a redirection is for the mode to answer, and nothing behind it is looked at. */
  private leavesToMode(): boolean {
    if (this.newer) return false;
    if (this.checked !== null) return !this.checked.always && this.set.mode === "bypassPermissions";
    const writes = this.fact.command.redirects.some(
      ({ direction, target }) => direction === "write" && target !== null && target.value !== "/dev/null",
    );
    return writes && this.set.classifier !== null;
  }

  private eachPath({ reads, writes }: FileOperands, uncertain: boolean): void {
    // Older clients come to a path that is not known before they come to any other.
    const unknown =
      this.newer || writes.length === 0
        ? undefined
        : [...reads, ...writes].find(({ woven }) => woven !== null);
    if (unknown !== undefined) this.ask(`the path ${unknown.raw} is known only when it runs`);
    const copies = this.newer && this.fact.program === "cp";
    const lifted = new Set<ShellWord>();
    let behind = false;
    for (const word of reads) {
      if (behind) lifted.add(word);
      const before = this.asks;
      this.asks = null;
      if (uncertain && !/^[~/]/.test(word.value)) this.ask(UNCERTAIN_READ);
      // Measured: of a command that writes, newer clients let Edit rules speak for what it reads.
      const granted = this.newer && writes.length > 0 ? "edit" : "read";
      this.path("read", word, { where: this.where, granted, lifted: behind });
      // Measured: of what `cp` takes no protected path is seen behind a glob, or behind one that asks.
      behind ||= copies && (hasGlob(word) || this.asks !== null);
      this.asks = before ?? this.asks;
    }
    for (const word of writes) this.path("edit", word, { where: this.where, lifted: lifted.has(word) });
  }

  private path(access: Access, word: ShellWord, look: Look): void {
    const { where, redirect = false, granted = access } = look;
    if (this.settled && !redirect) return;
    // Measured: no client looks at what is written there, be the brace in quotes.
    const writes = access === "edit" || (granted === "edit" && this.fact.program === "sed");
    if (writes && !redirect && /[{}]/.test(word.value)) {
      this.ask(`braces in the path ${word.raw} may be expanded by the shell`);
      return;
    }
    if (word.woven !== null && this.isUnknownWhenWoven(access, look)) {
      this.ask(`the path ${word.raw} is known only when it runs`);
      if (this.fact.program !== "find" || !this.newer) return;
    }
    const paths = this.resolve(access, word, look);
    const verdicts = paths.map((path) => judgePath(this.set, access, path, granted));
    const denied = verdicts.find((verdict) => verdict.kind === "denied") ?? this.heldWithTokens(paths);
    const [path] = paths;
    const [verdict] = verdicts;
    if (verdict === undefined || path === undefined) return;
    if (denied?.kind === "denied") {
      // Of what a glob writes nothing is certain; of redirections deny rules see it as it is written.
      if (access === "read" || !hasGlob(word) || redirect) this.deny(denied.by, access, look);
      return;
    }
    const seen = ((where.kind !== "lost" && !this.flagged) || granted === "read") && !look.lifted;
    if (access === "edit" && seen && isAmbiguousPath(path)) {
      this.check(`Windows would read ${path} as another file`);
    }
    switch (verdict.kind) {
      case "checked":
        if (!this.newer) this.settle(redirect);
        if (verdict.always === true) this.check(verdict.reason, true);
        else if (seen && (redirect || (!hasGlob(word) && !this.writesAsk))) this.check(verdict.reason);
        else this.ask(verdict.reason);
        return;
      case "inside":
        if (access === "edit" && redirect) {
          if (this.set.mode === "acceptEdits") this.usesMode = true;
          else {
            this.forMode = `writing ${path} by redirection needs an Edit rule`;
            this.askAboutPath(this.forMode, word, redirect);
          }
        } else if (access === "edit" && this.set.mode !== "acceptEdits") this.pathAsks = true;
        return;
      case "outside":
        this.askAboutPath(`${path} is outside the working directories`, word, redirect);
        return;
      case "ruled":
      case "denied":
        return;
    }
  }

  /** To newer clients a directory that is taken away takes the sign-in tokens with it. */
  private heldWithTokens(paths: readonly string[]): PathVerdict | undefined {
    const tokens = signInFile(this.set);
    const takes = this.newer && /^(?:rm|mv)$/.test(this.fact.program) && !movesNothing(this.fact);
    if (!takes || !paths.some((path) => isInside(tokens, path))) return undefined;
    const by = pathRule(this.set.deny, "edit", tokens);
    return by === null ? undefined : { kind: "denied", by };
  }

  /** Where the line is lost a person is asked: older clients about what is written, and a blanket rule lifts that. */
  private deny(by: CompiledRule, access: Access, { where, apart = false, lifted = false }: Look): void {
    const lost = where.kind === "lost";
    if (lost && (access === "edit" || this.newer)) {
      this.ask(`the deny rule ${by.text} may match after a change of directory`);
      if (this.newer && !apart) this.deniedAsks ??= by;
    } else if (apart) {
      this.ask(`the deny rule ${by.text} matches a redirection beside a pipe`);
      if (!lifted) this.deniedAsks ??= by;
    } else this.denied ??= by;
  }

  /** What programs write, and where `find` looks, has to be known before. */
  private isUnknownWhenWoven(access: Access, { granted = access }: Look): boolean {
    return access === "edit" || granted === "edit" || /^(?:find|cp|mv|sed)$/.test(this.fact.program);
  }

  /** Absolute paths; none: not known, and the reason why a person is asked is noted. */
  private resolve(access: Access, word: ShellWord, { where, redirect = false }: Look): string[] {
    const value = withHome(word, this.set);
    if (!word.literal && !word.arithmetic) return [];
    if (/[$`]/.test(value) && !(word.arithmetic && access === "read")) {
      this.ask(`${word.raw} looks like something the shell expands`);
      return [];
    }
    if (access === "edit" && /[{}]/.test(value)) this.ask(`braces in the written path ${word.raw}`);
    if (access === "edit" && /[*?]|\[.*\]/s.test(value)) this.ask(`a glob in the written path ${word.raw}`);
    if (value.startsWith("~") && value !== "~" && !value.startsWith("~/")) {
      this.ask(`${word.raw} is expanded by the shell`);
      return [];
    }
    if (TRAVERSAL.test(value)) {
      this.askAboutPath(`the path ${word.raw} goes up from a directory that may be a link`, word, redirect);
      return [];
    }
    if (this.fact.program === "find" && hasGlob(word) && !isFindTestValue(this.fact.words, word))
      this.ask(`a glob in the path that is searched, ${word.raw}`);
    const base = redirect ? value : withoutGlob(value);
    return where.directories.map((directory) => absolutePath(base, directory, this.set.surroundings.home));
  }
}

/** Quotes do not tell the clients that a glob is none. */
function hasGlob({ value }: ShellWord): boolean {
  return /[*?[]/.test(value);
}

/** What is certain of a path with a glob: the directory in front of it. */
function withoutGlob(value: string): string {
  return value.replace(/[^/]*[*?[].*$/s, "") || (/[*?[]/.test(value) ? "." : value);
}
