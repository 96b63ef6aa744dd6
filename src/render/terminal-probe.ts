import type { ProbedCall, ProbeReport } from "../model/probe.ts";
import type { FlakeReport } from "../model/report.ts";
import { visible } from "./escape.ts";
import { hanging, padEnd } from "./layout.ts";
import type { RenderOptions } from "./options.ts";
import {
  contradictionText,
  heldText,
  notableCalls,
  outcomeText,
  probeSummary,
  stillRunning,
  toldText,
} from "./probe-words.ts";

const OUTCOME_COLUMNS = "refuses -> runs".length + 2;
const SEVERITY_COLUMNS = "critical".length + 2;
/** Below a judgement only the worst are shown; `nixclaude probe` shows all. */
const MAX_CALLS_BELOW_FINDINGS = 10;

/** What the real client says that is worth reading below the findings; nothing when it was not asked. */
export function probeBlock({ probe }: FlakeReport, options: RenderOptions): string[] {
  if (probe === undefined) return [];
  const calls = notableCalls(probe);
  const more = calls.length - MAX_CALLS_BELOW_FINDINGS;
  return [
    ...summaryLines(probe, options),
    ...calls.slice(0, MAX_CALLS_BELOW_FINDINGS).flatMap((call) => callLines(call, options)),
    ...(more > 0 ? hanging("  ", `and ${more} more: nixclaude probe lists them`, options.columns) : []),
    ...surroundingLines(probe, options),
  ];
}

/** What differs first, then what runs as before; what is held is counted. */
export function probeTable({ probe }: FlakeReport, options: RenderOptions): string[] {
  if (probe === undefined) return [];
  const running = stillRunning(probe);
  const held = heldText(probe);
  return [
    ...notableCalls(probe).flatMap((call) => callLines(call, options)),
    ...surroundingLines(probe, options),
    ...(running.length === 0 ? [] : ["", runningHeading(probe)]),
    ...running.flatMap((call) => callLines(call, options)),
    ...(held === "" ? [] : ["", ...hanging("Of the rest, ", `${held}.`, options.columns, 2)]),
  ];
}

function runningHeading({ clients: { before, after } }: ProbeReport): string {
  if (after === null) return "Ran without asking, while there was a context:";
  return before === null ? "Runs without asking:" : "Runs without asking, as before:";
}

export function summaryLines(probe: ProbeReport, { columns }: RenderOptions): string[] {
  return hanging("", visible(probeSummary(probe)), columns, 2);
}

function callLines(call: ProbedCall, { columns }: RenderOptions): string[] {
  const contradiction = contradictionText(call);
  const said = contradiction === null ? "" : ` (${contradiction})`;
  return hanging(
    padEnd(`  ${outcomeText(call, "->")}`, OUTCOME_COLUMNS + 2) + padEnd(call.severity, SEVERITY_COLUMNS),
    visible(`\`${call.call}\` ${call.reason}${said}`),
    columns,
  );
}

function surroundingLines(probe: ProbeReport, { columns }: RenderOptions): string[] {
  const line = (label: string, text: string) =>
    hanging(padEnd(`  ${label}`, OUTCOME_COLUMNS + 2), visible(text), columns);
  return [
    ...probe.told.flatMap((told) => line("told", toldText(told))),
    ...(probe.leftOut.length === 0
      ? []
      : line("left out", `${probe.leftOut.join(", ")}: not given to the client (docs/probe.md)`)),
  ];
}
