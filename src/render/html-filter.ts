import { DIRECTIONS, type Direction } from "../model/change.ts";
import { type Html, html, NOTHING } from "./html-markup.ts";

/** One checkbox for each word that occurs; `FILTER_STYLE` hides what is not wanted, without a script. */
export function filter(legend: string, choices: readonly { word: Direction; count: number }[]): Html {
  const present = choices.filter(({ count }) => count > 0);
  if (present.length < 2) return NOTHING;
  return html`<fieldset class="filter">
<legend>${legend}</legend>
${present.map(
  ({ word, count }) =>
    html`<label class="${word}"><input type="checkbox" id="show-${word}" checked="checked" autocomplete="off"/> ${word} (${count})</label>\n`,
)}</fieldset>
<p class="all-hidden">Every change is hidden: tick at least one box above.</p>
`;
}

/** A browser that does not know `:has` shows everything, and so does paper. */
export const FILTER_STYLE = `.all-hidden { display: none; }
@media screen {
${DIRECTIONS.map(
  (direction) => `  main:has(#show-${direction}:not(:checked)) .change.${direction} { display: none; }`,
).join("\n")}
  fieldset:not(:has(input:checked)) + .all-hidden { display: block; }
}`;
