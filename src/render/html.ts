import type { Report } from "../model/report.ts";
import { blockingFindings } from "./blocking.ts";
import { changesPart } from "./html-changes.ts";
import { acceptedPart, findingsPart } from "./html-findings.ts";
import { inputsPart } from "./html-inputs.ts";
import { html, prose } from "./html-markup.ts";
import { page } from "./html-page.ts";
import { probePart } from "./html-probe.ts";
import { headline, isOpen, plural, totals, verdictWords } from "./words.ts";

/** The whole report as one page that needs nothing else: no network, no script. */
export function render(report: Report): string {
  const blocking = blockingFindings(report);
  const also = blocking.length === 0 ? "Reported" : "Also reported";
  return page(report, {
    tone: report.verdict,
    title: `Claude's behavior: ${verdictWords(report).toLowerCase()}`,
    said: [html`<p class="headline">${prose(headline(report))}</p>`, html`<p>${totals(report)}</p>`],
    parts: [
      { id: "todo", name: "What blocks", content: findingsPart(report, (one) => blocking.includes(one)) },
      {
        id: "reported",
        name: also,
        content: findingsPart(report, (one) => isOpen(one) && !blocking.includes(one)),
      },
      { id: "changes", name: "Changes", content: changesPart(report, { judged: true }) },
      { id: "inputs", name: "Inputs and what they changed", content: inputsPart(report) },
      { id: "client", name: "The real client", content: probePart(report) },
      { id: "accepted", name: "Waived and approved", content: acceptedPart(report) },
    ],
  });
}

/** The changes and their causes, without judgement. */
export function renderChanges(report: Report): string {
  return page(report, {
    tone: "plain",
    title: `Claude's behavior: ${plural(report.counts.changes, "change")}`,
    said: [],
    parts: [
      { id: "changes", name: "Changes", content: changesPart(report, { judged: false }) },
      { id: "inputs", name: "Inputs and what they changed", content: inputsPart(report) },
    ],
  });
}

/** What the real client does, call by call. */
export function renderProbe(report: Report): string {
  return page(report, {
    tone: "plain",
    title: "What the real client does",
    said: [],
    parts: [
      { id: "client", name: "The real client", content: probePart(report) },
      { id: "reported", name: "Reported", content: findingsPart(report, isOpen, { linked: false }) },
      { id: "accepted", name: "Waived and approved", content: acceptedPart(report) },
    ],
  });
}
