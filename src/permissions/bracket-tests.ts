import type { TestExpression, Word } from "unbash";
import type { ShellWord, SimpleCommand } from "./command-line.ts";
import { collapseSpace } from "./command-text.ts";
import type { DenyView } from "./deny-texts.ts";

/** `[[ … ]]`, a part of its line like any command. */
export interface BracketTest {
  /** As newer clients write it out: its words without quotes, and nothing that closes it. */
  text: string;
  /** Nothing in it is expanded: it runs without a rule. */
  plain: boolean;
}

/** `[[ -f "a b" ]]` is `[[ -f a b`. */
export function writtenOut(text: string, words: readonly ShellWord[]): string {
  let rest = text.replace(/\s*\]\]$/, "");
  let written = "";
  for (const { raw, value } of words) {
    const at = rest.indexOf(raw);
    written += rest.slice(0, at) + value;
    rest = rest.slice(at + raw.length);
  }
  return collapseSpace(written + rest);
}

/** Measured: newer clients write `[ -f x ]` out as they write `[[ -f x ]]`, where nothing stands around it. */
function singleWrittenOut({ words, assignments, timed, redirected }: SimpleCommand): string | null {
  const [first, ...rest] = words;
  if (first?.raw !== "[" || rest.at(-1)?.value !== "]") return null;
  if (assignments.length > 0 || timed.length > 0 || redirected) return null;
  const inner = rest.slice(0, -1).map(({ value }) => value);
  const operands = inner[0] === "!" ? inner.slice(1) : inner;
  const single =
    operands.length === 1 ||
    (operands.length === 2 && /^-[a-zA-Z]$/.test(operands[0]!)) ||
    (operands.length === 3 && /^(?:==?|!=|=~|-[a-z]+)$/.test(operands[1]!));
  return single ? collapseSpace(["[[", ...inner].join(" ")) : null;
}

/** What deny and ask rules see of a test in brackets. null: it is none. */
export function testView(command: SimpleCommand, newer: boolean, unread: boolean): DenyView | null {
  const written = command.test === null ? singleWrittenOut(command) : command.test.text;
  if (written === null || (command.test === null && (!newer || unread))) return null;
  const further = newer && !unread ? [written] : [];
  return {
    texts: [collapseSpace(command.raw), ...further],
    exactTexts: [command.raw.trim(), ...further],
    vanishingTexts: [],
    typedTexts: [],
  };
}

export function wordsOfTest(expression: TestExpression): readonly Word[] {
  switch (expression.type) {
    case "TestUnary":
      return [expression.operand];
    case "TestBinary":
      return [expression.left, expression.right];
    case "TestLogical":
      return expression.operands.flatMap(wordsOfTest);
    case "TestNot":
      return wordsOfTest(expression.operand);
    case "TestGroup":
      return wordsOfTest(expression.expression);
  }
}
