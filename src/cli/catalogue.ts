import { WAIVER_RULES } from "../constraints/waiver-docs.ts";
import { CONSTRAINT_RULES } from "../constraints/weakening-docs.ts";
import { compareText } from "../model/order.ts";
import { RULES } from "../rules/index.ts";
import type { Rule } from "../rules/rule.ts";

/** What `rules` lists and `explain` shows: every id of ours that a finding can carry. */
export type CatalogueEntry = Pick<Rule, "id" | "severity" | "docs">;

export const CATALOGUE: readonly CatalogueEntry[] = [...RULES, ...CONSTRAINT_RULES, ...WAIVER_RULES].toSorted(
  (a, b) => compareText(a.id, b.id),
);
