import type { ProbedCall } from "../model/probe.ts";
import type { FlakeReport } from "../model/report.ts";
import { markdownCode, markdownProse } from "./escape.ts";
import { contradictionText, notableCalls, outcomeText, probeSummary, toldText } from "./probe-words.ts";

type Table = (header: readonly string[], rows: readonly (readonly string[])[]) => string;

const HEADER = ["Before → after", "Severity", "Call", "What it would mean"];

/** What the real client says that is worth reading; "" when it was not asked. */
export function probeSection({ probe }: FlakeReport, table: Table): string {
  if (probe === undefined) return "";
  const told = probe.told.map((difference) => `- told: ${markdownProse(toldText(difference))}`);
  const leftOut = probe.leftOut.map((path) => `- not given to the client: ${markdownCode(path)}`);
  return [
    "### The real client",
    markdownProse(probeSummary(probe)),
    table(HEADER, notableCalls(probe).slice(0, MAX_ROWS).map(cells)),
    moreRows(notableCalls(probe).length),
    [...told, ...leftOut].join("\n"),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

/** A comment has to hold more than this table; the folded one and the JSON report have all. */
const MAX_ROWS = 40;

function moreRows(count: number): string {
  return count > MAX_ROWS ? `and ${count - MAX_ROWS} more.` : "";
}

/** Every call that was asked. */
export function probeCalls({ probe }: FlakeReport, table: Table): string {
  return probe === undefined ? "" : table(HEADER, probe.calls.map(cells));
}

function cells(call: ProbedCall): string[] {
  const contradiction = contradictionText(call);
  const outcome = outcomeText(call, "→");
  return [
    contradiction === null ? outcome : `${outcome} (${markdownProse(contradiction)})`,
    call.severity,
    markdownCode(call.call),
    markdownProse(call.reason),
  ];
}
