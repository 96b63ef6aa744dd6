import type { Severity } from "../model/finding.ts";
import { RULES } from "../rules/index.ts";

/** What `rules` lists and `explain` shows: every id that a finding of ours can carry. */
export interface CatalogueEntry {
  id: string;
  severity: Severity;
  docs: { what: string; why: string; example: string; instead: string };
}

export const CATALOGUE: readonly CatalogueEntry[] = RULES;
