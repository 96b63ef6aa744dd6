/** The three lists; deny beats ask beats allow, whatever is more specific. */
export const RULE_LISTS = ["allow", "ask", "deny"] as const;
export type RuleList = (typeof RULE_LISTS)[number];

export const PERMISSION_MODES = [
  "dontAsk",
  "plan",
  "default",
  "acceptEdits",
  "auto",
  "bypassPermissions",
] as const;
export type PermissionMode = (typeof PERMISSION_MODES)[number];

/** One concrete use of a tool, as the client would be asked for it. */
export interface Call {
  /** `Bash`, `Read`, `Write`, `Edit`, `WebFetch`, `Skill`, `Agent`, `mcp__server__tool`, … */
  tool: string;
  /** What the rule forms look at: the command line, the absolute or `~/` path, the URL, the name; "" for none. */
  argument: string;
  /** Further top-level scalar parameters (`run_in_background`), for parameter rules. */
  parameters?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * What happens to a call: `allow` a rule or the mode runs it unasked; `ask` a person is asked because a rule or
 * a check that no rule lifts says so; `deny` refused; `default` nothing settles it, the product's default applies.
 */
export type Decision = "allow" | "ask" | "deny" | "default";

/** `Bash(git push --force)`: how a call is written for people, and read back by `why`. */
export function formatCall(call: Call): string {
  const parameters = Object.entries(call.parameters ?? {}).map(([name, value]) => `, ${name}: ${value}`);
  return call.argument === "" && parameters.length === 0
    ? call.tool
    : `${call.tool}(${call.argument}${parameters.join("")})`;
}
