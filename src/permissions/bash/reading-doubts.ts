import type { CommandLine } from "../shell/command-line.ts";
import { beginsCommand } from "../shell/command-position.ts";
import { STATEMENT_BEHIND_ASSIGNMENT } from "../shell/other-reading.ts";

/**
 * Measured on 2.1.330: where a bracket that the shell would compute or substitute in never closes, the client cannot
 * rule out a removal of something critical, and asks in every mode, whatever the rules are. So it does where a statement
 * stands behind an assignment.
 */
export function mayBeReadOtherwise({ source, errors, commands, hazards }: CommandLine): boolean {
  const assigned = commands.some(
    ({ assignments, words }) => assignments.length > 0 && STATEMENTS.has(words[0]?.raw ?? ""),
  );
  if (assigned && errors.length > 0) return true;
  if (hazards.some((hazard) => hazard.kind === "structure" && hazard.what === STATEMENT_BEHIND_ASSIGNMENT))
    return true;
  if (errors.some((error) => /^unterminated (?:command substitution|parameter|arithmetic)/.test(error))) {
    return true;
  }
  const text = withoutQuotes(source);
  return hasBackquoteInside(text) || (!/<<|\[\[/.test(text) && hasOpenArithmetic(text));
}

const STATEMENTS = new Set(["for", "if", "while", "until", "case"]);

/** In a calculation, in the place of a command, or one that never closes; ``$(date -r `which x`)`` is read. */
function hasBackquoteInside(text: string): boolean {
  return /\$\((?:\([^)]*|\s*)`/.test(text) || /\$\([^)`]*`/.test(text.replace(/`[^`]*`/g, ""));
}

/** Text in single quotes, escaped characters and comments are blanked; so are brackets in double quotes. */
function withoutQuotes(source: string): string {
  return source.replace(/\\.|'[^']*'|"(?:[^"\\]|\\.)*"|(?<=^|\s)#[^\n]*/gs, (quoted) =>
    quoted.startsWith('"') ? quoted.replace(/(?<!\$)\(\(|"/g, " ") : " ".repeat(quoted.length),
  );
}

/** `((` that is no arithmetic: it stands behind a word, or something else than `))` closes it. */
function hasOpenArithmetic(text: string): boolean {
  for (let at = text.indexOf("(("); at >= 0; at = text.indexOf("((", at)) {
    const expanded = text[at - 1] === "$";
    if (!/[;&|\n]/.test(text.slice(at)) && beginsArray(text.slice(0, at))) {
      at += 2;
      continue;
    }
    if (!expanded && !beginsCommand(text.slice(0, at))) return true;
    const end = closing(text, at);
    if (end === null) return true;
    at = end;
  }
  return false;
}

/** `a=((b)`, and nothing behind it. */
function beginsArray(before: string): boolean {
  const [assigned] = /(?<![^\s;&|()])[A-Za-z_]\w*\+?=$/.exec(before) ?? [];
  return assigned !== undefined && beginsCommand(before.slice(0, -assigned.length));
}

/** Index behind the `))` that closes the `((` at `from`; null: there is none. */
function closing(text: string, from: number): number | null {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")") depth--;
    else continue;
    if (depth === 1 && text[at] === ")") return text[at + 1] === ")" ? at + 2 : null;
  }
  return null;
}
