import type { Cause, Change } from "../model/change.ts";
import type { Finding } from "../model/finding.ts";
import type { InputChange } from "../model/lock.ts";
import type { Position } from "../model/position.ts";
import type { FlakeReport, Report } from "../model/report.ts";
import { blockingFindings } from "./blocking.ts";
import {
  markdownBlock,
  markdownCode,
  markdownCompareLink,
  markdownLineLink,
  markdownProse,
} from "./escape.ts";
import { probeCalls, probeSection } from "./markdown-probe.ts";
import { effectsPicture } from "./mermaid.ts";
import { changeDiffLines } from "./value-diff.ts";
import { waiverStanza } from "./waiver-stanza.ts";
import {
  approvalFlag,
  causeText,
  constraintText,
  findingsByChange,
  flakeTitle,
  headline,
  howComputed,
  isOpen,
  plural,
  positionText,
  revisionsText,
  totals,
  valueText,
  verdictWords,
  witnessComparison,
} from "./words.ts";

/** Longer values are cut in the table; the full diff below it has them. */
const MAX_CELL_CHARACTERS = 120;

/** For a pull request: verdict, one row per change, what to do, and the rest folded (design section 9). */
export function render(report: Report): string {
  return document(sections(report).map(({ text }) => text));
}

/** A part of the report, and how soon it goes where there is little room: never, or in the order of the numbers. */
export interface Section {
  text: string;
  shed: "never" | number;
}

/** The report's parts in their order; each is whole by itself, so that leaving one out breaks nothing. */
export function sections(report: Report): Section[] {
  const blocking = blockingFindings(report);
  const kept = (text: string): Section => ({ text, shed: "never" });
  const shed = (order: number, ...texts: string[]) => texts.map((text): Section => ({ text, shed: order }));
  const all = [
    kept(`<!-- nixclaude report=${report.schemaVersion} digest=${hexOnly(report.digest)} -->`),
    kept(`## Claude's behavior: ${verdictWords(report).toLowerCase()}, ${totals(report)}`),
    kept(markdownProse(headline(report))),
    ...report.flakes.flatMap((flake) => [kept(flakeHeading(report, flake)), ...shed(6, judgedTable(flake))]),
    ...(blocking.length === 0 ? [] : [kept("### What to do"), ...blocking.map((one) => kept(whatToDo(one)))]),
    ...shed(5, ...alsoReported(report, blocking)),
    ...shed(4, ...report.flakes.map((flake) => probeSection(flake, table))),
    ...report.flakes.flatMap((flake) => [
      ...shed(2, picture(flake)),
      ...shed(3, inputsTable(flake)),
      ...shed(1, fullDiff(flake)),
    ]),
    ...shed(3, waivers(report)),
    ...shed(2, computed(report)),
  ];
  return all.filter(({ text }) => text !== "");
}

/** The changes and their causes, without judgement. */
export function renderChanges(report: Report): string {
  return document([
    `## Claude's behavior: ${plural(report.counts.changes, "change")}`,
    ...report.flakes.flatMap((flake) => [
      `### ${markdownCode(flakeTitle(flake))}`,
      table(["Change", "Before → After", "Cause"], flake.changes.map(changeCells)),
      inputsTable(flake),
      fullDiff(flake),
    ]),
    computed(report),
  ]);
}

/** What the real client does, call by call. */
export function renderProbe(report: Report): string {
  const findings = report.flakes.flatMap((flake) => flake.findings);
  return document([
    `<!-- nixclaude probe=${report.schemaVersion} digest=${hexOnly(report.digest)} -->`,
    ...report.flakes.flatMap((flake) => [flakeHeading(report, flake), probeSection(flake, table)]),
    ...findings.map(findingItem),
    ...report.flakes.map((flake) => folded("Every call", probeCalls(flake, table))),
    computed(report),
  ]);
}

