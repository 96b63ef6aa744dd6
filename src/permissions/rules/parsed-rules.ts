import type { RuleList } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import type { ParsedRule } from "../types.ts";
import { parseRule } from "./rule.ts";

const parsedLists = new WeakMap<readonly string[], Map<string, ReadonlyMap<string, ParsedRule>>>();

/**
 * What each text of a list means there, in source order. Lists are never changed once made, so the comparison of sets
 * and the matcher that verifies its calls share what was parsed.
 */
export function parsedRules(
  texts: readonly string[],
  list: RuleList,
  client: ClientVersion,
): ReadonlyMap<string, ParsedRule> {
  const known = parsedLists.get(texts) ?? new Map<string, ReadonlyMap<string, ParsedRule>>();
  parsedLists.set(texts, known);
  const key = `${list} ${client}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const parsed = new Map<string, ParsedRule>();
  for (const text of texts) if (!parsed.has(text)) parsed.set(text, parseRule(text, list, { client }));
  known.set(key, parsed);
  return parsed;
}
