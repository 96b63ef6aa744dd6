import type { ClientVersion } from "../../model/semantics.ts";
import { CODE_BUILTINS, EXEC_WRAPPERS, SHELL_CHANGERS } from "../client-facts/unanalysed.ts";
import { ALTERING_VARIABLES, COMPUTED_VARIABLES, HARMLESS_VARIABLES } from "../client-facts/variables.ts";
import { innermost, unknownProgram } from "../commands/innermost-command.ts";
import type { ShellWord } from "../shell/command-line.ts";
import { baseName } from "../shell/command-text.ts";

/**
 * Why the client asks about a command although a rule with a wildcard covers it: a builtin that runs text or changes
 * the shell, a program that starts its arguments, flags of wrappers that it does not know. null: nothing of the kind.
 * Looked for behind the wrappers that allow rules see through, and behind `env`; not behind `sudo`.
 */
export function unanalysedUse(words: readonly ShellWord[], client: ClientVersion): string | null {
  const found = innermost(words);
  const { at, asShell, unclear } = found;
  const unknown = unclear ?? unknownProgram(words, found, client);
  if (unknown !== null) return unknown;
  const inner = words.slice(at);
  const values = inner.map((word) => word.value);
  if (values.length === 0) return null;
  return unanalysedCommand(values, asShell, client) ?? (asShell ? oddOperand(inner, client) : null);
}

const NAME = /^(?:[A-Za-z_]\w*|\d+)$/;

/** A builtin that is given something else than a plain name, or a wildcard where the shell could put in another test. */
function oddOperand([first, ...rest]: readonly ShellWord[], client: ClientVersion): string | null {
  const name = first!.value;
  if (client === "2.1.197" && name !== "unset") return null;
  const operands = rest.filter(({ value }) => !/^[-+]./.test(value));
  if (TAKES_NAMES.has(name) && isOptionBehindName(rest)) return notPlain(name);
  switch (name) {
    case "test":
    case "[":
      return rest.some((word) => word.glob) ? WILDCARD : null;
    case "printf":
      return operands[0]?.glob === true ? WILDCARD : null;
    case "declare":
    case "typeset":
    case "local":
      return operands.every(({ value }) => NAME.test(nameIn(value))) ? null : notPlain(name);
    case "export":
    case "readonly":
    case "unset":
      if (rest.some(({ raw }) => /^[\w]*\\/.test(raw))) return notPlain(name);
      return operands.every(({ value, quoted }) => (quoted && value !== "") || isName(nameIn(value)))
        ? null
        : notPlain(name);
    default:
      return null;
  }
}

const TAKES_NAMES: ReadonlySet<string> = new Set([
  "declare",
  "typeset",
  "local",
  "export",
  "readonly",
  "unset",
]);

/** `declare a -r`: shells differ in what they make of it. */
function isOptionBehindName(operands: readonly ShellWord[]): boolean {
  const first = operands.findIndex(({ value }) => !/^[-+]/.test(value));
  return first >= 0 && operands.slice(first).some(({ value }) => value.startsWith("-"));
}

const WILDCARD = "a wildcard could change what this command does before it runs";

function notPlain(builtin: string): string {
  return `'${builtin}' with something else than a plain name can't be checked before it runs`;
}

function nameIn(value: string): string {
  return value.replace(/\+?=.*$/s, "");
}

function isName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text);
}

/** Declarations that newer clients cannot read at all, so that nothing else of the line is looked at either. */
export function isUnreadDeclaration(words: readonly ShellWord[]): boolean {
  const [name, ...rest] = words.map((word) => word.value);
  if (name === "unset") return rest.some((value) => value.includes("["));
  return DECLARERS.has(name ?? "") && rest.some((value) => /^[-+][a-zA-Z]*[niaAEFLRZlu]/.test(value));
}

/** `asShell`: only `command` and its like stand in front, so that the shell's own builtin would run. */
function unanalysedCommand(
  values: readonly string[],
  asShell: boolean,
  client: ClientVersion,
): string | null {
  const [name, ...rest] = values as [string, ...string[]];
  if (CODE_BUILTINS.has(name) || runsByFlag(name, rest)) return `'${name}' evaluates arguments as shell code`;
  if (SHELL_CHANGERS[client].has(name)) return `the builtin '${name}' can get round the client's checks`;
  const program = client === "2.1.330" ? baseName(name) : name;
  if (EXEC_WRAPPERS.has(program) && rest.length > 0) {
    return `what '${program}' starts can't be checked before it runs`;
  }
  if (computes(name, rest, client) || (asShell && setsVariable(name, rest, client))) {
    return "a variable set in this command can't be checked before it runs";
  }
  return null;
}

