import type { Call } from "../../model/permission.ts";
import type { CommandFacts } from "../commands/command-facts.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import { approved } from "../sets/outcome.ts";
import type { CommandLine } from "../shell/command-line.ts";
import type { DecisionResult } from "../types.ts";
import { decideByParts } from "./bash-approval.ts";
import type { FileChecks } from "./bash-files.ts";
import { asksByRule, isReadAsText, namedSegments, ruleForLine } from "./named-lines.ts";

/** What is decided before ask rules are looked at, and the commands that they are not held against. */
export interface BeforeAsks {
  result: DecisionResult | null;
  answered: ReadonlyMap<CommandFacts, unknown>;
}

const NOTHING: BeforeAsks = { result: null, answered: new Map() };

/** A rule that names a line of several commands comes before the questions about them. */
export function decideBeforeAsks(
  set: CompiledSet,
  call: Call,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: FileChecks,
): BeforeAsks {
  const { checked } = files;
  if (set.ask.commands.length === 0 && checked === null) return NOTHING;
  const written = set.client === "2.1.197" && facts.some(writesFile);
  if ((checked?.critical === true || checked?.always === true) && !written) return NOTHING;
  if (!line.piped) {
    // Older clients compare what they give up with ask rules first.
    if (set.client === "2.1.197" && isReadAsText(set, line, facts)) return NOTHING;
    const rule = ruleForLine(set, line, facts, files);
    return rule === null ? NOTHING : { result: approved(rule), answered: new Map() };
  }
  if (checked !== null) return NOTHING;
  const answered = namedSegments(set, line, facts, files);
  if (set.client === "2.1.197") return { result: null, answered };
  // Newer clients read what stands between pipes by itself, and are done where all of it runs.
  if (facts.some((fact) => !answered.has(fact) && asksByRule(set, fact))) return NOTHING;
  const result = decideByParts(set, call, line, facts, files);
  return result.runs === true ? { result, answered } : NOTHING;
}

/** Measured: in a line that writes a file older clients come to the rule for it before any removal in it. */
function writesFile({ command }: CommandFacts): boolean {
  return command.redirects.some(
    ({ direction, target }) => direction === "write" && target !== null && target.value !== "/dev/null",
  );
}
