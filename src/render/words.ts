import { assertNever } from "../model/assert-never.ts";
import type { Cause, Change, Witness } from "../model/change.ts";
import { HAPPENED_BEFORE, HAPPENS_NOW } from "../model/decision-words.ts";
import type { Finding } from "../model/finding.ts";
import type { Json } from "../model/json.ts";
import type { Position } from "../model/position.ts";
import type { FlakeReport, Report, SideReport } from "../model/report.ts";
import { shortId } from "../model/short-id.ts";

export { shortId };

/**
 * The report's words, the same in every format. The texts hold what the repository says as it says it: whoever
 * prints one escapes it. Quoted things stand in backticks.
 */

/** To be set after the call: `now runs without asking; before, it asked first`. */
export function witnessComparison(witness: Witness): string {
  return `now ${HAPPENS_NOW[witness.after]}; before, it ${HAPPENED_BEFORE[witness.before]}`;
}

const VERDICT_WORDS = { pass: "Passed", warn: "Passed with warnings", block: "Blocked" } as const;

export function verdictWords(report: Report): string {
  return VERDICT_WORDS[report.verdict];
}

/** One sentence: the worst that the change brings, with the call that proves it. */
export function headline(report: Report): string {
  const witness = worstWitness(report);
  if (witness !== undefined) {
    return witness.after === "allow"
      ? `Claude may now do \`${witness.call}\` without asking.`
      : `\`${witness.call}\` ${witnessComparison(witness)}.`;
  }
  const finding = openFindings(report)[0];
  if (finding !== undefined) return sentence(finding.message);
  const { changes } = report.counts;
  if (changes === 0) return "Nothing in the context has changed.";
  return `${plural(changes, "change")} in what Claude is told or may do, none that a rule or constraint objects to.`;
}

function worstWitness(report: Report): Witness | undefined {
  const proven = openFindings(report).find(({ witness }) => witness !== undefined);
  if (proven !== undefined) return proven.witness;
  return report.flakes
    .flatMap(({ changes }) => changes)
    .find(({ direction, witness }) => direction === "widens" && witness !== undefined)?.witness;
}

/** Neither waived nor approved, in the report's order. */
function openFindings(report: Report): Finding[] {
  return report.flakes.flatMap(({ findings }) => findings).filter(isOpen);
}

/** The change that a finding is about: the one it names, else the only one at its place. */
export function changeOf(finding: Finding, flake: FlakeReport): Change | undefined {
  if (finding.change !== undefined) return flake.changes.find(({ id }) => id === finding.change);
  const here = flake.changes.filter(({ position }) => isSamePlace(position, finding.position));
  return here.length === 1 ? here[0] : undefined;
}

/** A flake's findings by the change that each is about; under `undefined` those that are about none. */
export function findingsByChange(flake: FlakeReport): ReadonlyMap<Change | undefined, Finding[]> {
  const found = new Map<Change | undefined, Finding[]>();
  for (const finding of flake.findings) {
    const change = changeOf(finding, flake);
    const known = found.get(change);
    if (known === undefined) found.set(change, [finding]);
    else known.push(finding);
  }
  return found;
}

function isSamePlace(a: Position | undefined, b: Position | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.line === b.line && a.column === b.column && a.file === b.file && a.input === b.input;
}

export function isOpen(finding: Finding): boolean {
  return finding.waived === undefined && finding.approved === undefined;
}

