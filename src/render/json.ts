import type { Report } from "../model/report.ts";
import { printableJson } from "./escape.ts";

/** The report as it is (`schema/report.schema.json`): parsing the output gives exactly the report. */
export function render(report: Report): string {
  return `${printableJson(JSON.stringify(report, null, 2))}\n`;
}

/** The fields that hold no judgement, under the same names. */
export function renderChanges(report: Report): string {
  const { schemaVersion, tool, digest, semantics, evaluation } = report;
  const flakes = report.flakes.map(({ findings: _, ...facts }) => facts);
  return `${printableJson(JSON.stringify({ schemaVersion, tool, digest, flakes, semantics, evaluation }, null, 2))}\n`;
}

/** The report with what the real client does; findings are those about it. */
export const renderProbe = render;
