import { styleText } from "node:util";
import type { Change } from "../model/change.ts";
import type { Finding, Severity, Verdict } from "../model/finding.ts";
import type { FlakeReport, Report } from "../model/report.ts";
import { visible, withoutLineCommands } from "./escape.ts";
import { hanging, padEnd } from "./layout.ts";
import type { RenderOptions } from "./options.ts";
import { probeBlock, probeTable, summaryLines } from "./terminal-probe.ts";
import { textDiffLine } from "./text-diff-line.ts";
import {
  approvalFlag,
  causeText,
  changeOf,
  constraintText,
  flakeTitle,
  headline,
  howComputed,
  plural,
  positionText,
  revisionsText,
  totals,
  valueText,
  verdictWords,
  witnessComparison,
} from "./words.ts";

type Style = "red" | "yellow" | "green" | "cyan";
const SEVERITY_STYLES: Record<Severity, Style> = { error: "red", warning: "yellow", note: "cyan" };
const VERDICT_STYLES: Record<Verdict, Style> = { block: "red", warn: "yellow", pass: "green" };

/** Longer values are cut here; `--format json` has them whole. */
const MAX_VALUE_CHARACTERS = 300;
const DIRECTION_COLUMNS = "incomparable".length + 2;

/** For people: what changes, what is wrong with it, and the totals in the last line. */
export function render(report: Report, options: RenderOptions): string {
  const verdict = `${verdictWords(report)}.`;
  const [first, ...rest] = hanging(`${verdict} `, visible(headline(report)), options.columns, 2);
  const word = coloured(first!.slice(0, verdict.length), VERDICT_STYLES[report.verdict], options);
  const blocks = [
    [word + first!.slice(verdict.length), ...rest],
    ...report.flakes.flatMap((flake) => [
      changesBlock(flake, options),
      ...findingBlocks(flake, options),
      probeBlock(flake, options),
    ]),
    footer(report, `${totals(report)} (${howComputed(report)})`, options),
  ];
  return output(blocks);
}

/** What changes and why, without judgement. */
export function renderChanges(report: Report, options: RenderOptions): string {
  const blocks = report.flakes.flatMap((flake) => [
    hanging("", visible(flakeTitle(flake)), options.columns, 2),
    ...flake.changes.map((change) => changeBlock(change, options)),
    inputLines(flake, options),
  ]);
  const { changes } = report.counts;
  const count = changes === 1 ? "1 change" : `${changes === 0 ? "no" : changes} changes`;
  return output([...blocks, footer(report, `${count} (${howComputed(report)})`, options)]);
}

/** What the real client does, call by call. */
export function renderProbe(report: Report, options: RenderOptions): string {
  const blocks = report.flakes.flatMap((flake) => [
    [
      ...hanging("", visible(flakeTitle(flake)), options.columns, 2),
      ...(flake.probe === undefined ? [] : summaryLines(flake.probe, options)),
    ],
    ...findingBlocks(flake, options),
    probeTable(flake, options),
  ]);
  return output([...blocks, footer(report, `${totals(report)} (${howComputed(report)})`, options)]);
}

function output(blocks: readonly string[][]): string {
  const text = blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n");
  return `${withoutLineCommands(text)}\n`;
}

function changesBlock(flake: FlakeReport, options: RenderOptions): string[] {
  return [
    ...hanging("", visible(flakeTitle(flake)), options.columns, 2),
    ...flake.changes.flatMap((change) => changeLines(change, options)),
    ...inputLines(flake, options),
  ];
}

function inputLines(flake: FlakeReport, options: RenderOptions): string[] {
  return flake.inputs.flatMap((input) => {
    const effects = input.effects === 0 ? "no effect seen" : plural(input.effects, "change");
    return hanging(
      padEnd("  input", DIRECTION_COLUMNS + 2),
      visible(`${input.path} ${input.kind}: ${revisionsText(input)} (${effects})`),
      options.columns,
    );
  });
}

function changeLines(change: Change, { columns }: RenderOptions): string[] {
  const head = padEnd(`  ${change.direction}`, DIRECTION_COLUMNS + 2);
  const below = " ".repeat(DIRECTION_COLUMNS + 2);
  return [
    ...hanging(head, visible(`${change.path}: ${change.summary}`), columns),
    ...(change.witness === undefined
      ? []
      : hanging(below, visible(`\`${change.witness.call}\` ${witnessComparison(change.witness)}`), columns)),
    ...(change.undecidedBecause === undefined
      ? []
      : hanging(below, visible(`not decided: ${change.undecidedBecause}`), columns)),
  ];
}

