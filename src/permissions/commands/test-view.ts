import type { SimpleCommand } from "../shell/command-line.ts";
import { collapseSpace } from "../shell/command-text.ts";
import type { DenyView } from "./deny-texts.ts";

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
