import { type Cause, type Change, DIRECTIONS } from "../model/change.ts";
import type { Finding } from "../model/finding.ts";
import type { FlakeReport, Report } from "../model/report.ts";
import { filter } from "./html-filter.ts";
import { code, facts, type Html, html, joined, link, NOTHING, prose } from "./html-markup.ts";
import { changeId, findingId, heading, perFlake, place, proof, standing } from "./html-place.ts";
import { sides } from "./html-sides.ts";
import { causeText, findingsByChange } from "./words.ts";

/** Every change as what was beside what is, with its proof and its causes; `judged`: and what is said of it. */
export function changesPart(report: Report, { judged }: { judged: boolean }): Html {
  const changes = report.flakes.flatMap((flake) => flake.changes);
  if (changes.length === 0) return NOTHING;
  const choices = DIRECTIONS.map((direction) => ({
    word: direction,
    count: changes.filter((change) => change.direction === direction).length,
  }));
  return html`${filter("Show changes that are", choices)}${perFlake(report, (flake) => {
    const about = findingsByChange(flake);
    const articles = flake.changes.map((change) => {
      const findings = about.get(change) ?? [];
      return article(report, flake, change, judged ? judgements(report, flake, findings) : NOTHING);
    });
    return html`${articles}`;
  })}`;
}

function article(report: Report, flake: FlakeReport, change: Change, judgement: Html): Html {
  const { undecidedBecause } = change;
  const causes = change.causes.map(causeOf);
  const known: [string, Html][] = [
    ["Where", change.position === undefined ? NOTHING : place(change.position)],
    ["Proof", change.witness === undefined ? NOTHING : proof(change.witness)],
    ["Undecided because", undecidedBecause === undefined ? NOTHING : prose(undecidedBecause)],
    ["Cause", causes.length === 0 ? html`not known` : joined(causes, html`<br/>`)],
    ["Judgement", judgement],
  ];
  const title = html`<span class="badge">${change.direction}</span> ${prose(change.summary)}`;
  return html`<article id="${changeId(report, flake, change)}" class="card change ${change.direction}">
${heading(report, title)}
<p class="path">${code(change.path)}</p>
${sides(change)}${facts(known)}</article>
`;
}

function causeOf(cause: Cause): Html {
  if (cause.kind === "joint") return html`only together: ${joined(cause.of.map(causeOf), html`; `)}`;
  const text = prose(causeText(cause));
  return cause.kind === "input" ? link(text, cause.url) : text;
}

function judgements(report: Report, flake: FlakeReport, findings: readonly Finding[]): Html {
  if (findings.length === 0) return html`no objection`;
  return joined(
    findings.map(
      (finding) =>
        html`<a href="#${findingId(report, flake, finding)}">${standing(finding)}: ${code(finding.rule)}</a>`,
    ),
    html`<br/>`,
  );
}
