import type { PermissionRule } from "../model/context.ts";
import { RULE_LISTS, type RuleList } from "../model/permission.ts";
import { canonicalRule, matchesRule } from "../permissions/index.ts";
import { type Effect, gravest, NARROWS, undecided } from "./effect.ts";
import {
  effectBySample,
  effectOfAddedAllow,
  effectOfAddedGuard,
  effectOfRemovedAllow,
  effectOfRemovedGuard,
  isIncluded,
  type RuleEffect,
  type RuleSets,
} from "./rule-effects.ts";

/** A rule that came, went, or took another's place: one of the two is null when there is only one. */
export interface RuleDifference {
  list: RuleList;
  before: PermissionRule | null;
  after: PermissionRule | null;
  effect: RuleEffect;
}

/** Of more changed rules than this, only those are searched one by one that a first call does not settle. */
const SEARCHED_ONE_BY_ONE_MAX = 24;
const SEARCHED_ONE_BY_ONE_MIN = 4;
/** Rules that all searches of one list may look at together: one search looks at every rule of both sets. */
const RULES_SEARCHED_MAX = 20_000;
/** Of still more, even first calls are too many: deciding one looks at every rule. */
const SAMPLED_MAX = 1_000;
/** Of what narrows, the gravest call is looked for only when there is little of it: nobody has to act on it. */
const NARROWING_SEARCHED_MAX = 3;
const PAIRS_TRIED_MAX = 144;
const STEPS_FOR_ONE_MIN = 50_000;

/** Rules that differ by meaning: the same rule in another spelling, place or number is no difference. */
export function diffRuleLists(
  before: readonly PermissionRule[],
  after: readonly PermissionRule[],
  sets: RuleSets,
): RuleDifference[] {
  return RULE_LISTS.flatMap((list) => {
    const old = byCanonicalText(before, list, sets);
    const now = byCanonicalText(after, list, sets);
    const removed = [...old].filter(([text]) => !now.has(text)).map(([, rule]) => rule);
    const added = [...now].filter(([text]) => !old.has(text)).map(([, rule]) => rule);
    return paired(
      list,
      withEffects(list, "removed", removed, sets),
      withEffects(list, "added", added, sets),
      sets,
    );
  });
}

function byCanonicalText(
  rules: readonly PermissionRule[],
  list: RuleList,
  { search: { client } }: RuleSets,
): Map<string, PermissionRule> {
  const found = new Map<string, PermissionRule>();
  for (const rule of rules) {
    if (rule.list !== list) continue;
    const text = canonicalRule(rule.text, list, { client });
    if (!found.has(text)) found.set(text, rule);
  }
  return found;
}

interface Judged {
  rule: PermissionRule;
  effect: RuleEffect;
}

function withEffects(
  list: RuleList,
  kind: "added" | "removed",
  rules: readonly PermissionRule[],
  sets: RuleSets,
): Judged[] {
  if (rules.length === 0) return [];
  const texts = rules.map((rule) => rule.text);
  const together = texts.length > 1 ? effectOf(list, kind, texts, sets) : null;
  if (together?.direction === "neutral") {
    return rules.map((rule) => ({ rule, effect: negationEffect(rule.text) ?? together }));
  }
  const steps = Math.max(STEPS_FOR_ONE_MIN, Math.floor(sets.search.steps / texts.length));
  const one = texts.length > 1 ? { ...sets, search: { ...sets.search, steps } } : sets;
  const mayOnlyNarrow = (list === "allow") === (kind === "removed");
  const areMany = texts.length > (mayOnlyNarrow ? NARROWING_SEARCHED_MAX : SEARCHED_ONE_BY_ONE_MAX);
  const areSampled = areMany && texts.length <= SAMPLED_MAX;
  let searchesLeft = searchesFor(sets);
  return rules.map((rule) => {
    const settled =
      negationEffect(rule.text) ?? (areSampled ? effectBySample(list, kind, rule.text, sets) : null);
    if (settled !== null) return { rule, effect: settled };
    if (together !== null && searchesLeft === 0) {
      return { rule, effect: shareOf(together, rule.text, list, sets) };
    }
    searchesLeft--;
    return { rule, effect: effectOf(list, kind, [rule.text], one) };
  });
}

function searchesFor({ before, after }: RuleSets): number {
  const rules = [before, after].reduce(
    (sum, set) => sum + set.allow.length + set.ask.length + set.deny.length,
    0,
  );
  const affordable = Math.floor(RULES_SEARCHED_MAX / Math.max(1, rules));
  return Math.min(SEARCHED_ONE_BY_ONE_MAX, Math.max(SEARCHED_ONE_BY_ONE_MIN, affordable));
}

function effectOf(
  list: RuleList,
  kind: "added" | "removed",
  texts: readonly string[],
  sets: RuleSets,
): RuleEffect {
  if (list === "allow") {
    return kind === "added" ? effectOfAddedAllow(texts, sets) : effectOfRemovedAllow(texts, sets);
  }
  return kind === "added" ? effectOfAddedGuard(list, texts, sets) : effectOfRemovedGuard(list, texts, sets);
}

/** A negated pattern takes calls out of its own list, so that it acts against the list's direction. */
function negationEffect(text: string): Effect | null {
  return /^\s*\w+\(\s*!/.test(text)
    ? undecided("a negated pattern acts on the other rules of its list, which is not modelled")
    : null;
}

/** What is known of one rule when many were searched as one. */
function shareOf(together: RuleEffect, text: string, list: RuleList, { search }: RuleSets): RuleEffect {
  if (together.direction === "narrows") return NARROWS;
  if (
    together.call !== undefined &&
    matchesRule({ list, text }, together.call, { client: search.client }) === true
  ) {
    return together;
  }
  return undecided("too many rules changed to compare each of them");
}

/** A rule that went and one that came, of which one includes the other, are one rule that changed. */
function paired(
  list: RuleList,
  removed: readonly Judged[],
  added: readonly Judged[],
  { search }: RuleSets,
): RuleDifference[] {
  const left = [...removed];
  const mayPair = removed.length * added.length <= PAIRS_TRIED_MAX;
  const differences = added.map(({ rule, effect }): RuleDifference => {
    const index = mayPair
      ? left.findIndex((other) => isOneRule(list, other.rule.text, rule.text, search))
      : -1;
    if (index === -1) return { list, before: null, after: rule, effect };
    const [replaced] = left.splice(index, 1);
    return { list, before: replaced!.rule, after: rule, effect: together(replaced!.effect, effect) };
  });
  return [...differences, ...left.map(({ rule, effect }) => ({ list, before: rule, after: null, effect }))];
}

function isOneRule(list: RuleList, before: string, after: string, search: RuleSets["search"]): boolean {
  if (toolOf(before) !== toolOf(after)) return false;
  return isIncluded(list, before, after, search) || isIncluded(list, after, before, search);
}

function toolOf(text: string): string {
  return text.split("(", 1)[0]!;
}

function together(a: RuleEffect, b: RuleEffect): RuleEffect {
  const worst = gravest([a, b]);
  return worst === a ? a : worst === b ? b : worst;
}
