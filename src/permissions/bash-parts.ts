import { type CommandFacts, collapseSpace, commandFacts } from "./command-facts.ts";
import { matchesCommandPattern } from "./command-pattern.ts";
import type { CompiledSet } from "./compiled-set.ts";
import type { CompiledList, CompiledRule, Of } from "./rule-set.ts";
import type { CommandLine } from "./shell.ts";

/** All commands of a line as the matchers see them. */
export function factsOf(line: CommandLine, set: CompiledSet): CommandFacts[] {
  return line.commands.map((command) => commandFacts(command, set.client));
}

export type Match = { rule: CompiledRule; certain: boolean } | null;

/** Does a deny or ask rule match any command of the line? Older clients do not look into groups and substitutions. */
export function wideMatch(
  list: CompiledList,
  line: CommandLine,
  facts: readonly CommandFacts[],
  set: CompiledSet,
): Match {
  const older = set.client === "2.1.197";
  let uncertain: CompiledRule | null = null;
  for (const rule of list.commands) {
    if (rule.parsed.tool !== "Bash") continue;
    if (matchesText(rule, [collapseSpace(line.source)], [line.source.trim()])) return { rule, certain: true };
    for (const fact of facts) {
      if (older && fact.command.hidden) continue;
      if (matchesText(rule, fact.deny.texts, fact.deny.exactTexts)) return { rule, certain: true };
      if (uncertain === null && matchesText(rule, fact.deny.uncertainTexts, fact.deny.uncertainTexts)) {
        uncertain = rule;
      }
    }
  }
  return uncertain === null ? null : { rule: uncertain, certain: false };
}

function matchesText(rule: Of<"command">, texts: readonly string[], exactTexts: readonly string[]): boolean {
  const { pattern } = rule.parsed;
  if (pattern.kind === "exact") return exactTexts.some((text) => matchesCommandPattern(pattern, text));
  const single = normalPattern(rule);
  return texts.some((text) => matchesCommandPattern(single, text));
}

/** The allow rule that covers one command, and whether it names the command's full text. */
export function allowRuleFor(
  list: CompiledList,
  facts: CommandFacts,
): { rule: CompiledRule; exact: boolean } | null {
  const { raw, stripped, strippedForExact } = facts.allow;
  const texts = [collapseSpace(raw), collapseSpace(stripped)];
  for (const rule of list.commands) {
    if (rule.parsed.tool !== "Bash") continue;
    const { pattern } = rule.parsed;
    if (pattern.kind === "exact") {
      if (pattern.text === raw || pattern.text === strippedForExact.trim()) return { rule, exact: true };
    } else if (texts.some((text) => matchesCommandPattern(normalPattern(rule), text))) {
      return { rule, exact: false };
    }
  }
  return null;
}

const normalPatterns = new WeakMap<CompiledRule, Of<"command">["parsed"]["pattern"]>();

/** White space in a pattern counts as one space, as in the text that it is held against. */
function normalPattern(rule: Of<"command">): Of<"command">["parsed"]["pattern"] {
  const known = normalPatterns.get(rule);
  if (known !== undefined) return known;
  const { pattern } = rule.parsed;
  const normal =
    pattern.kind === "exact"
      ? pattern
      : { ...pattern, parts: pattern.parts.map((part) => part.replace(/\s+/g, " ")) };
  normalPatterns.set(rule, normal);
  return normal;
}
