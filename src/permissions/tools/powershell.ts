import type { Call } from "../../model/permission.ts";
import { matchesCommandPattern } from "../rules/command-pattern.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import { approved, approvedBy, asked, refused, undecided, unsettled } from "../sets/outcome.ts";
import type { CompiledList, CompiledRule } from "../sets/rule-set.ts";
import { parameterRule, unknownRule, wholeToolRule } from "../sets/tool-rules.ts";
import type { CommandPattern, DecisionResult } from "../types.ts";

/** Common aliases of PowerShell (about_Aliases); rules and commands are compared by full names, without case. */
const ALIASES: Readonly<Record<string, string>> = {
  gci: "get-childitem",
  ls: "get-childitem",
  dir: "get-childitem",
  rm: "remove-item",
  ri: "remove-item",
  del: "remove-item",
  erase: "remove-item",
  rd: "remove-item",
  rmdir: "remove-item",
  gc: "get-content",
  cat: "get-content",
  type: "get-content",
  cp: "copy-item",
  copy: "copy-item",
  cpi: "copy-item",
  mv: "move-item",
  move: "move-item",
  mi: "move-item",
  ni: "new-item",
  md: "new-item",
  sc: "set-content",
  sl: "set-location",
  cd: "set-location",
  echo: "write-output",
  write: "write-output",
  iex: "invoke-expression",
  iwr: "invoke-webrequest",
  curl: "invoke-webrequest",
  wget: "invoke-webrequest",
  irm: "invoke-restmethod",
  saps: "start-process",
  start: "start-process",
  kill: "stop-process",
  spps: "stop-process",
  gps: "get-process",
  ps: "get-process",
  gl: "get-location",
  pwd: "get-location",
  select: "select-object",
  where: "where-object",
  foreach: "foreach-object",
};

/**
 * PowerShell is parsed as far as its separators go. Anything that may hold further commands (`$(…)`, `{…}`, `&`,
 * escapes) is undecided unless a deny or ask rule matches what is plain to see.
 */
export function decidePowerShell(set: CompiledSet, call: Call): DecisionResult {
  const commands = splitCommands(call.argument).map((command) => canonicalCommand(command));
  const whole = (list: CompiledList): CompiledRule | null =>
    wholeToolRule(list, "PowerShell") ?? (list.list === "allow" ? null : parameterRule(list, call));
  const anyOf = (list: CompiledList): CompiledRule | null =>
    whole(list) ??
    commands.map((command) => commandRule(list, command)).find((rule) => rule !== null) ??
    null;
  const denied = anyOf(set.deny);
  if (denied !== null) return refused(denied);
  const askedBy = anyOf(set.ask);
  if (askedBy !== null) return asked(askedBy);
  const narrowed = [set.deny, set.ask].some(
    (list) =>
      list.commands.some((rule) => rule.parsed.tool === "PowerShell") ||
      unknownRule(list, "PowerShell") !== null,
  );
  const opaque = /[`$&{}()@]/.test(call.argument);
  if (opaque && narrowed) return undecided("this PowerShell text may hold further commands");
  if (set.mode === "bypassPermissions") return approvedBy("the mode bypassPermissions runs everything else");
  const blanket = whole(set.allow);
  if (blanket !== null) return approved(blanket);
  const rules = commands.map((command) => commandRule(set.allow, command));
  const uncovered = rules.indexOf(null);
  if (opaque || commands.length === 0) return undecided("this PowerShell text is outside what is modelled");
  if (uncovered < 0) return approved(rules[0]!);
  // The built-in read-only set of PowerShell was not measured.
  return /^(?:get|test|select|where|measure|format|sort|write|resolve)-/.test(commands[uncovered]!)
    ? undecided("it is not known which PowerShell commands run without a rule")
    : unsettled(`no rule covers ${commands[uncovered]}`);
}

function commandRule(list: CompiledList, command: string): CompiledRule | null {
  return (
    list.commands.find(
      (rule) =>
        rule.parsed.tool === "PowerShell" &&
        matchesCommandPattern(canonicalPattern(rule.parsed.pattern), command),
    ) ?? null
  );
}

/** In lower case, with the full name of the command in front. */
export function canonicalPattern(pattern: CommandPattern): CommandPattern {
  if (pattern.kind === "exact") return { kind: "exact", text: canonicalCommand(pattern.text) };
  const [first, ...rest] = pattern.parts;
  const parts = [canonicalCommand(first ?? "", true), ...rest.map((part) => part.toLowerCase())];
  return { ...pattern, parts };
}

function canonicalCommand(text: string, keepEnd = false): string {
  const single = text.replace(/\s+/g, " ").toLowerCase();
  const trimmed = keepEnd ? single.trimStart() : single.trim();
  const [name] = /^[^ ]*/.exec(trimmed)!;
  return Object.hasOwn(ALIASES, name) ? ALIASES[name]! + trimmed.slice(name.length) : trimmed;
}

/** At `;`, `|`, `&&`, `||` and newlines outside quotes. */
function splitCommands(text: string): string[] {
  const commands = [""];
  let quote = "";
  for (const character of text) {
    if (quote === "" && /[;|&\n]/.test(character)) commands.push("");
    else commands[commands.length - 1] += character;
    if (quote === "" && /['"]/.test(character)) quote = character;
    else if (character === quote) quote = "";
  }
  return commands.filter((command) => command.trim() !== "");
}
