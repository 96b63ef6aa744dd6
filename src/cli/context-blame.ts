import type { LineOrigin } from "../check/ports.ts";
import type { BlamedValue, ContextBlame } from "../check/provenance/blame-context.ts";
import type { TracedInput } from "../check/provenance/trace.ts";
import { dayOf } from "../lock/index.ts";
import { printableJson, visible, withoutLineCommands } from "../render/escape.ts";
import { displayWidth, hanging, padEnd } from "../render/layout.ts";
import { shortId } from "../render/words.ts";
import { traceJson } from "./call-explanation.ts";
import { lockedText, originText } from "./trace-words.ts";

/** One line a value: commit or revision, day, who, place, attribute and value; then what the inputs are. */
export function contextBlame({ attribute, values }: ContextBlame, columns: number): string {
  if (values.length === 0) return `${visible(attribute)} says nothing.\n`;
  const rows = values.map(cellsOf);
  const widths = COLUMNS_MAX.map((max, column) =>
    Math.min(max, Math.max(...rows.map(({ head }) => displayWidth(head[column]!)))),
  );
  const lines = rows.map(({ head, text }) => {
    const columned = head.map((cell, column) => padEnd(cell, widths[column]!)).join("  ");
    return `${columned}  ${cutTo(text, Math.max(columns - displayWidth(columned) - 2, MIN_VALUE_COLUMNS))}`;
  });
  const notes = notesOn(values).flatMap((note) => hanging("", visible(note), columns, 2));
  return `${withoutLineCommands([...lines, ...(notes.length === 0 ? [] : ["", ...notes])].join("\n"))}\n`;
}

/** The same as data, ending in a line break. */
export function contextBlameJson({ attribute, snapshot, values }: ContextBlame): string {
  const answer = {
    attribute,
    revision: snapshot.revision,
    tree: snapshot.tree,
    values: values.map(({ path, text, ...trace }) => ({ path, value: text, ...traceJson(trace) })),
  };
  return `${printableJson(JSON.stringify(answer, null, 2))}\n`;
}

const MIN_VALUE_COLUMNS = 20;
/** What is wider pushes its own line to the right, and no other. */
const COLUMNS_MAX = [8, 10, 18, 20, 22];

function cellsOf({ path, text, position, input, origin }: BlamedValue): { head: string[]; text: string } {
  const head = [
    input === null ? commitCell(origin) : input.revision === null ? "?" : shortId(input.revision).slice(0, 8),
    (origin?.kind === "commit" ? dayOf(origin.commit.seconds) : null) ?? "",
    cutTo(visible(input === null ? authorOf(origin) : input.path), COLUMNS_MAX[2]!),
    position === null ? "?" : `${position.file}:${position.line}`,
    path,
  ];
  return { head: head.map(visible), text: visible(text.split("\n")[0]!) };
}

/** As `git blame` has it, with `^` for where a shallow clone ends. */
function commitCell(origin: LineOrigin | null): string {
  if (origin?.kind === "commit") return `${origin.boundary ? "^" : ""}${shortId(origin.commit.id)}`;
  return origin?.kind === "uncommitted" ? "not yet" : "?";
}

function authorOf(origin: LineOrigin | null): string {
  if (origin?.kind === "commit") return origin.commit.author;
  return origin?.kind === "uncommitted" ? "not committed" : "";
}

/** Wide texts are cut by columns, so that every value keeps to its line. */
function cutTo(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text.trimEnd();
  let kept = "";
  for (const character of text) {
    if (displayWidth(kept) + displayWidth(character) > columns - ELLIPSIS.length) break;
    kept += character;
  }
  return `${kept.trimEnd()}${ELLIPSIS}`;
}

const ELLIPSIS = "...";

/** What the columns have no room for. */
function notesOn(values: readonly BlamedValue[]): string[] {
  const inputs = new Map(
    values.flatMap(({ input, origin }) => (input === null ? [] : [[input.path, inputNote(input, origin)]])),
  );
  const unknown = values.flatMap(({ origin }) => (origin?.kind === "unknown" ? [originText(origin)] : []));
  const boundary = values.some(({ origin }) => origin?.kind === "commit" && origin.boundary);
  return [
    ...inputs.values(),
    ...(boundary ? ["^ is where this shallow clone ends: those lines may be older"] : []),
    ...[...new Set(unknown)].map((text) => `? is ${text}`),
  ];
}

/** The day in such a line is when its revision was locked here. */
function inputNote(input: TracedInput, origin: LineOrigin | null): string {
  const locked = origin === null ? "" : `, locked in ${originText(origin)}`;
  return `${input.path} is ${lockedText(input)}${locked}`;
}
