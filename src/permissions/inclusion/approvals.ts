import type { Call } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import { PREAPPROVED_SITES } from "../client-facts/hosts.ts";
import { FREE_TOOLS } from "../client-facts/tools.ts";
import type { Piece } from "./automaton.ts";
import {
  approvesNothing,
  commandPieces,
  isIrregular,
  isSeenBehindWrappers,
  lookThroughSurely,
  lookThroughSurelyOlder,
  lookThroughWidely,
  outranksWildcards,
  stripWidely,
} from "./commands.ts";
import type { Family } from "./families.ts";
import {
  type Language,
  type LanguagePart,
  type ListedRule,
  languageOf,
  surelyMatching,
} from "./rule-language.ts";
import type { Grant, Side } from "./side.ts";

const WORKING_FILE_COMMANDS = ["mkdir", "touch", "rm", "rmdir", "mv", "cp", "sed"];
const EDITING_TOOLS = new Set(["Edit", "Write", "NotebookEdit"]);
const READING_TOOLS = new Set(["Read", "Grep", "Glob"]);

/** What these allow rules approve in the family. */
export function approvedByRules(family: Family, rules: readonly ListedRule[], side: Side): Language {
  if (EDITING_TOOLS.has(family.name) && side.set.mode === "plan") return { patterns: [], unmodelled: [] };
  return languageOf(
    family,
    rules.filter(({ parsed }) => parsed.kind !== "command" || !approvesNothing(parsed.pattern)),
  );
}

/** The same where plan mode keeps from running what is not known to read: of MCP tools it asks what they declare. */
export function surelyApprovedByRules(family: Family, rules: readonly ListedRule[], side: Side): Language {
  const held = side.set.mode === "plan" && family.name === "tool" && side.context.client !== "2.1.197";
  return held ? { patterns: [], unmodelled: [] } : approvedByRules(family, rules, side);
}

/**
 * Rules with quotes in them match commands as typed, and other rules see those commands without their quotes: what
 * the two have in common is looked for in both spellings.
 */
export function withoutQuotes(family: Family, rules: readonly ListedRule[]): Piece[][] {
  if (!family.shell) return [];
  return rules.flatMap(({ parsed }) => {
    if (parsed.kind !== "command" || !isIrregular(parsed.pattern)) return [];
    const plain = (text: string) => text.replace(/["'\\]/g, "");
    const { pattern } = parsed;
    return commandPieces(
      pattern.kind === "exact"
        ? { kind: "exact", text: plain(pattern.text) }
        : { ...pattern, parts: pattern.parts.map(plain) },
      false,
    );
  });
}

/** One command line that an irregular rule may be about, for the matcher to judge. */
export function irregularSamples(family: Family, rules: readonly ListedRule[]): Call[] {
  if (!family.shell) return [];
  return rules.flatMap(({ parsed }) => {
    if (parsed.kind !== "command" || !isIrregular(parsed.pattern)) return [];
    const { pattern } = parsed;
    return [family.call(pattern.kind === "exact" ? pattern.text : pattern.parts.join("x"))];
  });
}

/** Exact rules approve commands that no wildcard over the same text does: that letters cover these says nothing. */
export function beyondWildcards(family: Family, rules: readonly ListedRule[]): Call[] {
  if (!family.shell) return [];
  return rules.flatMap(({ parsed }) =>
    parsed.kind === "command" && parsed.pattern.kind === "exact" && outranksWildcards(parsed.pattern)
      ? [family.call(parsed.pattern.text)]
      : [],
  );
}

/** What a mode or the sandbox approves in the family. The classifier of mode auto approves nothing for certain. */
export function approvedByGrant(family: Family, grant: Grant, side: Side): Piece[][] {
  switch (grant) {
    case "bypass":
      return [family.everything];
    case "classifier":
      return [];
    case "edits":
      if (EDITING_TOOLS.has(family.name)) return side.context.directoryPatterns;
      return family.name === "Bash"
        ? WORKING_FILE_COMMANDS.flatMap((program) =>
            commandPieces({ kind: "glob", parts: [`${program} `, ""], bareForm: true }, false),
          )
        : [];
    case "sandboxed-bash":
      return family.name === "Bash" ? [family.everything] : [];
  }
}

/** What the product runs in the family without any rule, so far as it can be said for certain. */
export function approvedByDefault(family: Family, side: Side): Piece[][] {
  if (!READING_TOOLS.has(family.name)) return [];
  return side.grants.has("classifier") ? [family.everything] : side.context.directoryPatterns;
}

/** What the product may run without any rule: where a lifted deny may let something through. */
export function perhapsApprovedByDefault(family: Family, side: Side): Piece[][] {
  switch (family.name) {
    case "Bash":
    case "Skill":
    case "Agent":
      return [family.everything];
    case "tool":
      return [...FREE_TOOLS].map((tool) => [{ kind: "text", text: tool }]);
    case "WebFetch":
      return PREAPPROVED_SITES.map(({ host }) => [{ kind: "text", text: host }]);
    default:
      return approvedByDefault(family, side);
  }
}

/** Ask and deny rules that hold in the family on this side. Of ask rules the sandbox heeds those with content. */
export function holding(family: Family, side: Side): readonly ListedRule[] {
  const lifted = family.name === "Bash" && side.grants.has("sandboxed-bash");
  return lifted
    ? side.held.filter((rule) => rule.list !== "ask" || rule.parsed.kind === "command")
    : side.held;
}

/** What these ask and deny rules surely hold back in the family: a part of what they do. */
export function surelyHeld(
  family: Family,
  rules: readonly ListedRule[],
  client: ClientVersion,
): LanguagePart[] {
  const regular = surelyMatching(rules).filter(
    ({ parsed }) => parsed.kind !== "command" || !isIrregular(parsed.pattern),
  );
  if (!family.shell) return [{ patterns: languageOf(family, regular).patterns }];
  const isSeenBehind = ({ parsed }: ListedRule) =>
    parsed.kind === "command" && isSeenBehindWrappers(parsed.pattern);
  const asTyped = regular.filter((rule) => !isSeenBehind(rule));
  // Nothing at all may stand in front of these, so that they need not be listed as typed, too.
  const behind = regular.filter(isSeenBehind);
  return [
    { patterns: languageOf(family, asTyped).patterns },
    {
      patterns: languageOf(family, behind).patterns,
      prelude: client === "2.1.197" ? lookThroughSurelyOlder : lookThroughSurely,
    },
  ];
}

/** What may stand in front of a command for deny and ask rules; nothing outside shells. */
export function widelyHeld(family: Family, patterns: Piece[][]): LanguagePart {
  return family.shell ? { patterns, prelude: lookThroughWidely } : { patterns };
}

/** What may stand in front of a command for allow rules too; nothing outside shells. */
export function widelyStripped(family: Family, patterns: Piece[][]): LanguagePart {
  return family.shell ? { patterns, prelude: stripWidely } : { patterns };
}
