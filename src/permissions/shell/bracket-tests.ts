import type { TestExpression, Word } from "unbash";
import type { ShellWord } from "./command-line.ts";
import { collapseSpace } from "./command-text.ts";

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