function runsByFlag(name: string, rest: readonly string[]): boolean {
  switch (name) {
    case "compgen":
      return rest.some((value) => /^-[CFW]/.test(value));
    case "fc":
      return rest.some((value) => value.startsWith("-e"));
    case "jobs":
      return rest.some((value) => value.startsWith("-") && value.includes("x"));
    default:
      return false;
  }
}

const DECLARERS = new Set(["declare", "typeset", "local", "export"]);

/** Builtins that compute with a value or name an element: the shell would expand what stands there. */
function computes(name: string, rest: readonly string[], client: ClientVersion): boolean {
  if (name === "integer" || name === "float") return rest.length > 0;
  if (name === "read" || name === "printf" || name === "unset") {
    const named = name === "printf" ? rest.slice(rest[0] === "-v" ? 1 : 0, rest[0] === "-v" ? 2 : 0) : rest;
    return named.some((value) => value.includes("["));
  }
  if (name === "export") {
    if (rest.some((value) => /^-[a-zA-Z]*[iEF]/.test(value))) return true;
    // Newer clients do not know what a shell would set: `export -n X=1`.
    const flagged = client === "2.1.330" && rest.some((value) => /^[-+]./.test(value) && value !== "--");
    return flagged && rest.some((value) => value.includes("="));
  }
  const flag = client === "2.1.330" ? /^[-+][a-zA-Z]*[niaAEFLRZlu]/ : /^[-+][a-zA-Z]*[niaAEF]/;
  if (name === "readonly") {
    if (client === "2.1.197") return rest.some((value) => /^[-+][a-zA-Z]*[iEF]/.test(value));
    return rest.some((value) => flag.test(value.replace(/a/g, "")) || value === "-r");
  }
  return DECLARERS.has(name) && rest.some((value) => flag.test(value));
}

const DECLARES = new Set(["readonly", "declare", "typeset", "local"]);

/** Builtins that give a variable a value, or take it away, so that what follows may mean something else. */
function setsVariable(name: string, rest: readonly string[], client: ClientVersion): boolean {
  if (DECLARES.has(name)) {
    return client === "2.1.330" && rest.some((value) => /^[A-Za-z_]\w*\+?=/.test(value));
  }
  const targets = assignedNames(name, rest);
  if (targets.some((target) => ALTERING_VARIABLES.has(target) || COMPUTED_VARIABLES.has(target))) return true;
  if (name === "unset") return targets.includes("PS4") || rest.includes("-n");
  return client === "2.1.330" && targets.some((target) => !HARMLESS_VARIABLES.has(target));
}

/** Does it set a variable, beside which nothing counts as only reading: `read l; sort`? */
export function setsNamedVariable(words: readonly ShellWord[]): boolean {
  const [name = "", ...rest] = words.map((word) => word.value);
  return name !== "unset" && assignedNames(name, rest).length > 0;
}

/** `read x`: a question that newer clients ask about the variable, and not about the line. */
export function setsPlainVariable(words: readonly ShellWord[]): boolean {
  const [name = "", ...rest] = words.map((word) => word.value);
  if (!/^(?:read|printf|getopts|wait)$/.test(name) || computes(name, rest, "2.1.330")) return false;
  const targets = assignedNames(name, rest);
  return (
    targets.length > 0 &&
    !targets.some((target) => ALTERING_VARIABLES.has(target) || COMPUTED_VARIABLES.has(target))
  );
}

/** The variables that a use of a builtin sets. */
function assignedNames(name: string, rest: readonly string[]): readonly string[] {
  switch (name) {
    case "read":
      return namesRead(rest);
    case "unset":
      return rest.includes("-f") ? [] : rest.filter((value) => !value.startsWith("-"));
    case "printf":
      return rest[0] === "-v" ? rest.slice(1, 2) : [/^-v(.+)/s.exec(rest[0] ?? "")?.[1] ?? []].flat();
    case "wait":
      return rest.flatMap((value, at) => {
        const [, joined] = /^-[a-zA-Z]*p(.*)$/s.exec(value) ?? [];
        return joined === undefined ? [] : joined === "" ? rest.slice(at + 1, at + 2) : [joined];
      });
    case "getopts":
      return rest.slice(1, 2);
    default:
      return [];
  }
}

/** `read -r x`, `read -a x`; the value of `-p`, `-t` and the like is no name. */
function namesRead(rest: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const value = rest[at]!;
    if (!value.startsWith("-")) names.push(value);
    else if (/^-[a-zA-Z]*a./.test(value)) names.push(value.replace(/^-[a-zA-Z]*?a/, ""));
    else if (/^-[a-zA-Z]*[dinNptu]$/.test(value)) at += 1;
  }
  return names;
}
