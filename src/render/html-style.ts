import { FILTER_STYLE } from "./html-filter.ts";

/** Contrasts are at least 4.5 to 1 for text, 3 to 1 for what only frames it (WCAG 2.2, AA), in both schemes. */
const COLOURS = `:root {
  color-scheme: light dark;
  --page: #ffffff; --raised: #f6f8fa; --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --edge: #818b98;
  --link: #0757b8; --bad: #b3161f; --bad-back: #ffebe9; --warn: #7a4b00; --warn-back: #fff4d1;
  --good: #116329; --good-back: #dafbe1; --plain: #3d4752; --plain-back: #eaeef2;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --raised: #151b23; --text: #e6edf3; --quiet: #9da7b3; --line: #3d444d; --edge: #8b949e;
    --link: #6cb6ff; --bad: #ff938a; --bad-back: #3c1618; --warn: #eac55f; --warn-back: #33260a;
    --good: #6fdd8b; --good-back: #10301c; --plain: #c3ccd6; --plain-back: #262c36;
  }
}`;

const PAGE = `* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; max-width: 68rem; padding: 1rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3, h4 { font-size: 1rem; margin: 0 0 .25rem; }
section > h3 { margin: 1.5rem 0 .75rem; }
p { margin: .5rem 0; }
a { color: var(--link); }
a code { color: inherit; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; padding: .5rem; background: var(--page); }
code, pre, svg text { font-family: ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
code { font-size: .875em; unicode-bidi: isolate; }
p code, li code, h3 code, h4 code, dd code, td code, summary code {
  background: var(--plain-back); border-radius: 4px; padding: .1em .3em; -webkit-box-decoration-break: clone;
  box-decoration-break: clone;
}
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .75rem; white-space: pre-wrap; }
header { border: 1px solid var(--edge); border-left: .5rem solid var(--plain); border-radius: 6px; padding: 1rem; background: var(--raised); }
header p { margin: .25rem 0; }
header.block { border-left-color: var(--bad); } header.block h1 { color: var(--bad); }
header.warn { border-left-color: var(--warn); } header.warn h1 { color: var(--warn); }
header.pass { border-left-color: var(--good); } header.pass h1 { color: var(--good); }
.headline { font-size: 1.125rem; font-weight: 600; }
.flake { color: var(--quiet); }
.flake code { background: none; padding: 0; }
nav ul { list-style: none; margin: .75rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
nav a { display: inline-block; padding: .25rem 0; }`;

const CARDS = `.card { border: 1px solid var(--line); border-left: .25rem solid var(--edge); border-radius: 6px; padding: .75rem 1rem; margin: 1rem 0; }
.card:target { outline: 2px solid var(--link); outline-offset: 2px; }
.badge { display: inline-block; border-radius: 1rem; padding: 0 .6rem; font-size: .8125rem; background: var(--plain-back); color: var(--plain); }
.error, .widens { border-left-color: var(--bad); }
.error .badge, .widens .badge { background: var(--bad-back); color: var(--bad); }
.warning, .undecided, .incomparable { border-left-color: var(--warn); }
.warning .badge, .undecided .badge, .incomparable .badge { background: var(--warn-back); color: var(--warn); }
.narrows { border-left-color: var(--good); }
.narrows .badge { background: var(--good-back); color: var(--good); }
.path { margin: 0; }
.path code { background: none; padding: 0; color: var(--quiet); }
.todo { border-left: .25rem solid var(--link); padding-left: .75rem; }
dl { margin: .75rem 0; }
dd { margin: 0; }
.facts > div { display: grid; grid-template-columns: minmax(6rem, 11rem) minmax(0, 1fr); gap: .75rem; padding: .125rem 0; }
.facts dt { color: var(--quiet); }
.sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .75rem; }
.sides > div { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.sides dt { font-weight: 600; font-size: .875rem; padding: .25rem .75rem; background: var(--raised); border-bottom: 1px solid var(--line); }
.sides dd { padding: .5rem .75rem; }
.sides code { background: none; padding: 0; }
.lines { list-style: none; margin: 0; padding: 0; }
.lines li { white-space: pre-wrap; padding-left: 1.25rem; }
.lines del, .lines ins { display: block; margin-left: -1.25rem; padding-left: 1.25rem; text-indent: -1.25rem; }
.lines del::before { content: "\\2212"; } .lines ins::before { content: "+"; }
.lines del::before, .lines ins::before { display: inline-block; width: 1.25rem; text-indent: .25rem; font-family: ui-monospace, monospace; }
.text { margin: 0; white-space: pre-wrap; unicode-bidi: plaintext; }
del { background: var(--bad-back); color: var(--bad); text-decoration: none; border-radius: 3px; }
ins { background: var(--good-back); color: var(--good); text-decoration: none; border-radius: 3px; }
.text del { text-decoration: line-through; } .text ins { text-decoration: underline; }
.none { margin: 0; color: var(--quiet); font-style: italic; }
fieldset { border: 1px solid var(--edge); border-radius: 6px; padding: .25rem 1rem .5rem; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
legend { color: var(--quiet); padding: 0 .25rem; }
label { padding: .25rem 0; }
input { width: 1.125rem; height: 1.125rem; vertical-align: -.2em; accent-color: var(--link); }
details { margin: .5rem 0; }
summary { cursor: pointer; padding: .25rem 0; color: var(--link); }`;

const TABLES = `.scroll { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; width: 100%; min-width: 36rem; }
caption { text-align: left; color: var(--quiet); padding: .25rem 0; }
th, td { min-width: 7rem; text-align: left; vertical-align: top; padding: .375rem .75rem; border: 1px solid var(--line); }
thead th { background: var(--raised); }
tbody th { font-weight: 400; }
svg { display: block; width: 100%; min-width: 40rem; height: auto; }
svg text { font-size: 12px; fill: var(--text); unicode-bidi: isolate; white-space: pre; }
svg .title { font-weight: 700; }
svg rect { fill: var(--raised); stroke: var(--edge); stroke-width: 1.5; }
svg rect.widens { stroke: var(--bad); fill: var(--bad-back); }
svg rect.undecided, svg rect.incomparable { stroke: var(--warn); fill: var(--warn-back); }
svg rect.narrows { stroke: var(--good); fill: var(--good-back); }
svg .arrow { fill: none; stroke: var(--edge); stroke-width: 1.5; }
svg .head { fill: var(--edge); }
@media (max-width: 40rem) {
  .sides { grid-template-columns: minmax(0, 1fr); }
  .facts > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
}`;

/** On paper nothing can be opened, ticked or followed. */
const PRINT = `@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .skip, .filter { display: none; }
  .card, tr, svg { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  details:not([open])::details-content { content-visibility: visible; block-size: auto; }
  .scroll { overflow: visible; }
  table { min-width: 0; }
  main a[href^="https:"]::after { content: " <" attr(href) ">"; font-size: .875em; }
  * { print-color-adjust: exact; }
}`;

/** The whole style of the page. */
export const STYLE = `
${COLOURS}
${PAGE}
${CARDS}
${TABLES}
${FILTER_STYLE}
${PRINT}
`;
