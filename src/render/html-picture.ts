import type { Change } from "../model/change.ts";
import type { InputChange } from "../model/lock.ts";
import type { FlakeReport } from "../model/report.ts";
import { type Effects, effectsOf, MAX_PICTURED_EFFECTS } from "./effects.ts";
import { visible } from "./escape.ts";
import { code, folded, type Html, html, NOTHING, prose, table } from "./html-markup.ts";
import { displayWidth, wrapWords } from "./layout.ts";
import { plural, revisionsText } from "./words.ts";

/** Lengths are in the picture's own units, of which a letter of the fixed-width font takes `LETTER`. */
const LETTER = 7.3;
const LINE = 17;
const PADDING = 10;
const GAP = 14;
const INPUT_WIDTH = 260;
const CHANGE_WIDTH = 440;
const WIDTH = 860;
const CHANGES_AT = WIDTH - CHANGE_WIDTH;
const MAX_LINES = 3;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  title: string;
  lines: string[];
  /** Class for its looks. */
  look: string;
}

/** From the inputs that moved to what they changed: a picture where it is readable, and a table always. */
export function effectsPart(flake: FlakeReport): Html {
  const effects = effectsOf(flake);
  if (effects.arrows.length === 0) return NOTHING;
  const list = effectsTable(effects);
  if (effects.arrows.length > MAX_PICTURED_EFFECTS) return list;
  return html`${picture(effects)}${folded(html`The same as a table`, list)}`;
}

function effectsTable({ arrows }: Effects): Html {
  const rows = arrows.map(({ input, change }) => [
    code(input.path),
    html`${revisionsText(input).replace("->", "→")}`,
    html`${change.direction}: ${prose(change.summary)}`,
  ]);
  return table("What each input changed", ["Input", "From → to", "Change"], rows);
}

function picture(effects: Effects): Html {
  const inputs = stacked(effects.inputs.map(inputBox));
  const changes = stacked(effects.changes.map(changeBox));
  const height = Math.max(bottom(inputs), bottom(changes));
  const left = centred(inputs, height);
  const right = centred(changes, height);
  const what = `${plural(effects.inputs.length, "input")} of flake.lock with arrows to ${plural(effects.changes.length, "change")}; the table below says the same`;
  return html`<div class="scroll" role="region" aria-label="Picture of what each input changed" tabindex="0">
<svg role="img" aria-label="${what}" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">
${effects.arrows.map(({ input, change }) =>
  arrow(left[effects.inputs.indexOf(input)]!, right[effects.changes.indexOf(change)]!),
)}${[...left, ...right].map(drawn)}</svg>
</div>
`;
}

function inputBox(input: InputChange): Box {
  const { lines, ...box } = sized(INPUT_WIDTH, input.path, revisionsText(input).replace("->", "→"));
  return { ...box, lines, x: 0, look: "input" };
}

function changeBox(change: Change): Box {
  const box = sized(CHANGE_WIDTH, change.direction, change.summary.replaceAll("`", ""));
  return { ...box, x: CHANGES_AT, look: change.direction };
}

function sized(width: number, title: string, text: string): Omit<Box, "x" | "look"> {
  const columns = Math.floor((width - 2 * PADDING) / LETTER);
  const lines = limited(wrapWords(visible(text), columns), MAX_LINES, columns);
  const [heading] = limited(wrapWords(visible(title), columns), 1, columns);
  return { y: 0, width, height: (lines.length + 1) * LINE + 2 * PADDING, title: heading!, lines };
}

/** Lines beyond the limit are left out, which the last one says. */
function limited(lines: readonly string[], limit: number, columns: number): string[] {
  if (lines.length <= limit) return [...lines];
  const kept = lines.slice(0, limit);
  let last = [...kept.pop()!];
  while (displayWidth(last.join("")) > columns - 4) last = last.slice(0, -1);
  return [...kept, `${last.join("")} ...`];
}

function stacked(boxes: readonly Box[]): Box[] {
  let y = 0;
  return boxes.map((box) => {
    const placed = { ...box, y };
    y += box.height + GAP;
    return placed;
  });
}

function bottom(boxes: readonly Box[]): number {
  const last = boxes.at(-1);
  return last === undefined ? 0 : last.y + last.height;
}

function centred(boxes: readonly Box[], height: number): Box[] {
  const down = (height - bottom(boxes)) / 2;
  return boxes.map((box) => ({ ...box, y: box.y + down }));
}

function drawn({ x, y, width, height, title, lines, look }: Box): Html {
  const at = (line: number) => y + PADDING + LINE * line + 12;
  return html`<rect class="${look}" x="${x + 1}" y="${y + 1}" width="${width - 2}" height="${height - 2}" rx="6"/>
<text x="${x + PADDING}" y="${at(0)}"><tspan class="title">${title}</tspan>${lines.map(
    (line, index) => html`<tspan x="${x + PADDING}" y="${at(index + 1)}">${line}</tspan>`,
  )}</text>
`;
}

/** A curve with a head of its own: a marker would need an id. */
function arrow(from: Box, to: Box): Html {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x - 8, to.y + to.height / 2];
  const middle = (x1 + x2) / 2;
  return html`<path class="arrow" d="M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}"/>
<path class="head" d="M${to.x} ${y2}l-9 -5v10z"/>
`;
}
