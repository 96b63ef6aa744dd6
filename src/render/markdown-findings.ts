import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { markdownBlock, markdownCode, markdownProse } from "./escape.ts";
import { brokenLines, folded, indented, table } from "./markdown-blocks.ts";
import { judgement, placeLink } from "./markdown-changes.ts";
import { waiverStanza } from "./waiver-stanza.ts";
import { approvalFlag, changeOf, constraintText, isOpen, witnessComparison } from "./words.ts";

/** A blocked row, what proves it, and what can be done about it. */
export function whatToDo(finding: Finding): string {
  return [
    findingLine(finding),
    indented(brokenLines([...facts(finding, true), `**To do:** ${markdownProse(finding.help)}`])),
    ...waysToAccept(finding),
  ].join("\n\n");
}

/** The others that count, each with its help. */
export function alsoReported(report: Report, blocking: readonly Finding[]): string {
  const items = report.flakes.flatMap((flake) =>
    flake.findings
      .filter((finding) => isOpen(finding) && !blocking.includes(finding))
      // The table has the proof already, beside the change that it is about.
      .map((finding) =>
        findingItem(finding, changeOf(finding, flake)?.witness?.call !== finding.witness?.call),
      ),
  );
  if (items.length === 0) return "";
  return [blocking.length === 0 ? "### Reported" : "### Also reported", items.join("\n")].join("\n\n");
}

/** An item of a list, with its help. */
export function findingItem(finding: Finding, withProof = true): string {
  return [findingLine(finding), ...facts(finding, withProof), markdownProse(finding.help)].join("<br>");
}

/** What was accepted, by whom and until when. */
export function acceptedFindings(report: Report): string {
  const accepted = report.flakes.flatMap(({ findings }) => findings).filter((finding) => !isOpen(finding));
  const rows = accepted.map(({ rule, message, waived, approved }) => [
    markdownCode(rule),
    markdownProse(message),
    waived === undefined ? `approved by ${markdownProse(approved?.by ?? "")}` : markdownProse(waived.reason),
    waived === undefined ? "" : markdownProse(waived.owner),
    waived === undefined ? "this change" : markdownProse(waived.expires),
  ]);
  return folded("Waived and approved", table(["Rule", "Finding", "Reason", "Owner", "Until"], rows));
}

function findingLine(finding: Finding): string {
  const at = finding.position === undefined ? "" : ` at ${placeLink(finding.position)}`;
  return `- ${judgement(finding)} ${markdownCode(finding.rule)}${at}: ${markdownProse(finding.message)}`;
}

function facts(finding: Finding, withProof: boolean): string[] {
  const { witness, constraintPosition } = finding;
  const constraint = constraintPosition === undefined ? constraintText(finding) : null;
  return [
    ...(withProof && witness !== undefined
      ? [`Proof: ${markdownCode(witness.call)} ${witnessComparison(witness)}`]
      : []),
    ...(constraintPosition === undefined ? [] : [`Constraint: ${placeLink(constraintPosition)}`]),
    ...(constraint === null ? [] : [`Constraint: ${markdownProse(constraint)}`]),
    ...(finding.introduced ? [] : ["Not new: the base has it too"]),
  ];
}

function waysToAccept(finding: Finding): string[] {
  const flag = approvalFlag(finding);
  const approval = flag === null ? [] : [`For this change alone: ${markdownCode(flag)}`];
  const waiver =
    finding.waivable === false ? [] : ["For a time, a waiver:", markdownBlock("nix", waiverStanza(finding))];
  const ways = [...approval, ...waiver].join("\n\n");
  return ways === "" ? [] : [indented(folded("Or accept it", ways))];
}
