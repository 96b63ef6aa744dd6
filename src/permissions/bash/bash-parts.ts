import type { ClientVersion } from "../../model/semantics.ts";
import type { CommandFacts } from "../commands/command-facts.ts";
import { lineTexts } from "../commands/line-texts.ts";
import { changeToProject } from "../files/directory-changes.ts";
import { matchesCommandPattern } from "../rules/command-pattern.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CompiledCommandRule, CompiledList, CompiledRule } from "../sets/rule-set.ts";
import type { CommandLine } from "../shell/command-line.ts";
import { collapseSpace } from "../shell/command-text.ts";
import { isGivenUp } from "../shell/early-heredocs.ts";
import { isUnclear } from "./command-meaning.ts";
import { candidatesOf } from "./deny-candidates.ts";
import { isUnread } from "./older-reading.ts";

export type Match = { rule: CompiledRule; certain: boolean } | null;

/** Does a deny or ask rule match any command of the line? `asks`: the client asks about it whatever the rules are. */
export function wideMatch(
  list: CompiledList,
  given: readonly CommandFacts[],
  set: CompiledSet,
  line: CommandLine | null,
  asks = false,
): Match {
  if (list.commands.length === 0) return null;
  const facts = line === null ? given : comparedWithRules(given, set, line);
  if (line !== null && isGivenUp(line)) {
    const texts = lineTexts(line, set.client).typed;
    const rule = ruleForTexts(list, texts, texts);
    return rule === null ? null : { rule, certain: true };
  }
  const all = candidatesOf(list, facts, set, line, asks);
  const newer = set.client === "2.1.330";
  const exactFirst = list.list === "deny" ? set.ask : null;
  const readable =
    line?.hazards.every(({ kind }) => kind !== "structure") === true &&
    !facts.some((fact) => isUnclear(fact, set.client) || (newer && fact.command.timed.length > 0));
  for (const rule of list.commands) {
    if (rule.parsed.tool !== "Bash") continue;
    const glob = rule.parsed.pattern.kind === "glob";
    for (const { texts, exactTexts, fact } of all) {
      const named =
        fact === null ? facts.some((one) => namesExactly(exactFirst, one)) : namesExactly(exactFirst, fact);
      if (glob && readable && named && !namesWithColon(rule, texts)) continue;
      if (matchesText(rule, texts, exactTexts)) return { rule, certain: true };
    }
  }
  return null;
}

/** A change into the project, letter for letter, is compared with nothing where the client reads the line. */
function comparedWithRules(
  facts: readonly CommandFacts[],
  set: CompiledSet,
  line: CommandLine,
): readonly CommandFacts[] {
  if (isUnread(line, set) || line.hazards.some(({ kind }) => kind === "background")) return facts;
  const text = changeToProject(set);
  return facts.filter(({ command }) => command.hidden || command.redirected || command.raw.trim() !== text);
}

/** Measured: a rule that names the whole command comes before those with wildcards, so that it asks and is not refused. */
function namesExactly(list: CompiledList | null, { allow, ask }: CommandFacts): boolean {
  if (list === null) return false;
  return list.commands.some((rule) => {
    const { tool, pattern } = rule.parsed;
    if (tool !== "Bash") return false;
    if (pattern.kind === "exact") return ask.exactTexts.includes(pattern.text);
    return allow.behindXargs === null && namesWithColon(rule, ask.texts);
  });
}

/** `x:*` names the command x, too; `x *` does not. */
function namesWithColon({ normal, text }: CompiledCommandRule, texts: readonly string[]): boolean {
  if (normal.kind !== "glob" || !/:\*\s*\)$/.test(text)) return false;
  return texts.includes(normal.parts[0]!.slice(0, -1));
}

export function ruleForTexts(
  list: CompiledList,
  texts: readonly string[],
  exactTexts: readonly string[],
): CompiledRule | null {
  const rule = list.commands.find((one) => one.parsed.tool === "Bash" && matchesText(one, texts, exactTexts));
  return rule ?? null;
}

function matchesText(
  rule: CompiledCommandRule,
  texts: readonly string[],
  exactTexts: readonly string[],
): boolean {
  const { pattern } = rule.parsed;
  if (pattern.kind === "exact") return exactTexts.some((text) => matchesCommandPattern(pattern, text));
  const single = rule.normal;
  return texts.some((text) => matchesCommandPattern(single, text));
}

export interface Coverage {
  rule: CompiledRule;
  /** The rule names the command's full text. */
  exact: boolean;
  /** … with everything in front of it, so that nothing was taken off. */
  full: boolean;
}

/** The allow rule that covers one command. */
export function allowRuleFor(
  list: CompiledList,
  facts: CommandFacts,
  client: ClientVersion,
): Coverage | null {
  const { raw, stripped, behindXargs } = facts.allow;
  const texts = [collapseSpace(raw), collapseSpace(stripped)];
  for (const rule of list.commands) {
    if (rule.parsed.tool !== "Bash") continue;
    const { pattern } = rule.parsed;
    if (pattern.kind === "exact") {
      if (pattern.text === raw || pattern.text === stripped.trim()) {
        return { rule, exact: true, full: pattern.text === raw };
      }
      continue;
    }
    const normal = rule.normal;
    const tried =
      client === "2.1.197" ? texts : texts.filter((text) => !endsInVariable(pattern.parts[0]!, text));
    if (tried.some((text) => matchesCommandPattern(normal, text))) return { rule, exact: false, full: false };
    // Behind xargs only rules that end in a wildcard are tried.
    const prefix = pattern.parts.at(-1) === "" && facts.program !== "find";
    if (prefix && behindXargs !== null && matchesCommandPattern(normal, collapseSpace(behindXargs))) {
      return { rule, exact: false, full: false };
    }
  }
  return null;
}

/** Measured: to newer clients `npm*` is no pattern for `npmrc=1 ls` or `npm-x=1`; `FOO=*` and `*ls` are patterns for `FOO=1 ls`. */
function endsInVariable(first: string, text: string): boolean {
  return first !== "" && !first.includes("=") && /^[^\s/=]+=/.test(text);
}
