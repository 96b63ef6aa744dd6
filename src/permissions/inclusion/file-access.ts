import type { Call } from "../../model/permission.ts";
import { FAMILIES } from "./families.ts";
import { findGap } from "./gap.ts";
import { automatonOf, type ListedRule, languageOf } from "./rule-language.ts";
import type { Searches } from "./searches.ts";

/** Paths that no quoting of the shell changes. */
const PLAIN_PATH = /^[\w./~+@-]+$/;
const PATHS_TRIED = 8;

/**
 * Bash commands that read or write what the deny rules on paths of `rules` protect and those of `others` do not
 * (reference, section 1.7, "Bash reach"). Empty: the others protect all of it.
 */
export function deniedPaths(
  rules: readonly ListedRule[],
  others: readonly ListedRule[],
  searches: Searches,
): Call[] {
  return (["read", "edit"] as const).flatMap((action) => {
    // NotebookEdit is the tool that only deny rules on edits speak about.
    const family = FAMILIES.find(({ name }) => name === (action === "read" ? "Read" : "NotebookEdit"))!;
    const denies = (all: readonly ListedRule[]) =>
      all.filter(({ list, parsed }) => list === "deny" && parsed.kind === "path" && parsed.action === action);
    const gone = languageOf(family, denies(rules));
    if (gone.patterns.length === 0) return [];
    const left = languageOf(family, denies(others));
    const gap = findGap(family, [automatonOf(gone)], automatonOf(left), searches.budget);
    if (gap.kind === "none") return [];
    const paths = gap.kind === "gap" ? gap.gap.words.map((word) => family.call(word).argument) : ["x"];
    return paths
      .flatMap((path) => (path.endsWith("/") ? [`${path}x`] : [path, `${path}/x`]))
      .filter((path) => PLAIN_PATH.test(path))
      .slice(0, PATHS_TRIED)
      .flatMap((path) => commandsOn(action, path).map((argument) => ({ tool: "Bash", argument })));
  });
}

function commandsOn(action: "read" | "edit", path: string): string[] {
  return action === "read"
    ? [`cat ${path}`]
    : [`echo x > ${path}`, `cp x ${path}`, `mkdir -p ${path}`, `touch ${path}`];
}