export function document(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function hexOnly(digest: string): string {
  return digest.replace(/[^0-9a-f]/g, "");
}

function flakeHeading(report: Report, flake: FlakeReport): string {
  return report.flakes.length === 1 ? "" : `### ${markdownCode(flakeTitle(flake))}`;
}

function judgedTable(flake: FlakeReport): string {
  const about = findingsByChange(flake);
  const rows = flake.changes.map((change) => {
    const findings = about.get(change) ?? [];
    return [...changeCells(change), ruleCell(findings), verdictCell(findings)];
  });
  return table(["Change", "Before → After", "Cause", "Rule", "Verdict"], rows);
}

function changeCells(change: Change): string[] {
  const direction = change.direction === "widens" ? "**widens**" : change.direction;
  const witness =
    change.witness === undefined
      ? ""
      : `<br>${markdownCode(change.witness.call)} ${witnessComparison(change.witness)}`;
  return [
    `${direction}: ${markdownProse(change.summary)} at ${markdownCode(change.path)}${placeLine(change.position)}`,
    `${valueCell(change.before)} → ${valueCell(change.after)}${witness}`,
    change.causes.map(causeCell).join("<br>") || "not known",
  ];
}

/** Below what is said of a change: where it stands. */
function placeLine(position: Position | undefined): string {
  return position === undefined ? "" : `<br>${placeLink(position)}`;
}

function placeLink(position: Position): string {
  return markdownLineLink(markdownCode(positionText(position)), position.url);
}

function causeCell(cause: Cause): string {
  if (cause.kind === "joint") return `only together: ${cause.of.map(causeCell).join("; ")}`;
  const text = markdownProse(causeText(cause));
  return cause.kind === "input" && cause.url !== undefined ? markdownCompareLink(text, cause.url) : text;
}

function valueCell(value: Change["before"]): string {
  return value === null ? "nothing" : markdownCode(valueText(value, MAX_CELL_CHARACTERS));
}

function ruleCell(findings: readonly Finding[]): string {
  return findings.map(({ rule }) => markdownCode(rule)).join("<br>");
}

function verdictCell(findings: readonly Finding[]): string {
  return findings.length === 0 ? "no objection" : findings.map(judgement).join("<br>");
}

function judgement(finding: Finding): string {
  if (finding.waived !== undefined) return `${finding.severity}, waived`;
  if (finding.approved !== undefined) return `${finding.severity}, approved`;
  return finding.severity === "error" ? "**error**" : finding.severity;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

function whatToDo(finding: Finding): string {
  const approval = approvalFlag(finding);
  const todo = [
    findingItem(finding),
    `  **To do:** ${markdownProse(finding.help)}`,
    ...(approval === null ? [] : [`  To approve it for this change alone: ${markdownCode(approval)}`]),
  ];
  if (finding.waivable === false) return todo.join("\n\n");
  return [
    ...todo,
    `  <details><summary>Or accept it for a time, with a waiver</summary>`,
    indented(markdownBlock("nix", waiverStanza(finding))),
    `  </details>`,
  ].join("\n\n");
}

function findingItem(finding: Finding): string {
  const at = finding.position === undefined ? "" : ` at ${placeLink(finding.position)}`;
  const facts = [
    ...(finding.witness === undefined
      ? []
      : [`${markdownCode(finding.witness.call)} ${witnessComparison(finding.witness)}`]),
    ...constraintNote(finding),
    ...(finding.introduced ? [] : ["not new: the base has it too"]),
  ];
  return [
    `- ${judgement(finding)} ${markdownCode(finding.rule)}${at}: ${markdownProse(finding.message)}`,
    ...(facts.length === 0 ? [] : [`  ${facts.join("<br>\n  ")}`]),
  ].join("\n\n");
}

function constraintNote(finding: Finding): string[] {
  const constraint = constraintText(finding);
  if (constraint === null) return [];
  return [`constraint: ${markdownLineLink(markdownProse(constraint), finding.constraintPosition?.url)}`];
}

function indented(block: string): string {
  return block.replace(/^/gm, "  ");
}

function alsoReported(report: Report, blocking: readonly Finding[]): string[] {
  const others = report.flakes
    .flatMap(({ findings }) => findings)
    .filter((finding) => isOpen(finding) && !blocking.includes(finding));
  if (others.length === 0) return [];
  return [
    blocking.length === 0 ? "### Reported" : "### Also reported",
    ...others.map((finding) => `${findingItem(finding)}\n\n  ${markdownProse(finding.help)}`),
  ];
}

function inputsTable(flake: FlakeReport): string {
  const rows = flake.inputs.map((input) => [
    markdownCode(input.path),
    input.kind,
    movedCell(input),
    input.effects === 0 ? "no effect seen" : plural(input.effects, "change"),
  ]);
  return folded(
    `flake.lock: ${plural(rows.length, "input")}`,
    table(["Input", "Kind", "From → To", "Effect"], rows),
  );
}

function picture(flake: FlakeReport): string {
  const lines = effectsPicture(flake);
  return folded("What moved, and what it changed", lines.length === 0 ? "" : markdownBlock("mermaid", lines));
}

function movedCell(input: InputChange): string {
  const moved = markdownProse(revisionsText(input));
  return input.url === undefined ? moved : markdownCompareLink(moved, input.url);
}

function fullDiff(flake: FlakeReport): string {
  const lines = flake.changes.flatMap(changeDiffLines);
  return folded("Full diff", lines.length === 0 ? "" : markdownBlock("diff", lines));
}

function waivers(report: Report): string {
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

function computed(report: Report): string {
  const { nix, limitsHit } = report.evaluation;
  const lines = [
    `- nixclaude ${markdownProse(report.tool.version)}: ${howComputed(report)}`,
    `- rules read as client ${markdownProse(report.semantics.client)} reads them`,
    nix === null ? "- no Nix was needed" : `- evaluated by Nix ${markdownProse(nix)}`,
    ...report.flakes.map((flake) => `- ${markdownCode(flakeTitle(flake))}`),
    ...limitsHit.map((limit) => `- limit reached: ${markdownProse(limit)}`),
  ];
  return folded("How this was computed", lines.join("\n"));
}

function folded(summary: string, content: string): string {
  return content === "" ? "" : `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
