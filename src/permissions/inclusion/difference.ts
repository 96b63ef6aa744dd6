import type { RuleList } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import type { RuleGroup } from "../types.ts";
import { preludesOf } from "./approvals.ts";
import type { Piece } from "./automaton.ts";
import { approvesNothing, outranksWildcards } from "./commands.ts";
import { FAMILIES, type Family } from "./families.ts";
import { findGap } from "./gap.ts";
import { type Gaps, surelyMatching } from "./newly-approved.ts";
import { automatonOf, type ListedRule, listRules, type Prelude, patternsOf } from "./rule-language.ts";
import type { Budget } from "./search.ts";
import { contextOf } from "./side.ts";

type Context = ReturnType<typeof contextOf>;

/** Calls that one group matches and none of the others does. */
export function difference(
  covered: RuleGroup,
  by: readonly RuleGroup[],
  client: ClientVersion,
  budget: Budget,
): Gaps {
  const found: Gaps = { gaps: [], extra: [], reasons: [] };
  const context = contextOf(client, []);
  const others = by.flatMap((group) => listRules(group.list, group.rules, context));
  const sameList = new Set(others.filter(({ list }) => list === covered.list).map(({ key }) => key));
  const rules = listRules(covered.list, covered.rules, context).filter(({ key }) => !sameList.has(key));
  for (const rule of rules) beyondText(rule, others, found);
  for (const family of FAMILIES) inFamily(family, covered.list, rules, others, context, budget, found);
  fileAccess(rules, others, context, budget, found);
  return found;
}

function inFamily(
  family: Family,
  list: RuleList,
  rules: readonly ListedRule[],
  others: readonly ListedRule[],
  context: Context,
  budget: Budget,
  found: Gaps,
): void {
  const inside = modelled(family, rules.filter(mayMatch), context, found);
  if (inside.length === 0) return;
  const { surely, widely } = preludesOf(family);
  const allowing = others.filter((rule) => rule.list === "allow");
  const holding = surelyMatching(others.filter((rule) => rule.list !== "allow"));
  // Where both sides look through the same prefixes, it is enough to compare what stands behind them.
  const prelude = list === "allow" || allowing.length === 0 ? undefined : widely;
  const outside = [
    { patterns: modelled(family, allowing.filter(mayMatch), context) },
    { patterns: modelled(family, holding, context), ...surely },
  ];
  const insideAutomaton = automatonOf({ patterns: withExpansions(family, list, rules, inside), ...prelude });
  const result = findGap(family, [insideAutomaton], automatonOf(...outside), budget);
  if (result.kind === "open") {
    found.reasons.push(`the comparison of rules for ${family.name} reached its limit of steps`);
  }
  if (result.kind === "gap") found.gaps.push(result.gap);
  if (!family.shell) return;
  for (const { parsed } of rules) {
    if (parsed.kind === "command" && outranksWildcards(parsed.pattern) && parsed.pattern.kind === "exact") {
      found.extra.push(family.call(parsed.pattern.text));
    }
  }
  if (list === "allow" && result.kind === "none") blanket(family, inside, outside, found, budget);
}

/** A blanket allow rule vouches for more than any union of others. */
function blanket(
  family: Family,
  inside: Piece[][],
  [allowing, holding]: { patterns: Piece[][]; prelude?: Prelude }[],
  found: Gaps,
  budget: Budget,
): void {
  const isEverything = ([piece]: Piece[]) => piece?.kind === "many" && piece.of.key === "any";
  const everything = (patterns: Piece[][]) => patterns.some((one) => one.length === 1 && isEverything(one));
  if (!everything(inside) || everything(allowing!.patterns)) return;
  const result = findGap(family, [automatonOf({ patterns: inside })], automatonOf(holding!), budget);
  if (result.kind === "none") return;
  found.extra.push(family.call("echo $(whoami)"), family.call("sleep 1 &"));
  found.reasons.push(`a blanket rule for ${family.name} covers more than any rules with a prefix`);
}

function mayMatch({ list, parsed }: ListedRule): boolean {
  return list !== "allow" || parsed.kind !== "command" || !approvesNothing(parsed.pattern);
}

/** An exact deny rule also sees the command with words behind it that expand to nothing. */
function withExpansions(
  family: Family,
  list: RuleList,
  rules: readonly ListedRule[],
  patterns: Piece[][],
): Piece[][] {
  if (list === "allow" || family.name !== "Bash") return patterns;
  const exact = rules.flatMap(({ parsed }) =>
    parsed.kind === "command" && parsed.tool === "Bash" && parsed.pattern.kind === "exact"
      ? [parsed.pattern.text]
      : [],
  );
  return [...patterns, ...exact.map((text): Piece[] => [{ kind: "text", text: `${text} $x` }])];
}

function modelled(family: Family, rules: readonly ListedRule[], context: Context, found?: Gaps): Piece[][] {
  return rules.flatMap((rule) => {
    const patterns = patternsOf(family, [rule], context);
    if (patterns !== "unmodelled") return patterns;
    found?.reasons.push(`the pattern of ${rule.text} is not modelled`);
    return [];
  });
}

/** Rules whose calls are not told apart by a text: unknown forms and parameters. */
function beyondText(rule: ListedRule, others: readonly ListedRule[], found: Gaps): void {
  const { parsed, text } = rule;
  if (parsed.kind === "unknown") found.reasons.push(`it is not known what ${text} matches: ${parsed.reason}`);
  if (parsed.kind !== "parameter") return;
  const covered = others.some(
    (other) =>
      other.list !== "allow" &&
      ((other.parsed.kind === "whole-tool" && other.parsed.tool === parsed.tool) ||
        (other.parsed.kind === "parameter" &&
          other.parsed.tool === parsed.tool &&
          other.parsed.parameter === parsed.parameter &&
          ["*", parsed.valuePattern].includes(other.parsed.valuePattern))),
  );
  if (covered) return;
  const value = parsed.valuePattern.replaceAll("*", "x");
  const named = parsed.parameter === "subagent_type" || parsed.parameter === "skill";
  if (named) found.extra.push({ tool: parsed.tool, argument: value });
  else
    found.extra.push({
      tool: parsed.tool,
      argument: "x",
      parameters: { [parsed.parameter]: value === "x" ? true : value },
    });
  found.reasons.push(`calls that ${text} matches could not be compared`);
}

/** A deny rule on a path also reaches Bash, and an ask rule does not. */
function fileAccess(
  rules: readonly ListedRule[],
  others: readonly ListedRule[],
  context: Context,
  budget: Budget,
  found: Gaps,
): void {
  for (const action of ["read", "edit"] as const) {
    const family = FAMILIES.find((one) => one.name === (action === "read" ? "Read" : "NotebookEdit"))!;
    const denies = (all: readonly ListedRule[]) =>
      all.filter(({ list, parsed }) => list === "deny" && parsed.kind === "path" && parsed.action === action);
    if (denies(rules).length === 0) continue;
    const inside = automatonOf({ patterns: modelled(family, denies(rules), context) });
    const outside = automatonOf({ patterns: modelled(family, denies(others), context) });
    const gap = findGap(family, [inside], outside, budget);
    if (gap.kind === "none") continue;
    const [word] = gap.kind === "gap" ? gap.gap.words : [];
    if (word !== undefined) {
      const path = family.call(word).argument;
      found.extra.push({ tool: "Bash", argument: action === "read" ? `cat ${path}` : `echo x > ${path}` });
    }
    found.reasons.push("a deny rule on a path also reaches Bash commands");
  }
}
