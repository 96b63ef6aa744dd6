import type { ClientVersion } from "../../model/semantics.ts";
import { SUSPENDED_PROGRAMS, SUSPENDED_SUBCOMMANDS, SUSPENDED_TOOLS } from "../client-facts/classified.ts";
import type { CommandPattern, ParsedRule } from "../types.ts";

/** Allow rules that approve any code: while a classifier judges, the client sets them aside. */
export function isSuspended(rule: ParsedRule, client: ClientVersion): boolean {
  switch (rule.kind) {
    case "whole-tool":
      return SUSPENDED_TOOLS.has(rule.tool);
    case "name":
      return rule.tool === "Agent";
    case "command":
      return rule.pattern.kind === "glob" && isSuspendedGlob(rule.pattern, client);
    default:
      return false;
  }
}

function isSuspendedGlob(
  { parts, bareForm }: Extract<CommandPattern, { kind: "glob" }>,
  client: ClientVersion,
): boolean {
  const newer = client !== "2.1.197";
  const head = parts[0]!.trim();
  // `*`, and to the newer client every rule that begins with a wildcard.
  if (head === "") return newer || parts.every((part) => part.trim() === "");
  const openName = !/\s$/.test(parts[0]!);
  // The older client takes only a wildcard at the end for one.
  if (!newer && parts.length > 2) return false;
  if (!newer && !(bareForm || parts[1] === "")) return false;
  const programs = SUSPENDED_PROGRAMS[client];
  if (openName && !/\s/.test(head)) {
    return newer ? [...programs].some((program) => program.startsWith(head)) : programs.has(head);
  }
  const [program, ...rest] = head.split(/\s+/);
  if (SUSPENDED_SUBCOMMANDS.has(head)) return true;
  return programs.has(program!) && (rest.length === 0 || rest[0]!.startsWith("-"));
}
