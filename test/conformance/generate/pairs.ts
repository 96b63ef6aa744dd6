import { RULE_LISTS, type RuleList } from "../../../src/model/permission.ts";
import type { Pair } from "../pairs.ts";
import type { Lists } from "../scenario.ts";
import { commandRule, WHOLE_BASH } from "./command-rules.ts";
import { plainCommand } from "./commands.ts";
import { independentCalls } from "./independent-calls.ts";
import { anyRule, mixedCalls } from "./mixed-calls.ts";
import { Random } from "./random.ts";
import { mixedLists, rulesOf } from "./rule-mix.ts";

const CALLS = 50;

/** Pairs of rule sets: most differ by one small edit, some have little to do with each other. */
export function generatePairs(seed: string, count: number): Pair[] {
  return Array.from({ length: count }, (_, index) => generatePair(new Random(`${seed}/pairs/${index}`)));
}

function generatePair(random: Random): Pair {
  const commands = [plainCommand(random), plainCommand(random)];
  const rule = (): string => anyRule(random, () => commandRule(random, random.pick(commands)));
  const fresh = (): Lists =>
    mixedLists(random, rule, () => random.pick([...WHOLE_BASH, "Bash", "Edit", "Write", "Read"]));
  const before = fresh();
  const after = random.chance(0.12) ? fresh() : edited(random, before, rule);
  const rules = [...new Set([...rulesOf(before), ...rulesOf(after)])];
  const changed = rules.filter((text) => rulesOf(before).includes(text) !== rulesOf(after).includes(text));
  const calls = [
    ...mixedCalls(random, changed.length === 0 ? rules : changed, commands, CALLS / 2),
    ...mixedCalls(random, rules, commands, CALLS / 2),
  ];
  return { before, after, calls: independentCalls(calls) };
}

type Lists3 = Record<RuleList, readonly string[]>;

/** One edit as people make them; now and then two. */
function edited(random: Random, lists: Lists, rule: () => string): Lists {
  const whole: Lists3 = { allow: lists.allow ?? [], ask: lists.ask ?? [], deny: lists.deny ?? [] };
  const once = edit(random, whole, rule);
  return random.chance(0.2) ? edit(random, once, rule) : once;
}

function edit(random: Random, lists: Lists3, rule: () => string): Lists3 {
  const filled = RULE_LISTS.filter((list) => lists[list].length > 0);
  const list = filled.length === 0 ? random.pick(RULE_LISTS) : random.pick(filled);
  const at = random.integer(0, Math.max(0, lists[list].length - 1));
  const text = lists[list][at];
  if (text === undefined) return { ...lists, [list]: [rule()] };
  const replaced = (by: readonly string[]): Lists3 => ({
    ...lists,
    [list]: [...lists[list].slice(0, at), ...by, ...lists[list].slice(at + 1)],
  });
  return random.weighted<Lists3>(
    [3, () => replaced([])],
    [3, () => replaced([text, rule()])],
    [2, () => replaced([rule()])],
    [4, () => replaced([respelled(random, text)])],
    [4, () => replaced([narrowed(text)])],
    [3, () => replaced([widened(text)])],
    [2, () => moved(random, lists, list, at)],
    [1, () => ({ ...lists, [list]: [...lists[list]].reverse() })],
    [1, () => ({ ...lists, deny: [...lists.deny, rule()] })],
    [1, () => ({ ...lists, ask: [...lists.ask, rule()] })],
  );
}

/** The same to the eye; not always to the client. */
function respelled(random: Random, rule: string): string {
  return random.pick([
    rule.replace(/:\*\)$/, " *)"),
    rule.replace(/ \*\)$/, ":*)"),
    rule.replace(/\(\s*/, "( ").replace(/\s*\)$/, " )"),
    rule.replace(/ \*\)$/, "*)"),
    rule.replace(/\((?!\.?\/)/, "(./"),
    rule.replace(/^(?:Read|Edit)\(\//, (start) => start.slice(0, -1)),
    rule.replace(/\*\*\/\*\)$/, "**)"),
    rule.replace(/^Task/, "Agent"),
    rule.replace(/__\*$/, ""),
    rule.replace(/ /, "  "),
    rule,
  ]);
}

function narrowed(rule: string): string {
  return rule.replace(/ ?:?\*\)$/, " x)").replace(/\*\*/, "*");
}

function widened(rule: string): string {
  return /\*\)$/.test(rule) ? rule.replace(/ \S+ ?:?\*\)$/, " *)") : rule.replace(/\)$/, " *)");
}

function moved(random: Random, lists: Lists3, from: RuleList, at: number): Lists3 {
  const to = random.pick(RULE_LISTS.filter((list) => list !== from));
  return {
    ...lists,
    [from]: lists[from].filter((_, index) => index !== at),
    [to]: [...lists[to], lists[from][at]!],
  };
}
