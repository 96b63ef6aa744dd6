import type { ClientVersion } from "../../model/semantics.ts";
import { ALTERING_VARIABLES, HARMLESS_VARIABLES } from "../client-facts/variables.ts";
import type { CommandFacts } from "../commands/command-facts.ts";
import { isFragment } from "../commands/innermost-command.ts";
import { isBehindXargs } from "../files/file-commands.ts";
import type { PartFiles } from "../files/part-files.ts";
import { isReadOnly, xargsTarget } from "../read-only/read-only.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CompiledRule } from "../sets/rule-set.ts";
import { altersCommands } from "../shell/environment-prefixes.ts";
import { comparesNames } from "../shell/single-tests.ts";
import { guardsReads } from "./bash-files.ts";
import { allowRuleFor } from "./bash-parts.ts";
import { startsOthers } from "./command-meaning.ts";
import { unanalysedUse } from "./command-unanalysed.ts";
import { heldBack } from "./held-back.ts";

export type PartVerdict =
  | { kind: "rule"; rule: CompiledRule }
  | { kind: "read-only" }
  | { kind: "mode" }
  | { kind: "asks"; reason: string }
  | { kind: "undecided"; reason: string };

/** What becomes of one command of a line by the rules, the mode, and what only reads. */
export function judgePart(set: CompiledSet, fact: CommandFacts, files: PartFiles): PartVerdict {
  const shown = fact.command.raw;
  if (files.asks !== null) return { kind: "asks", reason: files.asks };
  const match = allowRuleFor(set.allow, fact, set.client);
  // Full texts approve even what no wildcard does.
  if (match?.exact === true && match.full && !startsOthers(fact, set.client))
    return { kind: "rule", rule: match.rule };
  const words = set.client === "2.1.197" && isTimedAssignment(fact) ? [] : fact.command.words;
  const unanalysed = unanalysedUse(words, set.client);
  if (unanalysed !== null) return { kind: "asks", reason: unanalysed };
  if (hidesAssignment(fact, set.client)) {
    return { kind: "asks", reason: "a variable set in this command can't be checked before it runs" };
  }
  if (comparesNames(fact.command.words)) {
    return {
      kind: "asks",
      reason: "a comparison of numbers with something else can't be checked before it runs",
    };
  }
  if (isFragment(words)) {
    return { kind: "asks", reason: `${shown} has flags that a wrapper is not known to take` };
  }
  if (match !== null) {
    if (!heldBack(fact, set.client)) return { kind: "rule", rule: match.rule };
    return { kind: "asks", reason: `what '${fact.program}' starts can't be checked before it runs` };
  }
  // Measured: `X==1` alone, unless the second sign is quoted.
  const odd = fact.command.assignments.find(({ name, raw }) => raw.startsWith(`${name}==`));
  if (fact.command.words.length === 0 && odd !== undefined)
    return { kind: "asks", reason: `${shown} can't be checked before it runs` };
  // An assignment alone runs nothing; its value was judged above.
  if (fact.command.words.length === 0 && !fact.command.redirected) return { kind: "read-only" };
  if (set.mode === "acceptEdits" && files.byMode) return { kind: "mode" };
  return judgeWithoutRule(set, fact);
}

/** `time A=1 x`: older clients look at nothing behind it. */
function isTimedAssignment({ command: { timed, raw } }: CommandFacts): boolean {
  return timed.length > 0 && /^time\s+[^-\s]/.test(raw);
}

function judgeWithoutRule(set: CompiledSet, fact: CommandFacts): PartVerdict {
  const shown = fact.command.raw;
  if (!isReadOnly(fact.command, set.client)) {
    return { kind: "asks", reason: `no rule covers ${shown}` };
  }
  if (guardsReads(set) && readsPiped(fact)) {
    return { kind: "asks", reason: `what ${shown} reads can't be checked against the Read rules` };
  }
  return { kind: "read-only" };
}

/** It opens the files whose names it is piped. */
function readsPiped(fact: CommandFacts): boolean {
  const [first, ...rest] = fact.words;
  const started = first?.value === "xargs" ? rest[xargsTarget(rest)]?.value : null;
  const program = started ?? (isBehindXargs(fact) ? fact.program : "");
  return /^(?:[ef]?grep|head|tail)$/.test(program);
}

/** Older clients look for the variables that change how commands are found, in the place of the program. */
export function hidesAssignment(fact: CommandFacts, client: ClientVersion): boolean {
  if (client === "2.1.330") return hasHiddenAssignment(fact);
  const values = fact.command.words.map((word) => word.value);
  const passed = ["command", "builtin", "noglob"].includes(values[0] ?? "") ? 1 : 0;
  const names = fact.command.timed.map(({ name }) => name);
  for (const value of values.slice(passed)) {
    const [, name] = /^([A-Za-z_]\w*)["']?=/.exec(value) ?? [];
    if (name === undefined) break;
    names.push(name);
  }
  return names.some((name) => altersCommands({ name, value: "", literal: false }, client));
}

/** Builtins that change variables, or leave behind what is set in front of them. */
const KEEPS_VARIABLES =
  /^(?:export|unset|:|readonly|set|shift|times|return|break|continue|exit|command|builtin)$/;

/**
 * What reads as an assignment but stands where the shell takes it for a program: `'X=1' git`, `nohup X=1 git`, `X==1 git`.
 * A harmless variable may stand there, but for `time` and `nohup`. Of several variables only the first may be computed.
 */
function hasHiddenAssignment({ command }: CommandFacts): boolean {
  const { words, timed, assignments } = command;
  const assigned = (index: number): string | null =>
    // A quote that never closes is none: `PATH'=x`.
    /^([A-Za-z_]\w*)\+?=/.exec((words[index]?.value ?? "").replace(/^(\w+)["'](?=\w*=)/, "$1"))?.[1] ?? null;
  const harmful = (name: string | null): boolean =>
    name !== null && (!HARMLESS_VARIABLES.has(name) || ALTERING_VARIABLES.has(name));
  const others = words.findIndex((_, at) => assigned(at) === null);
  if (timed.length > 0 || words.slice(0, Math.max(others, 1)).some((_, at) => harmful(assigned(at))))
    return true;
  if (assignments.some(({ name, raw }) => raw.startsWith(`${name}==`) && harmful(name))) return true;
  if (assignments.slice(1).some(({ raw }) => /\$\(\(/.test(raw.replace(/"[^"]*"|'[^']*'/g, "")))) return true;
  const builtin = words.find(({ value }) => !/^(?:command|builtin|noglob)$/.test(value)) ?? words[0];
  if (KEEPS_VARIABLES.test(builtin?.value ?? "") && assignments.some(({ name }) => harmful(name)))
    return true;
  const wrapper = words[0]?.value ?? "";
  if (wrapper === "nohup" || wrapper === "time") return assigned(1) !== null;
  if (!["command", "builtin", "noglob"].includes(wrapper)) return false;
  const start = words.findIndex(({ value }, at) => at > 0 && !/^-(?:p+|-)$/.test(value));
  for (let at = start; at > 0 && assigned(at) !== null; at++) {
    if (harmful(assigned(at))) return true;
  }
  return false;
}
