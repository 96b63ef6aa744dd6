import { type CommandFacts, collapseSpace, commandFacts } from "./command-facts.ts";
import type { CommandLine } from "./command-line.ts";
import { matchesCommandPattern } from "./command-pattern.ts";
import type { CompiledSet } from "./compiled-set.ts";
import type { CompiledCommandRule, CompiledList, CompiledRule } from "./rule-set.ts";

/** All commands of a line as the matchers see them. */
export function factsOf(line: CommandLine, set: CompiledSet): CommandFacts[] {
  return line.commands.map((command) => commandFacts(command, set.client));
}

export type Match = { rule: CompiledRule; certain: boolean } | null;

/** Does a deny or ask rule match any command of the line? Older clients do not look into groups and substitutions. */
export function wideMatch(
  list: CompiledList,
  facts: readonly CommandFacts[],
  set: CompiledSet,
  line: CommandLine | null,
): Match {
  const older = set.client === "2.1.197";
  if (older && skippedByOlder(list, facts)) {
    // Recorded for the commands that caused it; for the others of the line it is not known.
    const others = facts.filter(
      ({ program }) => program !== "cd" && !(list.list === "ask" && program === "git"),
    );
    const match = others.length === 0 ? null : wideMatch(list, others, set, line);
    return match === null ? null : { rule: match.rule, certain: false };
  }
  const opaqueTexts = (line?.opaqueTexts ?? []).map(collapseSpace);
  const statements = (line?.statementTexts ?? []).map(collapseSpace);
  const rough = line === null ? [] : roughCommands(line, older);
  const exactFirst = list.list === "deny" ? set.ask : null;
  const readable = line?.hazards.every(({ kind }) => kind !== "structure") === true;
  for (const rule of list.commands) {
    if (rule.parsed.tool !== "Bash") continue;
    if (older && matchesText(rule, opaqueTexts, [])) return { rule, certain: true };
    if (matchesText(rule, statements, [])) return { rule, certain: true };
    if (matchesText(rule, rough, rough)) return { rule, certain: true };
    const { pattern } = rule.parsed;
    for (const fact of facts) {
      if (pattern.kind === "glob" && readable && namesExactly(exactFirst, fact)) continue;
      if (older && fact.command.hidden) {
        // Measured: a subshell with nothing but a timeout that cannot be read is looked into.
        const alone = facts.length === 1 && line?.source.trimStart().startsWith("(") === true;
        if (alone && fact.allow.timeoutUnclear && matchesText(rule, fact.deny.texts, fact.deny.exactTexts)) {
          return { rule, certain: true };
        }
        continue;
      }
      const { texts, exactTexts, vanishingTexts } = fact.deny;
      if (matchesText(rule, texts, exactTexts)) return { rule, certain: true };
      // A variable may be empty. Ask rules know `$HOME`, unless it is a path that is judged with it.
      const known = list.list === "ask" && fact.program === "git";
      const unset = fact.words.every((word) => !word.knownVariable);
      if ((!known || unset) && matchesText(rule, [], vanishingTexts)) return { rule, certain: true };
    }
  }
  return null;
}

/**
 * Where a line does not parse, what stands between its separators is still held against deny and ask rules. A quote
 * that never closes hides nothing.
 */
function roughCommands(line: CommandLine, older: boolean): string[] {
  if (line.errors.every((error) => error.startsWith("unterminated"))) return [];
  // Older clients do not look into groups, closed or not.
  if (older && line.errors.some((error) => /^expected '[)}]'/.test(error))) return [];
  const parts = line.source.split(older ? /[;&|\n]+/ : /[;&|\n(){}]+/);
  return parts.map((part) => {
    const text = collapseSpace(part);
    return text
      .replace(/^(?:(?:then|do|else|elif|fi|done|esac|if|while|until|!|\)|\})\s*)+(?=\s|\b)/, "")
      .trim();
  });
}

/**
 * Recorded on 2.1.197: a line that changes directory twice, or before git and out of the project for ask rules, is
 * set aside for a person before its commands are compared, and a blanket allow rule then runs it.
 */
function skippedByOlder(list: CompiledList, facts: readonly CommandFacts[]): boolean {
  const changes = facts.filter((fact) => fact.program === "cd" && !fact.command.piped);
  if (changes.length > 1) return true;
  const target = changes[0]?.words[1]?.value ?? ".";
  return (
    list.list === "ask" &&
    changes.length === 1 &&
    target !== "." &&
    facts.some((fact) => fact.program === "git")
  );
}

/** Measured: a rule that names the whole command comes before those with wildcards, so that it asks and is not refused. */
function namesExactly(list: CompiledList | null, fact: CommandFacts): boolean {
  if (list === null) return false;
  return list.commands.some(({ parsed: { tool, pattern } }) => {
    if (tool !== "Bash" || pattern.kind !== "exact") return false;
    return fact.deny.exactTexts.some((text) => matchesCommandPattern(pattern, text));
  });
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
export function allowRuleFor(list: CompiledList, facts: CommandFacts): Coverage | null {
  const { raw, behindXargs } = facts.allow;
  // A redirection in front keeps the client from taking anything off.
  const stripped =
    facts.command.leadingRedirect || facts.command.redirectedPrefix ? raw : facts.allow.stripped;
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
    if (texts.some((text) => matchesCommandPattern(normal, text))) return { rule, exact: false, full: false };
    // Behind xargs only rules that end in a wildcard are tried.
    const prefix = pattern.parts.at(-1) === "" && facts.program !== "find";
    if (prefix && behindXargs !== null && matchesCommandPattern(normal, collapseSpace(behindXargs))) {
      return { rule, exact: false, full: false };
    }
  }
  return null;
}
