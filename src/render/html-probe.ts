import type { ProbedCall } from "../model/probe.ts";
import type { Report } from "../model/report.ts";
import { code, folded, type Html, html, NOTHING, prose, table } from "./html-markup.ts";
import { perFlake } from "./html-place.ts";
import { contradictionText, notableCalls, outcomeText, probeSummary, toldText } from "./probe-words.ts";

const HEADER = ["Call", "Before → after", "Severity", "What it would mean"];

/** What the real client says, where it was asked. */
export function probePart(report: Report): Html {
  return perFlake(report, ({ probe }) => {
    if (probe === undefined) return NOTHING;
    const others = [
      ...probe.told.map((told) => html`told: ${prose(toldText(told))}`),
      ...probe.leftOut.map((path) => html`not given to the client: ${code(path)}`),
    ];
    const list = others.map((one) => html`<li>${one}</li>\n`);
    return html`<p>${probeSummary(probe)}</p>
${table("Calls worth reading", HEADER, notableCalls(probe).map(cells))}${
  list.length === 0 ? NOTHING : html`<ul>\n${list}</ul>\n`
}${folded(html`Every call`, table("Every call that was asked", HEADER, probe.calls.map(cells)))}`;
  });
}

function cells(call: ProbedCall): Html[] {
  const contradiction = contradictionText(call);
  return [
    code(call.call),
    html`${outcomeText(call, "→")}${contradiction === null ? "" : ` (${contradiction})`}`,
    html`${call.severity}`,
    prose(call.reason),
  ];
}
