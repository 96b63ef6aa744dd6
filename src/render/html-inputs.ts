import type { InputChange } from "../model/lock.ts";
import type { Report } from "../model/report.ts";
import { code, type Html, html, link, prose, table } from "./html-markup.ts";
import { effectsPart } from "./html-picture.ts";
import { perFlake } from "./html-place.ts";
import { plural, revisionsText } from "./words.ts";

/** What moved in flake.lock, and what it changed. */
export function inputsPart(report: Report): Html {
  return perFlake(report, (flake) => {
    const rows = flake.inputs.map((input) => [
      code(input.path),
      html`${input.kind}`,
      link(html`${revisionsText(input).replace("->", "→")}`, input.url),
      effect(input),
    ]);
    const inputs = table("Inputs that differ in flake.lock", ["Input", "Kind", "From → to", "Effect"], rows);
    return html`${effectsPart(flake)}${inputs}`;
  });
}

function effect({ effects, undecidedBecause }: InputChange): Html {
  const seen = effects === 0 ? "no effect seen" : plural(effects, "change");
  return undecidedBecause === undefined ? html`${seen}` : html`${seen}; ${prose(undecidedBecause)}`;
}
