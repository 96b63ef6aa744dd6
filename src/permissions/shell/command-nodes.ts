import type { SyntaxNode } from "unbash";

/** A simple command as the parser gives it. */
export type CommandNode = Extract<SyntaxNode, { type: "Command" }>;

/** `env(x`: an error to both clients. */
export const NAME_AND_PARENTHESIS = "unexpected '(' behind the name of a command";

/** `X=<(id)`: the parser takes the substitution for the command; it is the value. */
export function joinedValue({ name, prefix }: CommandNode): string | null {
  const last = prefix.at(-1);
  return name !== undefined && last?.type === "Assignment" && last.end === name.pos ? name.text : null;
}

/** Where a heredoc starts: what follows it on its line is lost on both clients. */
export function heredocOf({ redirects }: CommandNode): number {
  return redirects.find(({ type }) => type === "HereDoc")?.pos ?? Number.POSITIVE_INFINITY;
}

/** Index of the first word that stands behind a redirection. */
export function swallowedFrom(node: CommandNode): number | null {
  if (node.name === undefined) return null;
  const { pos } = node.name;
  // `<&- x`: the word behind a descriptor that is closed is its target to them.
  if (node.prefix.some((item) => item.type === "Redirect" && isClosed(item))) return 0;
  const first = node.redirects.find(({ type, pos: at }) => type === "Redirect" && at > pos);
  if (first === undefined) return null;
  const index = node.args.findIndex((item) => item.pos > first.pos);
  return index < 0 ? null : index + 1;
}

/** Where assignments and the name begin: redirections before that stay in the text, as older clients have it. */
export function wordStart(node: CommandNode): number {
  const first = node.prefix.find((item) => item.type === "Assignment") ?? node.name;
  return first?.pos ?? node.pos;
}

function isClosed({ operator, target }: Extract<SyntaxNode, { type: "Redirect" }>): boolean {
  return operator.endsWith("&") && target?.text === "-";
}

export function withoutSpans(
  source: string,
  start: number,
  end: number,
  spans: readonly { pos: number; end: number }[],
): string {
  let text = "";
  let at = start;
  for (const span of [...spans].sort((a, b) => a.pos - b.pos)) {
    if (span.pos < at || span.pos >= end) continue;
    text += source.slice(at, span.pos).replace(/[ \t]+$/, " ");
    at = Math.max(at, span.end);
  }
  return (text + source.slice(at, Math.max(at, end))).trim();
}