/** The flag that accepts a finding for this one change; null where none is needed or none helps. */
export function approvalFlag(finding: Finding): string | null {
  const blocks = finding.severity === "error" && isOpen(finding) && finding.approvable !== false;
  return blocks ? `--approve ${finding.fingerprint}` : null;
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `1 error, 2 warnings in 3 changes`. */
export function totals({ counts }: Report): string {
  const found = [
    ...(counts.error > 0 ? [plural(counts.error, "error")] : []),
    ...(counts.warning > 0 ? [plural(counts.warning, "warning")] : []),
    ...(counts.note > 0 ? [plural(counts.note, "note")] : []),
    ...(counts.waived > 0 ? [`${counts.waived} waived`] : []),
    ...(counts.approved > 0 ? [`${counts.approved} approved`] : []),
  ];
  const findings = found.length === 0 ? "no findings" : found.join(", ");
  return counts.changes === 0
    ? `${findings}, no changes`
    : `${findings} in ${plural(counts.changes, "change")}`;
}

/** `1.2 s, 3 evaluations, digest 0123456789ab`. */
export function howComputed(report: Report): string {
  const { evaluations, cached, durationMs } = report.evaluation;
  const work = evaluations === 0 && cached > 0 ? "from the cache" : plural(evaluations, "evaluation");
  return `${(durationMs / 1000).toFixed(1)} s, ${work}, digest ${report.digest.slice(0, 12)}`;
}

/** A value as JSON on one line, with blanks after commas and colons; cut after `maxCharacters`. */
export function valueText(value: Json, maxCharacters: number): string {
  if (value === null) return "nothing";
  return cutText(spacedJson(value), maxCharacters);
}

/** With a word about what is missing where it is cut. */
export function cutText(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const kept = [...text.slice(0, maxCharacters)];
  // A cut through a surrogate pair leaves half a character.
  if (/^[\ud800-\udbff]$/.test(kept.at(-1) ?? "")) kept.pop();
  return `${kept.join("")} ... (${plural(text.length - maxCharacters, "more character")})`;
}

function spacedJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${spacedJson(member)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** `flake.nix:31:56`, with the input whose file it is. */
export function positionText(position: Position): string {
  const place = placeText(position);
  return position.input === undefined ? place : `${place} (${originText(position.input)})`;
}

/** `flake.nix:31:56`. */
export function placeText({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

export function originText(input: string): string {
  return input.startsWith("org:") ? `organisation ${input.slice("org:".length)}` : `input ${input}`;
}

/** Where the constraint behind a finding stands; null for built-in rules. */
export function constraintText(finding: Finding): string | null {
  if (finding.constraintPosition !== undefined) return positionText(finding.constraintPosition);
  if (finding.source === "builtin") return null;
  return finding.source === "self" ? "this flake" : originText(finding.source.replace(/^input:/, ""));
}

export function causeText(cause: Cause): string {
  switch (cause.kind) {
    case "edit": {
      const place = cause.line === undefined ? cause.file : `${cause.file}:${cause.line}`;
      const who = [cause.commit === undefined ? null : shortId(cause.commit), cause.author ?? null];
      const known = who.filter((part) => part !== null);
      return known.length === 0 ? `edit in ${place}` : `edit in ${place} (${known.join(", ")})`;
    }
    case "input":
      return `input ${cause.name} ${inputMove(cause)}`;
    case "joint":
      return `only together: ${cause.of.map(causeText).join("; ")}`;
    default:
      return assertNever(cause);
  }
}

function inputMove({ from, to }: { from: string | null; to: string | null }): string {
  if (from !== null && to !== null) return `moved: ${revisionsText({ from, to })}`;
  if (to !== null) return `added: ${shortId(to)}`;
  return from === null ? "is not locked" : `removed: ${shortId(from)}`;
}

/** `1a2b3c4 -> 5d6e7f8`, or the one that there is. */
export function revisionsText({ from, to }: { from: string | null; to: string | null }): string {
  const known = [from, to].filter((revision) => revision !== null).map(shortId);
  return known.length === 0 ? "not locked" : known.join(" -> ");
}

export function flakeTitle(flake: FlakeReport): string {
  return `${flake.path}#${flake.attribute}: ${sideText(flake.before)} -> ${sideText(flake.after)}`;
}

function sideText(side: SideReport): string {
  const content = side.present ? "" : " (no context)";
  if (side.revision !== null) return shortId(side.revision) + content;
  return side.tree === null ? "nothing" : `tree ${shortId(side.tree)}${content}`;
}
