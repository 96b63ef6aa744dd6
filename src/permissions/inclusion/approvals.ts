import type { Piece } from "./automaton.ts";
import {
  approvesNothing,
  commandPieces,
  lookThroughSurely,
  lookThroughWidely,
  stripWidely,
} from "./commands.ts";
import type { Family } from "./families.ts";
import { type Language, type ListedRule, languageOf, type Prelude } from "./rule-language.ts";
import type { Grant, Side } from "./side.ts";

const WORKING_FILE_COMMANDS = ["mkdir", "touch", "rm", "rmdir", "mv", "cp", "sed"];
const EDITING_TOOLS = new Set(["Edit", "Write", "NotebookEdit"]);
const READING_TOOLS = new Set(["Read", "Grep", "Glob"]);
/** Run without a prompt by default (reference, section 1.10). */
const UNASKED_TOOLS =
  "CronCreate ScheduleWakeup TaskCreate SendMessage ListAgents ToolSearch EnterPlanMode".split(" ");

/** What these allow rules approve in the family. */
export function approvedByRules(family: Family, rules: readonly ListedRule[], side: Side): Language {
  if (EDITING_TOOLS.has(family.name) && side.set.mode === "plan") return { patterns: [], unmodelled: [] };
  return languageOf(
    family,
    rules.filter(({ parsed }) => parsed.kind !== "command" || !approvesNothing(parsed.pattern)),
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
  return READING_TOOLS.has(family.name) ? side.context.directoryPatterns : [];
}

/** What the product may run without any rule: where a lifted deny may let something through. */
export function perhapsApprovedByDefault(family: Family, side: Side): Piece[][] {
  switch (family.name) {
    case "Bash":
    case "Skill":
    case "Agent":
      return [family.everything];
    case "tool":
      return UNASKED_TOOLS.map((tool) => [{ kind: "text", text: tool }]);
    default:
      return approvedByDefault(family, side);
  }
}

/** Ask and deny rules that hold in the family on this side. */
export function holding(family: Family, side: Side): ListedRule[] {
  const lifted = family.name === "Bash" && side.grants.has("sandboxed-bash");
  if (!lifted) return [...side.held];
  return side.held.filter((rule) => rule.list !== "ask" || rule.parsed.kind !== "whole-tool");
}

export interface Preludes {
  surely?: { prelude: Prelude };
  widely?: { prelude: Prelude };
  stripped?: { prelude: Prelude };
}

/** What may stand in front of a command for the rules of each list; nothing outside shells. */
export function preludesOf(family: Family): Preludes {
  if (!family.shell) return {};
  return {
    surely: { prelude: lookThroughSurely },
    widely: { prelude: lookThroughWidely },
    stripped: { prelude: stripWidely },
  };
}
