import type { BearingConstraint, CallExplanation } from "../check/explain-call.ts";
import { formatPosition } from "../check/side.ts";
import { formatCall } from "../model/permission.ts";
import { visible, withoutLineCommands } from "../render/escape.ts";
import { hanging } from "../render/layout.ts";

/** The answer to `why`, as text: one sentence, then what bears on it. Ends in a line break. */
export function callExplanation(explanation: CallExplanation, columns: number): string {
  const { call, client, mode, result, rule, constraints } = explanation;
  const rows: [string, string][] = [["because", result.reason]];
  if (rule !== null) {
    rows.push(["rule", `${rule.list} \`${rule.text}\``]);
    const place = rule.position === null ? "" : `${formatPosition(rule.position)} `;
    rows.push(["set in", `${place}(${rule.path})`]);
  }
  for (const constraint of constraints) rows.push(["constraint", constraintText(constraint)]);
  rows.push(["assumed", `client ${client}, mode ${mode ?? "default (not pinned)"}`]);
  const lines = [
    ...hanging("", visible(`\`${formatCall(call)}\` ${outcome(explanation)}.`), columns),
    ...rows.flatMap(([name, text]) => hanging(`  ${name.padEnd(11)}`, visible(text), columns)),
  ];
  return `${withoutLineCommands(lines.join("\n"))}\n`;
}

function outcome({ result }: CallExplanation): string {
  if (result.runs === "undecided") return "could run without asking: it cannot be told";
  if (result.runs) return "runs without asking";
  return result.decision === "deny" ? "is refused" : "asks first";
}

function constraintText({ id, source, verb, rule, position }: BearingConstraint): string {
  const place = position === null ? "" : ` at ${formatPosition(position)}`;
  const of =
    source === "self"
      ? "this repository"
      : source.replace(/^input:/, "input ").replace(/^org:/, "organisation ");
  const what = verb === "forbids" ? `forbids \`${rule}\`` : `requires \`${rule}\` to be denied or asked`;
  return `${id} of ${of} ${what}${place}`;
}
