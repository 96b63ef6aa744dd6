import type { BearingConstraint, CallExplanation, TracedExplanation } from "../check/explain-call.ts";
import type { Trace } from "../check/provenance/trace.ts";
import { formatPosition } from "../check/side.ts";
import { formatCall } from "../model/permission.ts";
import { printableJson, visible, withoutLineCommands } from "../render/escape.ts";
import { hanging, padEnd } from "../render/layout.ts";
import { commitJson, commitText, inputJson, lockedText, originJson, originText } from "./trace-words.ts";

const LINK = "link";

type Row = readonly [label: string, text: string];

/** The answer to `why`, as text: one sentence, then the chain that leads to it. Ends in a line break. */
export function callExplanation(traced: TracedExplanation, columns: number): string {
  const { call, client, mode, result, rule, constraints } = traced.explanation;
  const rows: Row[] = [
    ["because", result.reason],
    ...(rule === null
      ? []
      : [["rule", `${rule.list} \`${rule.text}\``] as const, ...placeRows(rule.path, traced.rule!)]),
    ...constraints.flatMap((constraint, index) => constraintRows(constraint, traced.constraints[index]!)),
    ["assumed", `client ${client}, mode ${mode ?? "default (not pinned)"}`],
  ];
  const labelColumns = Math.max(...rows.map(([label]) => label.length)) + 2;
  const lines = [
    ...hanging("", visible(`\`${formatCall(call)}\` ${outcomeText(traced.explanation)}.`), columns),
    ...rows.flatMap(([label, text]) => {
      const head = `  ${padEnd(label, labelColumns)}`;
      // An address in two pieces is none.
      return label === LINK ? [head + visible(text)] : hanging(head, visible(text), columns);
    }),
  ];
  return `${withoutLineCommands(lines.join("\n"))}\n`;
}

/** The same as data, ending in a line break. */
export function callExplanationJson(traced: TracedExplanation): string {
  const { call, client, mode, result, rule, constraints } = traced.explanation;
  const answer = {
    call: formatCall(call),
    runs: result.runs,
    decision: result.decision,
    reason: result.reason,
    client,
    mode,
    rule:
      rule === null
        ? null
        : { list: rule.list, text: rule.text, path: rule.path, ...traceJson(traced.rule!) },
    constraints: constraints.map(({ id, source, verb, rule: demanded }, index) => ({
      id,
      source,
      verb,
      rule: demanded,
      ...traceJson(traced.constraints[index]!),
    })),
  };
  return `${printableJson(JSON.stringify(answer, null, 2))}\n`;
}

/** Place, input, and commit of a value: the part that all answers about provenance share. */
export function traceJson({ position, input, origin, movedBy }: Trace): object {
  return {
    position,
    input: inputJson(input),
    origin: originJson(origin),
    ...(movedBy !== null && { movedBy: commitJson(movedBy) }),
  };
}

function outcomeText({ result }: CallExplanation): string {
  if (result.runs === "undecided") return "could run without asking: it cannot be told";
  if (result.runs) return "runs without asking";
  return result.decision === "deny" ? "is refused" : "asks first";
}

function placeRows(path: string, { position, input, origin, movedBy }: Trace): Row[] {
  const place = position === null ? "" : `${formatPosition(position)} `;
  return [
    ["set in", `${place}(${path})`],
    ...linkRow(position),
    ...(input === null ? [] : [["input", `${input.path}, ${lockedText(input)}`] as const]),
    ...(origin === null ? [] : [[input === null ? "commit" : "locked in", originText(origin)] as const]),
    ...(movedBy === null ? [] : [["moved in", commitText(movedBy)] as const]),
  ];
}

function constraintRows({ id, source, verb, rule }: BearingConstraint, { position, origin }: Trace): Row[] {
  const place = position === null ? "" : ` at ${formatPosition(position)}`;
  const of =
    source === "self"
      ? "this repository"
      : source.replace(/^input:/, "input ").replace(/^org:/, "organisation ");
  const what = verb === "forbids" ? `forbids \`${rule}\`` : `requires \`${rule}\` to be denied or asked`;
  return [
    ["constraint", `${id} of ${of} ${what}${place}`],
    ...linkRow(position),
    ...(source === "self" && origin !== null ? [["commit", originText(origin)] as const] : []),
  ];
}

function linkRow(position: Trace["position"]): Row[] {
  return position?.url === undefined ? [] : [[LINK, position.url]];
}
