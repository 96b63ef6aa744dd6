import type { Change, Witness } from "../model/change.ts";
import type { Finding } from "../model/finding.ts";
import type { Position } from "../model/position.ts";
import type { FlakeReport, Report } from "../model/report.ts";
import { code, type Html, html, link } from "./html-markup.ts";
import { flakeTitle, positionText, witnessComparison } from "./words.ts";

/** Names within the page. They are made of numbers: nothing that the report says can be one. */
export function changeId(report: Report, flake: FlakeReport, change: Change): string {
  return `change-${report.flakes.indexOf(flake) + 1}-${flake.changes.indexOf(change) + 1}`;
}

export function findingId(report: Report, flake: FlakeReport, finding: Finding): string {
  return `finding-${report.flakes.indexOf(flake) + 1}-${flake.findings.indexOf(finding) + 1}`;
}

export function place(position: Position): Html {
  return link(code(positionText(position)), position.url);
}

export function proof(witness: Witness): Html {
  return html`${code(witness.call)} ${witnessComparison(witness)}`;
}

/** Headings go one level deeper where there are several flakes, each with a heading of its own. */
export function heading(report: Report, content: Html): Html {
  return report.flakes.length === 1 ? html`<h3>${content}</h3>` : html`<h4>${content}</h4>`;
}

/** What is said of every flake, under its name where there are several; nothing where nothing is said of any. */
export function perFlake(report: Report, part: (flake: FlakeReport) => Html): Html {
  const parts = report.flakes
    .map((flake) => ({ flake, content: part(flake) }))
    .filter(({ content }) => content.text !== "");
  return html`${parts.map(({ flake, content }) =>
    report.flakes.length === 1
      ? content
      : html`<h3>${code(flakeTitle(flake).replace("->", "→"))}</h3>\n${content}`,
  )}`;
}

/** `error`, `error, waived`. */
export function standing({ severity, waived, approved }: Finding): string {
  if (waived !== undefined) return `${severity}, waived`;
  return approved === undefined ? severity : `${severity}, approved`;
}
