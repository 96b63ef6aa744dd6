import type { Call } from "../../../src/model/permission.ts";
import { inScope, projectRules, SETTINGS_SCOPES } from "../scenario.ts";
import type { Drawn } from "./command-scenarios.ts";
import { fileRule } from "./file-commands.ts";
import { anyPath, moreDirectories, pathEdit, pathOf } from "./paths.ts";
import type { Random } from "./random.ts";
import { mixedLists, rulesOf } from "./rule-mix.ts";

/** The path that a rule speaks of; null for rules without one. */
function patternIn(rule: string): string | null {
  return /^[A-Za-z]+\((.+)\)$/.exec(rule)?.[1] ?? null;
}

export function pathsNear(random: Random, rules: readonly string[]): () => string {
  const patterns = rules.flatMap((rule) => patternIn(rule) ?? []);
  return () =>
    patterns.length === 0 || random.chance(0.25)
      ? anyPath(random)
      : pathEdit(random, pathOf(random, random.pick(patterns)));
}

const PATH_CALLS = {
  "read paths": ["Read"],
  "edit paths": ["Write", "Write", "Edit"],
} as const;
const PATH_RULES = {
  "read paths": ["Read", "Read", "Read", "Edit", "Grep", "Glob", "Write"],
  "edit paths": ["Edit", "Edit", "Edit", "Read", "Write", "NotebookEdit", "MultiEdit"],
} as const;

/** Read, or the tools that write, under rules about paths. Every writing call has a path of its own. */
export function drawPaths(category: keyof typeof PATH_CALLS, random: Random, calls: number): Drawn {
  const make = (): string => fileRule(random, random.pick(PATH_RULES[category]));
  const main = category === "read paths" ? "Read" : "Edit";
  const lists = mixedLists(random, make, () => random.pick([main, `${main}(**)`, `${main}(//**)`, "Write"]));
  const path = pathsNear(random, rulesOf(lists));
  const scope = random.chance(0.3) ? random.pick(SETTINGS_SCOPES) : "project";
  return {
    rules: inScope(projectRules(lists, moreDirectories(random)), scope),
    calls: Array.from({ length: calls }, () =>
      category === "edit paths" && random.chance(0.15)
        ? notebookCall(random, path())
        : { tool: random.pick(PATH_CALLS[category]), argument: path() },
    ),
  };
}

/** Notebooks are only edited where one stands and can be read: in the project. */
function notebookCall(random: Random, path: string): Call {
  const inside = path.startsWith("/home/u/proj/")
    ? path
    : `/home/u/proj/${random.pick(["src", "docs", "a"])}/n`;
  return { tool: "NotebookEdit", argument: `${inside}.ipynb` };
}
