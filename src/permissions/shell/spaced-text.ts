import type { Statement, SyntaxNode } from "unbash";
import { heredocOf, joinedValue, swallowedFrom, withoutSpans, wordStart } from "./command-nodes.ts";

/**
 * A line as both clients write it out again: its commands and statements as typed but without redirections and
 * comments, spaces around the operators between them, and one space where a line ended. What stands inside a statement,
 * a group or a substitution is left as it is. Measured with deny `Bash(touch a ; b *)` and `touch a;b c`.
 */
export function spacedText(source: string, statements: readonly Statement[]): string {
  let text = "";
  let from = 0;
  for (const [index, { pos, command }] of statements.entries()) {
    // What stands behind a heredoc in the line that it starts in is lost.
    if (pos < from) continue;
    from = Math.max(command.end, closingOf(command));
    const next = statements.slice(index + 1).find((other) => other.pos >= from)?.pos ?? source.length;
    text += textWithoutRedirections(source, command) + separator(source.slice(from, next));
  }
  return text.trim();
}

/** What stands between two commands of a list; a comment is nothing. */
function separator(between: string): string {
  const [operator = ""] = /[;&]/.exec(between.replace(/#[^\n]*/g, "")) ?? [];
  return operator === "" ? " " : ` ${operator} `;
}

export function textWithoutRedirections(source: string, node: SyntaxNode): string {
  switch (node.type) {
    case "AndOr":
      return withOperators(source, node.commands, node.operators);
    case "Pipeline": {
      const start = node.commands[0]?.pos ?? node.end;
      return source.slice(node.pos, start) + withOperators(source, node.commands, node.operators);
    }
    case "Command": {
      const bare = node.name === undefined && node.redirects.every(({ type }) => type === "Redirect");
      const spans = node.redirects.filter(
        ({ type, pos }) => !bare && type !== "HereString" && pos >= wordStart(node),
      );
      const end = Math.min(node.end, heredocOf(node));
      // The parser of the clients takes words behind a redirection for further targets of it.
      const [first] = spans.filter(({ type }) => type === "Redirect");
      const swallows = swallowedFrom(node) !== null && joinedValue(node) === null;
      const cut = !swallows || first === undefined ? end : Math.min(end, first.pos);
      return withoutSpans(source, node.pos, cut, spans).trimEnd();
    }
    case "Redirected":
      return source.slice(node.command.pos, node.command.end);
    default:
      return source.slice(node.pos, node.end);
  }
}

function withOperators(source: string, nodes: readonly SyntaxNode[], operators: readonly string[]): string {
  let text = "";
  let from = 0;
  for (const [index, node] of nodes.entries()) {
    if (node.pos < from) break;
    text += (index > 0 ? ` ${operators[index - 1]} ` : "") + textWithoutRedirections(source, node);
    from = closingOf(node);
  }
  return text;
}

/** Where the last heredoc of a command ends, which takes everything where it never closes. */
function closingOf(node: SyntaxNode): number {
  switch (node.type) {
    case "AndOr":
    case "Pipeline":
      return Math.max(0, ...node.commands.map(closingOf));
    case "Command":
      return Math.max(
        0,
        ...node.redirects.map((redirect) =>
          redirect.type === "HereDoc" ? (redirect.closing?.end ?? Number.POSITIVE_INFINITY) : 0,
        ),
      );
    default:
      return 0;
  }
}

const ROUGH =
  /\\.|'[^']*'|"(?:\\.|[^"\\])*"|`[^`]*`|\$\([^)]*\)|<<<|(\s*<<-?\s*$|\s*(?:\d*|&)(?:>>?[|&]?|<<?-?[>&]?)\s*[^\s;&|()<>-][^\s;&|()<>]*)|\s*(&&|\|\||;;|\|&|[;&|])\s*/gs;

/** The same where the text does not parse: spaces around whatever looks like an operator. */
export function roughlySpaced(source: string): string {
  return source
    .replace(
      ROUGH,
      (text: string, redirect: string | undefined, operator: string | undefined, at: number) => {
        // In front of a command it stays.
        if (redirect !== undefined) return /(?:^|[;&|(\n])\s*$/.test(source.slice(0, at)) ? text : "";
        return operator === undefined ? text : ` ${operator} `;
      },
    )
    .trim();
}
