import type { RuleList } from "../../model/permission.ts";
import { parseRule, type RuleOptions } from "../rules/rule.ts";
import type { CommandPattern, ParsedRule } from "../types.ts";
import { HARMLESS_SUBCOMMANDS, LAUNCHERS } from "./launcher-catalogue.ts";

export interface ArbitraryCode {
  /** The program behind which code hides: `python3`, `git`, `*` for any. */
  program: string;
  category: string;
}

/**
 * The launcher that an allow rule approves with arguments of the caller's choice, so that the rule equals a blanket
 * `Bash` (reference, section 7); null for rules that do not. Exact rules approve one fixed command and are no launchers.
 */
export function arbitraryCodeBehind(
  text: string,
  list: RuleList,
  options: RuleOptions,
): ArbitraryCode | null {
  if (list !== "allow") return null;
  return arbitraryCodeOf(parseRule(text, list, options));
}

function arbitraryCodeOf(rule: ParsedRule): ArbitraryCode | null {
  switch (rule.kind) {
    case "whole-tool":
      return ["Bash", "PowerShell", "Monitor"].includes(rule.tool)
        ? { program: "*", category: "everything" }
        : null;
    case "command":
      if (rule.pattern.kind === "exact") return null;
      return rule.tool === "PowerShell" ? powerShellCode(rule.pattern) : commandCode(rule.pattern);
    default:
      return null;
  }
}

type Glob = Extract<CommandPattern, { kind: "glob" }>;

function commandCode(pattern: Glob): ArbitraryCode | null {
  const head = pattern.parts[0]!.trimStart();
  const words = head.split(/\s+/).filter((word) => word !== "");
  // The wildcard stands in the program's own name: `* --version`, `ba*`, `npm*` (which is more than npm).
  if (words.length === 0) return { program: "*", category: "everything" };
  const nameIsOpen = words.length === 1 && !/\s$/.test(head);
  if (nameIsOpen) return openName(words[0]!);
  const start = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  if (start < 0) return { program: "*", category: "everything" };
  const program = words[start]!.slice(words[start]!.lastIndexOf("/") + 1);
  const launcher = LAUNCHERS.get(program);
  if (launcher === undefined) return null;
  const rest = words.slice(start + 1).join(" ");
  const complete = /\s$/.test(head);
  if (isHarmless(program, rest, complete)) return null;
  if (
    launcher.when !== undefined &&
    rest !== "" &&
    !launcher.when.some((form) => overlaps(form, rest, complete))
  ) {
    return null;
  }
  return { program, category: launcher.category };
}

/** `python*` reaches python3; `ls*` reaches no launcher. */
function openName(prefix: string): ArbitraryCode | null {
  if (LAUNCHERS.has(prefix)) return { program: prefix, category: LAUNCHERS.get(prefix)!.category };
  for (const [program, launcher] of LAUNCHERS) {
    if (program.startsWith(prefix)) return { program, category: launcher.category };
  }
  return null;
}

function isHarmless(program: string, rest: string, complete: boolean): boolean {
  const harmless = Object.hasOwn(HARMLESS_SUBCOMMANDS, program) ? HARMLESS_SUBCOMMANDS[program]! : [];
  return harmless.some((form) => (rest === form ? complete : rest.startsWith(`${form} `)));
}

/** May the rest of the command, continued by the wildcard, be the subcommand? */
function overlaps(form: string, rest: string, complete: boolean): boolean {
  if (rest === form || rest.startsWith(`${form} `)) return true;
  return complete ? form.startsWith(`${rest} `) : form.startsWith(rest);
}

function powerShellCode(pattern: Glob): ArbitraryCode | null {
  const name = pattern.parts[0]!.trim().split(/\s+/)[0]!.toLowerCase();
  if (name === "") return { program: "*", category: "everything" };
  const code = ["iex", "invoke-expression", "start-process", "invoke-command", "pwsh", "powershell", "cmd"];
  if (code.includes(name)) return { program: name, category: "shell" };
  const launcher = LAUNCHERS.get(name);
  return launcher === undefined ? null : { program: name, category: launcher.category };
}
