import { assertNever } from "../model/assert-never.ts";
import type { Cause, Change, TextDiffPart } from "../model/change.ts";
import type { Finding } from "../model/finding.ts";
import type { Json } from "../model/json.ts";
import type { Position } from "../model/position.ts";
import type { FlakeReport } from "../model/report.ts";
import { markdownCode, markdownCompareLink, markdownLineLink, markdownProse } from "./escape.ts";
import { brokenLines, table } from "./markdown-blocks.ts";
import {
  causeText,
  cutText,
  findingsByChange,
  originText,
  placeText,
  shortId,
  valueText,
  witnessComparison,
} from "./words.ts";

/** Longer values are cut in the table; the full diff below it has them. */
const MAX_CELL_CHARACTERS = 120;
/** Of what two texts have in common, this much stands on each side of a difference. */
const CONTEXT_CHARACTERS = 24;

/** One row per change with all that is said of it; `only` leaves rows out. */
export function judgedTable(
  flake: FlakeReport,
  only: (findings: readonly Finding[]) => boolean = () => true,
): string {
  const about = findingsByChange(flake);
  const rows = flake.changes.flatMap((change) => {
    const findings = about.get(change) ?? [];
    return only(findings) ? [[...changeCells(change), verdictCell(findings)]] : [];
  });
  return table(["Change", "Before → After", "Cause", "Verdict"], rows);
}

/** One row per change, without judgement. */
export function changesTable({ changes }: FlakeReport): string {
  return table(["Change", "Before → After", "Cause"], changes.map(changeCells));
}

function changeCells(change: Change): string[] {
  const direction = change.direction === "widens" ? "**widens**" : change.direction;
  const witness =
    change.witness === undefined
      ? ""
      : `${markdownCode(change.witness.call)} ${witnessComparison(change.witness)}`;
  return [
    brokenLines([
      `${direction}: ${markdownProse(change.summary)}`,
      markdownCode(change.path),
      change.position === undefined ? "" : rowPlace(change.position),
    ]),
    brokenLines([valuesCell(change), witness, undecidedNote(change)]),
    brokenLines(change.causes.flatMap(causeLines)) || "not known",
  ];
}

function undecidedNote({ undecidedBecause }: Change): string {
  return undecidedBecause === undefined ? "" : `not decided: ${markdownProse(undecidedBecause)}`;
}

/** A link says whose file it leads to. */
function rowPlace(position: Position): string {
  return position.url === undefined
    ? placeLink(position)
    : markdownLineLink(markdownCode(placeText(position)), position.url);
}

/** Where something stands: a link to the line where its page is known, and whose file it is. */
export function placeLink(position: Position): string {
  const origin = position.input === undefined ? "" : `, ${markdownProse(originText(position.input))}`;
  return `${markdownLineLink(markdownCode(placeText(position)), position.url)}${origin}`;
}

function causeLines(cause: Cause): string[] {
  switch (cause.kind) {
    case "joint":
      return ["only together:", ...cause.of.flatMap(causeLines)];
    case "edit": {
      const { file, line, commit, author } = cause;
      const who = [
        ...(commit === undefined ? [] : [markdownCode(shortId(commit))]),
        ...(author === undefined ? [] : [markdownProse(author)]),
      ];
      return [`edit in ${markdownCode(line === undefined ? file : `${file}:${line}`)}`, who.join(", ")];
    }
    case "input": {
      const { name, from, to, url } = cause;
      if (from === null || to === null) return [markdownProse(causeText(cause))];
      const moved = markdownCode(`${shortId(from)}...${shortId(to)}`);
      return [`input ${markdownCode(name)}`, url === undefined ? moved : markdownCompareLink(moved, url)];
    }
    default:
      return assertNever(cause);
  }
}

function valuesCell({ before, after, textDiff }: Change): string {
  if (before === null || after === null) return `${valueCell(before)} → ${valueCell(after)}`;
  const shown = textDiff === undefined ? [before, after] : differingParts(textDiff);
  return brokenLines([valueCell(shown[0]!), `→ ${valueCell(shown[1]!)}`]);
}

/** Rules and other texts stand as they are, so does each of a list of them; the rest as JSON. */
function valueCell(value: Json): string {
  if (value === null) return "nothing";
  if (typeof value === "string") return markdownCode(cutText(shortId(value), MAX_CELL_CHARACTERS));
  const text = valueText(value, MAX_CELL_CHARACTERS);
  const isShortList = Array.isArray(value) && value.length > 0 && text.length <= MAX_CELL_CHARACTERS;
  if (isShortList && value.every((one) => typeof one === "string")) return value.map(markdownCode).join(", ");
  return markdownCode(text);
}

/** Both texts with what they have in common cut short, so that a cell shows where they differ. */
function differingParts(parts: readonly TextDiffPart[]): [string, string] {
  const text = (without: TextDiffPart["kind"]) =>
    parts
      .map((part, index) => {
        if (part.kind === without) return "";
        return part.kind === "same" ? shortened(part.text, index > 0, index < parts.length - 1) : part.text;
      })
      .join("");
  return [text("added"), text("removed")];
}

/** The ends of a text that stand beside a difference. */
function shortened(text: string, isAfterOne: boolean, isBeforeOne: boolean): string {
  const characters = [...text];
  const start = isAfterOne ? CONTEXT_CHARACTERS : 0;
  const end = isBeforeOne ? CONTEXT_CHARACTERS : 0;
  if (characters.length <= start + end + 3) return text;
  return `${characters.slice(0, start).join("")}...${end === 0 ? "" : characters.slice(-end).join("")}`;
}

function verdictCell(findings: readonly Finding[]): string {
  if (findings.length === 0) return "no objection";
  return brokenLines(findings.flatMap((finding) => [judgement(finding), markdownCode(finding.rule)]));
}

/** `**error**`, `warning, waived`. */
export function judgement(finding: Finding): string {
  if (finding.waived !== undefined) return `${finding.severity}, waived`;
  if (finding.approved !== undefined) return `${finding.severity}, approved`;
  return finding.severity === "error" ? "**error**" : finding.severity;
}
