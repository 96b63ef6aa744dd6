import type { Change } from "../model/change.ts";
import type { Finding } from "../model/finding.ts";
import type { FlakeReport, Report } from "../model/report.ts";
import { block, code, facts, folded, type Html, html, link, NOTHING, prose, table } from "./html-markup.ts";
import { changeId, findingId, heading, perFlake, place, proof, standing } from "./html-place.ts";
import { waiverStanza } from "./waiver-stanza.ts";
import { approvalFlag, changeOf, constraintText } from "./words.ts";

/** `linked`: the page has the changes, so that findings can lead to them. */
interface FindingOptions {
  linked: boolean;
}

/** The chosen findings of each flake: what and where, the proof, what to do, and how to accept it. */
export function findingsPart(
  report: Report,
  chosen: (finding: Finding) => boolean,
  options: FindingOptions = { linked: true },
): Html {
  const articles = (flake: FlakeReport) =>
    flake.findings.filter(chosen).map((finding) => article(report, flake, finding, options));
  return perFlake(report, (flake) => html`${articles(flake)}`);
}

function article(report: Report, flake: FlakeReport, finding: Finding, options: FindingOptions): Html {
  const title = html`<span class="badge">${standing(finding)}</span> ${code(finding.rule)}`;
  return html`<article id="${findingId(report, flake, finding)}" class="card finding ${finding.severity}">
${heading(report, title)}
<p>${prose(finding.message)}</p>
${facts(known(report, flake, finding, options))}<p class="todo"><strong>What to do:</strong> ${prose(finding.help)}</p>
${acceptance(finding)}</article>
`;
}

function known(
  report: Report,
  flake: FlakeReport,
  finding: Finding,
  { linked }: FindingOptions,
): [string, Html][] {
  const { position, subject, witness, constraintPosition, introduced } = finding;
  const change = changeOf(finding, flake);
  const constraint = constraintText(finding);
  return [
    ["Where", position === undefined ? code(subject.path) : place(position)],
    ["Proof", witness === undefined ? NOTHING : proof(witness)],
    ["Constraint", constraint === null ? NOTHING : link(html`${constraint}`, constraintPosition?.url)],
    ["Change", change === undefined ? NOTHING : changeText(report, flake, change, linked)],
    ["Since", introduced ? NOTHING : html`not new: the base has it too`],
  ];
}

function changeText(report: Report, flake: FlakeReport, change: Change, linked: boolean): Html {
  const text = prose(change.summary);
  return linked ? html`<a href="#${changeId(report, flake, change)}">${text}</a>` : text;
}

function acceptance(finding: Finding): Html {
  if (finding.waived !== undefined || finding.approved !== undefined) return NOTHING;
  const approval = approvalFlag(finding);
  const approve =
    approval === null ? NOTHING : html`<p>To approve it for this change alone: ${code(approval)}</p>\n`;
  if (finding.waivable === false) return approve;
  const waiver = folded(html`Or accept it for a time, with a waiver`, block(waiverStanza(finding)));
  return html`${approve}${waiver}`;
}

/** What was accepted, by whom and until when. */
export function acceptedPart(report: Report): Html {
  return perFlake(report, (flake) => {
    const accepted = flake.findings.filter(
      ({ waived, approved }) => waived !== undefined || approved !== undefined,
    );
    const rows = accepted.map((finding) => {
      const { rule, message, waived, approved } = finding;
      return [
        html`<span id="${findingId(report, flake, finding)}">${code(rule)}</span>`,
        prose(message),
        waived === undefined ? html`approved by ${approved?.by ?? ""}` : html`${waived.reason}`,
        html`${waived?.owner ?? ""}`,
        html`${waived?.expires ?? "this change"}`,
      ];
    });
    return table("Findings that were accepted", ["Rule", "Finding", "Reason", "Owner", "Until"], rows);
  });
}
