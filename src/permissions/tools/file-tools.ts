import type { Call } from "../../model/permission.ts";
import { isInWorkingDirectories, pathRule } from "../files/path-access.ts";
import { isAmbiguousPath, isProtectedPath } from "../files/protected-paths.ts";
import { absolutePath } from "../rules/paths.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import {
  approved,
  approvedBy,
  asked,
  blocked,
  checked,
  refused,
  runsByDefault,
  unsettled,
} from "../sets/outcome.ts";
import type { CompiledRule } from "../sets/rule-set.ts";
import { parameterRule, unknownRule, wholeToolRule } from "../sets/tool-rules.ts";
import type { DecisionResult } from "../types.ts";

export const READING_TOOLS = new Set(["Read", "Grep", "Glob", "LSP"]);
export const WRITING_TOOLS = new Set(["Write", "Edit", "MultiEdit", "NotebookEdit"]);

/** Read, Grep, Glob, LSP: `Read(path)` rules govern all of them. */
export function decideRead(set: CompiledSet, call: Call): DecisionResult {
  const { project, home } = set.surroundings;
  // The tools take spaces off the end.
  const path = absolutePath(call.argument.trimEnd(), project, home);
  const denied = ruleOn(set, "deny", call) ?? pathRule(set.deny, "read", path);
  if (denied !== null) return refused(denied);
  const inside = isInWorkingDirectories(set, path);
  if (set.blockReadsOutside && !inside) {
    return blocked("reads outside the working directories are blocked");
  }
  const askedBy = ruleOn(set, "ask", call) ?? pathRule(set.ask, "read", path);
  if (askedBy !== null) return asked(askedBy);
  if (set.mode === "bypassPermissions") return approvedBy("the mode bypassPermissions runs everything else");
  // An Edit rule on a path grants reading it too, unless edits of the path ask all the same.
  const whole = wholeOf(set, call.tool, inside);
  if (whole === null && isAmbiguousPath(path)) {
    return checked(`Windows would read ${path} as another file`);
  }
  const byEdit = isProtectedPath(path) ? null : pathRule(set.allow, "edit", path);
  const allowed = whole ?? pathRule(set.allow, "read", path) ?? byEdit;
  if (allowed !== null) return approved(allowed);
  if (inside) return runsByDefault("reads inside the working directories run without a rule");
  if (set.classifier !== null) return runsByDefault("reads run where a classifier judges what would ask");
  return unsettled(`${path} is outside the working directories and no rule covers it`);
}

/** Write, Edit, MultiEdit, NotebookEdit: `Edit(path)` rules govern all of them. */
export function decideWrite(set: CompiledSet, call: Call): DecisionResult {
  const { project, home } = set.surroundings;
  const path = absolutePath(call.argument.trimEnd(), project, home);
  const denied = ruleOn(set, "deny", call) ?? pathRule(set.deny, "edit", path);
  if (denied !== null) return refused(denied);
  const unreadable = readDeny(set, call, path);
  if (unreadable !== null) return refused(unreadable);
  const inside = isInWorkingDirectories(set, path);
  if (set.blockWritesOutside && !inside) {
    return blocked("writes outside the working directories are blocked");
  }
  const askedBy = ruleOn(set, "ask", call) ?? pathRule(set.ask, "edit", path);
  if (askedBy !== null) return asked(askedBy);
  if (set.mode === "bypassPermissions") return approvedBy("the mode bypassPermissions runs everything else");
  if (isAmbiguousPath(path)) return checked(`Windows would read ${path} as another file`);
  if (isProtectedPath(path)) return checked(`writes to the protected path ${path} always ask`);
  if (set.plans) return checked("plan mode holds edits for a person", "held");
  const allowed = wholeOf(set, call.tool, inside) ?? pathRule(set.allow, "edit", path);
  if (allowed !== null) return approved(allowed);
  if (set.mode === "acceptEdits") {
    return inside
      ? approvedBy("the mode runs edits in the working directories")
      : checked(`the mode does not reach ${path}, outside the working directories`);
  }
  return unsettled(`no rule covers writing ${path}`);
}

/** Since 2.1.208 a Read deny also keeps Edit and Write from the path, in every mode. */
function readDeny(set: CompiledSet, call: Call, path: string): CompiledRule | null {
  if (set.client === "2.1.197" || call.tool === "NotebookEdit") return null;
  const whole = set.deny.wholeTools.get("Read") ?? wholeToolRule(set.deny, "Read");
  return whole ?? pathRule(set.deny, "read", path);
}

function ruleOn(set: CompiledSet, list: "deny" | "ask", call: Call): CompiledRule | null {
  return (
    wholeToolRule(set[list], call.tool) ?? parameterRule(set[list], call) ?? unknownRule(set[list], call.tool)
  );
}

function wholeOf(set: CompiledSet, tool: string, inside: boolean): CompiledRule | null {
  const whole = set.allow.wholeTools.get(tool);
  if (whole === undefined || (whole.parsed.inside === true && !inside)) return null;
  return whole;
}
