import { diffArrays } from "diff";
import type { Change, TextDiffPart } from "../model/change.ts";
import type { Json } from "../model/json.ts";
import { Html, html, joined } from "./html-markup.ts";

/** More lines of one side are counted, not shown: `--format json` has them. */
const MAX_LINES_PER_SIDE = 400;
/** With more differences than this, looking for the smallest set of them takes too long. */
const MAX_EDITS = 2000;

interface Line {
  /** `other`: the other side does not have it. */
  kind: "same" | "other";
  text: string;
}

/** A change as what was beside what is. Differences are marked by a sign and by an element, not by colour alone. */
export function sides(change: Change): Html {
  const { textDiff, before, after } = change;
  const [was, is] =
    textDiff === undefined
      ? compared(linesOf(before), linesOf(after))
      : [text(textDiff, "removed"), text(textDiff, "added")];
  return html`<dl class="sides">
<div class="was"><dt>Before</dt><dd>${was}</dd></div>
<div class="is"><dt>After</dt><dd>${is}</dd></div>
</dl>
`;
}

/** Rules one a line; anything else as JSON. */
function linesOf(value: Json): string[] {
  if (value === null) return [];
  if (typeof value === "string") return [value];
  const isListOfText = Array.isArray(value) && value.every((item) => typeof item === "string");
  if (isListOfText && value.length > 0) return value;
  return JSON.stringify(value, null, 2).split("\n");
}

function compared(before: string[], after: string[]): [Html, Html] {
  const parts = diffArrays(before, after, { maxEditLength: MAX_EDITS }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  const side = (left: "added" | "removed") =>
    parts
      .filter((part) => !part[left])
      .flatMap(({ value, added, removed }) =>
        value.map((line): Line => ({ kind: added || removed ? "other" : "same", text: line })),
      );
  return [listed(side("added"), "removed"), listed(side("removed"), "added")];
}

function listed(lines: readonly Line[], mark: "removed" | "added"): Html {
  if (lines.length === 0) return html`<p class="none">nothing</p>`;
  const more = lines.length - MAX_LINES_PER_SIDE;
  const items = lines.slice(0, MAX_LINES_PER_SIDE).map(({ kind, text: line }) => {
    const [indent, rest] = [/^ */.exec(line)![0], line.trimStart()];
    const content = rest === "" ? html`${JSON.stringify(line)}` : html`${indent}${rest}`;
    return html`<li>${kind === "same" ? html`<code>${content}</code>` : marked(mark, html`<code>${content}</code>`)}</li>\n`;
  });
  return html`<ul class="lines">
${items}${more > 0 ? [html`<li class="none">and ${more} more lines</li>\n`] : []}</ul>`;
}

function marked(mark: "removed" | "added", content: Html): Html {
  return mark === "removed" ? html`<del>${content}</del>` : html`<ins>${content}</ins>`;
}

function text(parts: readonly TextDiffPart[], mark: "removed" | "added"): Html {
  const shown = parts.filter(({ kind }) => kind === "same" || kind === mark);
  if (shown.every((part) => part.text === "")) return html`<p class="none">nothing</p>`;
  return html`<p class="text">${shown.map((part) => {
    const lines = joined(
      part.text.split("\n").map((line) => html`${line}`),
      new Html("\n"),
    );
    return part.kind === "same" ? lines : marked(mark, lines);
  })}</p>`;
}
