import type { ArithmeticExpression, ParsedScript, SyntaxNode, Word } from "unbash";
import { mayEndEarly } from "./early-heredocs.ts";
import { isPlainArithmetic } from "./shell-oddities.ts";

/** `"$(cat <<'EOF' … EOF)"`: both clients know what it prints. null: it is anything else. */
export function textOfCat(node: SyntaxNode): string | null {
  if (node.type !== "CommandExpansion" || !node.text.startsWith("$(")) return null;
  const [statement, ...more] = node.script?.commands ?? [];
  const command = statement?.command;
  if (command?.type !== "Command" || more.length > 0 || statement?.background === true) return null;
  if (command.name?.text !== "cat" || command.prefix.length > 0 || command.suffix.length !== 1) return null;
  const [heredoc] = command.redirects;
  if (heredoc?.type !== "HereDoc" || heredoc.operator !== "<<") return null;
  if (mayEndEarly(heredoc, (pos) => node.text.slice(pos - node.pos))) return null;
  return /^(?:'[^']*'|"[^"]*")$/.test(heredoc.delimiter?.text ?? "") ? heredoc.body.text.trimEnd() : null;
}

export function isOnlyRedirected({
  name,
  prefix,
  redirects,
}: Extract<SyntaxNode, { type: "Command" }>): boolean {
  return name === undefined && prefix.length === 0 && redirects.length > 0;
}

export function isTextOfCat(node: SyntaxNode): boolean {
  return textOfCat(node) !== null;
}

/** A word as typed without such texts: nothing in them is odd. */
export function withoutTexts(raw: string): string {
  return raw.replace(/\$\(\s*cat\s*<<\s*(["'])(\w+)\1\n(?:.*?\n)?\2\n?\s*\)/gs, "");
}

/** Does the shell put something else in its place, known or not? */
export function expands(part: SyntaxNode): boolean {
  if (part.type === "DoubleQuoted" || part.type === "LocaleString") return part.parts.some(expands);
  return /^(?:Simple|Parameter|Command|Arithmetic)Expansion$/.test(part.type);
}

/** A quote is still open at the end of the text. */
export function neverCloses({ text, parts = [] }: Word): boolean {
  const last = parts.at(-1);
  if (last?.type !== "SingleQuoted" && last?.type !== "DoubleQuoted") return false;
  return text.length > 1 && (last.text.length === 1 || last.text.at(-1) !== last.text[0]);
}

/** Measured: both clients close it there, and take the last character for the quote that ends `'a b`: it reads `a `. */
export function closedValue({ text, value, parts = [] }: Word): string {
  const last = parts.at(-1);
  if (last?.type === "SingleQuoted") return last.text.length === 1 ? value : value.slice(0, -1);
  return /[$`]/.test(text) ? text : value;
}

/** The substitutions that are computed with: `$(( $(id) ))`. */
export function scriptsIn(expression: ArithmeticExpression | undefined): readonly ParsedScript[] {
  switch (expression?.type) {
    case "ArithmeticBinary":
      return [...scriptsIn(expression.left), ...scriptsIn(expression.right)];
    case "ArithmeticUnary":
      return scriptsIn(expression.operand);
    case "ArithmeticTernary":
      return [expression.test, expression.consequent, expression.alternate].flatMap(scriptsIn);
    case "ArithmeticGroup":
      return scriptsIn(expression.expression);
    case "ArithmeticCommandExpansion":
      return expression.script === undefined ? [] : [expression.script];
    default:
      return [];
  }
}

type Operation = Extract<SyntaxNode, { type: "ParameterExpansion" }>["operation"];

/** The words in `${X:-word}` and `${X/word/word}`: substitutions hide there. */
export function operandsOf(operation: Operation): readonly Word[] {
  switch (operation?.type) {
    case "Default":
    case "Remove":
    case "Transform":
      return [operation.operand];
    case "CaseModification":
      return operation.operand === undefined ? [] : [operation.operand];
    case "Replace":
      return [operation.pattern, operation.replacement];
    case "Slice":
      return operation.length === undefined ? [operation.offset] : [operation.offset, operation.length];
    default:
      return [];
  }
}

/** `a$((1+1))`, and `$(x)` as a whole, which is a part of its own. */
export function isComputed({ parts = [] }: Word): boolean {
  const [only] = parts;
  if (parts.length === 1 && only!.type === "CommandExpansion") {
    const commands = only!.script?.commands ?? [];
    return commands.length === 1 && /^(?:Command|AndOr)$/.test(commands[0]!.command.type);
  }
  return (
    parts.some(({ type }) => type === "ArithmeticExpansion") &&
    parts.every(({ type, text }) =>
      type === "ArithmeticExpansion" ? isPlainArithmetic(text) : type === "Literal",
    )
  );
}

export type SubstitutionNode = Extract<SyntaxNode, { type: "CommandExpansion" }>;

/** `$(a | b)`, be it in a list; not in backquotes. */
export function isPipeline({ text, script }: SubstitutionNode): boolean {
  return text.startsWith("$(") && (script?.commands ?? []).some(({ command }) => isPiped(command));
}

function isPiped(node: SyntaxNode): boolean {
  if (node.type === "AndOr") return node.commands.some(isPiped);
  return node.type === "Pipeline" && node.commands.length > 1;
}

/** `$(a | b; c)`, `$(a | b & c)`. */
export function isListWithPipes(node: SubstitutionNode): boolean {
  return isPipeline(node) && /;|(?<![<>&|])&(?![>&])/.test(withoutQuoted(node.text));
}

/** `$(a; b)`, `$(a;)`; lines are no such list. */
export function isList({ text, script }: SubstitutionNode): boolean {
  const bare = withoutQuoted(text);
  return /;\s*[)`]$/.test(bare) || ((script?.commands.length ?? 0) > 1 && bare.includes(";"));
}

function withoutQuoted(text: string): string {
  return text.replace(/\\.|'[^']*'|"(?:[^"\\]|\\.)*"/gs, "");
}