function changeBlock(change: Change, options: RenderOptions): string[] {
  const title = hanging(
    `${change.direction}: `,
    visible(`${change.path}: ${change.summary}`),
    options.columns,
    2,
  );
  return [...title, ...placeLines(change.position, options), ...factLines(changeFacts(change), options)];
}

type Fact = readonly [label: string, text: string];

function changeFacts(change: Change): Fact[] {
  return [
    ...valueFacts(change),
    ...(change.witness === undefined ? [] : [witnessFact(change.witness)]),
    ...(change.undecidedBecause === undefined ? [] : [["undecided", change.undecidedBecause] as const]),
    ...change.causes.map((cause) => ["cause", causeText(cause)] as const),
  ];
}

function valueFacts(change: Change): Fact[] {
  if (change.textDiff !== undefined) return [["text", textDiffLine(change.textDiff)]];
  return [
    ["before", valueText(change.before, MAX_VALUE_CHARACTERS)],
    ["after", valueText(change.after, MAX_VALUE_CHARACTERS)],
  ];
}

function witnessFact(witness: NonNullable<Change["witness"]>): Fact {
  return ["witness", `\`${witness.call}\` ${witnessComparison(witness)}`];
}

/** What several findings say of one change is shown with the first of them. */
function findingBlocks(flake: FlakeReport, options: RenderOptions): string[][] {
  const shown = new Set<string>();
  return flake.findings.map((finding) => {
    const change = changeOf(finding, flake);
    if (change === undefined) return findingBlock(finding, [], finding.witness, options);
    const proof = `${change.id} ${finding.witness?.call}`;
    const facts = shown.has(change.id) ? SHOWN : judgedFacts(change);
    const witness = shown.has(proof) ? undefined : finding.witness;
    shown.add(change.id).add(proof);
    return findingBlock(finding, facts, witness, options);
  });
}

const SHOWN: readonly Fact[] = [["change", "shown above"]];

function judgedFacts(change: Change): Fact[] {
  return [...valueFacts(change), ...change.causes.map((cause) => ["cause", causeText(cause)] as const)];
}

function findingBlock(
  finding: Finding,
  ofChange: readonly Fact[],
  witness: Finding["witness"],
  options: RenderOptions,
): string[] {
  const facts: Fact[] = [
    ...ofChange.filter(([label]) => label !== "cause"),
    ...(witness === undefined ? [] : [witnessFact(witness)]),
    ...ofChange.filter(([label]) => label === "cause"),
    ...optionalFact("constraint", constraintText(finding)),
    ...(finding.introduced ? [] : [["since", "before this change"] as const]),
    ...optionalFact("waived", waiverText(finding)),
    ...optionalFact("approved", finding.approved === undefined ? null : `by ${finding.approved.by}`),
    ["help", finding.help],
    ...optionalFact("approve", approvalFlag(finding)),
  ];
  return [
    ...findingTitle(finding, options),
    ...placeLines(finding.position, options),
    ...factLines(facts, options),
  ];
}

function optionalFact(label: string, text: string | null): Fact[] {
  return text === null ? [] : [[label, text]];
}

function waiverText({ waived }: Finding): string | null {
  return waived === undefined ? null : `until ${waived.expires} by ${waived.owner}: ${waived.reason}`;
}

function findingTitle(finding: Finding, options: RenderOptions): string[] {
  const [first, ...rest] = hanging(
    "",
    `${finding.severity}[${visible(finding.rule)}]: ${visible(finding.message)}`,
    options.columns,
    2,
  );
  const { length } = finding.severity;
  const severity = coloured(first!.slice(0, length), SEVERITY_STYLES[finding.severity], options);
  return [severity + first!.slice(length), ...rest];
}

function placeLines(position: Finding["position"], { columns }: RenderOptions): string[] {
  return position === undefined ? [] : hanging(" --> ", visible(positionText(position)), columns);
}

function factLines(facts: readonly Fact[], { columns }: RenderOptions): string[] {
  const labelColumns = Math.max(...facts.map(([label]) => label.length), 0) + 2;
  return facts.flatMap(([label, text]) =>
    hanging(`  = ${padEnd(`${label}:`, labelColumns)}`, visible(text), columns),
  );
}

function footer(report: Report, text: string, { columns }: RenderOptions): string[] {
  const { limitsHit } = report.evaluation;
  return [
    ...(limitsHit.length === 0 ? [] : hanging("limits reached: ", visible(limitsHit.join(", ")), columns, 2)),
    ...hanging("", visible(text), columns, 2),
  ];
}

function coloured(text: string, style: Style, { colour }: RenderOptions): string {
  return colour ? styleText([style, "bold"], text, { validateStream: false }) : text;
}
