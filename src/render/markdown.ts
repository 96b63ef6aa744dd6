import type { Finding } from "../model/finding.ts";
import type { InputChange } from "../model/lock.ts";
import type { FlakeReport, Report } from "../model/report.ts";
import { blockingFindings } from "./blocking.ts";
import { markdownBlock, markdownCode, markdownCompareLink, markdownProse } from "./escape.ts";
import { folded, table } from "./markdown-blocks.ts";
import { changesTable, judgedTable } from "./markdown-changes.ts";
import { acceptedFindings, alsoReported, findingItem, whatToDo } from "./markdown-findings.ts";
import { probeCalls, probeSection } from "./markdown-probe.ts";
import { effectsPicture } from "./mermaid.ts";
import { changeDiffLines } from "./value-diff.ts";
import { flakeTitle, headline, howComputed, plural, revisionsText, totals, verdictWords } from "./words.ts";

/** For a pull request: verdict, one row per change, what to do, and the rest folded (design section 9). */
export function render(report: Report): string {
  return document(sections(report).map(({ text }) => text));
}

/** A part of the report, and how soon it goes where there is little room: never, or in the order of the numbers. */
export interface Section {
  text: string;
  shed: "never" | number;
  /** What stands in its place when it goes; it goes in turn where there is no room for it either. */
  inPlace?: string;
}

/** The report's parts in their order; each is whole by itself, so that leaving one out breaks nothing. */
export function sections(report: Report): Section[] {
  const blocking = blockingFindings(report);
  const kept = (text: string): Section => ({ text, shed: "never" });
  const shed = (order: number, text: string): Section => ({ text, shed: order });
  const all = [
    kept(`<!-- nixclaude report=${report.schemaVersion} digest=${hexOnly(report.digest)} -->`),
    kept(`## Claude's behavior: ${verdictWords(report).toLowerCase()}`),
    kept(opening(report)),
    ...report.flakes.flatMap((flake) => [
      kept(flakeHeading(report, flake)),
      { ...shed(6, judgedTable(flake)), inPlace: blockedRows(flake, blocking) },
    ]),
    ...(blocking.length === 0 ? [] : [kept("### What to do"), ...blocking.map((one) => kept(whatToDo(one)))]),
    shed(5, alsoReported(report, blocking)),
    ...report.flakes.map((flake) => shed(4, probeSection(flake, table))),
    ...report.flakes.flatMap((flake) => [
      shed(2, picture(flake)),
      shed(3, inputsTable(flake)),
      shed(1, fullDiff(flake)),
    ]),
    shed(3, acceptedFindings(report)),
    shed(2, computed(report)),
  ];
  return all.filter(({ text }) => text !== "");
}

/** The changes and their causes, without judgement. */
export function renderChanges(report: Report): string {
  return document([
    `## Claude's behavior: ${plural(report.counts.changes, "change")}`,
    ...report.flakes.flatMap((flake) => [
      `### ${markdownCode(flakeTitle(flake))}`,
      changesTable(flake),
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
    findings.map((finding) => findingItem(finding)).join("\n"),
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

/** The worst of it, and how much there is. */
function opening(report: Report): string {
  const { error, warning, note, waived, approved } = report.counts;
  const worst = markdownProse(headline(report));
  return error + warning + note + waived + approved === 0 ? worst : `${worst} ${totals(report)}.`;
}

function flakeHeading(report: Report, flake: FlakeReport): string {
  if (report.flakes.length === 1) return "";
  const heading = `### ${markdownCode(flakeTitle(flake))}`;
  return flake.changes.length === 0 ? `${heading}\n\nNo change.` : heading;
}

function blockedRows(flake: FlakeReport, blocking: readonly Finding[]): string {
  const rows = judgedTable(flake, (about) => about.some((finding) => blocking.includes(finding)));
  return rows === ""
    ? ""
    : `${rows}\n\nThese rows block; the job summary has all ${plural(flake.changes.length, "change")}.`;
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
