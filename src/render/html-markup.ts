import { htmlText, knownPage } from "./escape.ts";

/** Markup that is safe to print: made by `html`, where every other value is escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = Html | string | number | readonly Html[];

/** A template of markup. What stands in it is text, unless it is markup already. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(parts.reduce((text, part, index) => `${text}${markup(pieces[index - 1]!)}${part}`));
}

function markup(piece: Piece): string {
  if (piece instanceof Html) return piece.text;
  if (typeof piece === "object") return piece.map(({ text }) => text).join("");
  return htmlText(String(piece));
}

export const NOTHING = html``;

/** The markup of every item, set apart by a separator of our own. */
export function joined(items: readonly Html[], separator: Html): Html {
  return html`${items.map((item, index) => (index === 0 ? item : html`${separator}${item}`))}`;
}

export function code(text: string): Html {
  return html`<code>${text}</code>`;
}

/** Prose of the report: what stands in backticks is code; a last one that opens nothing is text. */
export function prose(text: string): Html {
  const segments = text.split("`");
  const loose = segments.length % 2 === 0 ? segments.length - 1 : -1;
  return html`${segments.map((segment, index) => {
    if (index === loose) return html`${`\`${segment}`}`;
    return index % 2 === 0 ? html`${segment.replaceAll(" -> ", " → ")}` : code(segment);
  })}`;
}

/** A link where the page is known, else the content alone. */
export function link(content: Html, url: string | undefined): Html {
  const page = knownPage(url);
  return page === null ? content : html`<a href="${page}" rel="noreferrer">${content}</a>`;
}

/** A table that scrolls by itself where it is too wide; the first cell of a row is its heading. */
export function table(caption: string, header: readonly string[], rows: readonly (readonly Html[])[]): Html {
  if (rows.length === 0) return NOTHING;
  const body = rows.map(
    ([first = NOTHING, ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>\n`,
  );
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${header.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${body}</tbody>
</table>
</div>
`;
}

/** What is known, by name; what is `NOTHING` is left out. */
export function facts(known: readonly (readonly [name: string, content: Html])[]): Html {
  const rows = known.filter(([, content]) => content !== NOTHING);
  return html`<dl class="facts">
${rows.map(([name, content]) => html`<div><dt>${name}</dt><dd>${content}</dd></div>\n`)}</dl>
`;
}

export function folded(summary: Html, content: Html): Html {
  if (content.text === "") return NOTHING;
  return html`<details>
<summary>${summary}</summary>
${content}</details>
`;
}

/** Lines that keep their breaks. */
export function block(lines: readonly string[]): Html {
  return html`<pre><code>${joined(
    lines.map((line) => html`${line}`),
    new Html("\n"),
  )}</code></pre>
`;
}
