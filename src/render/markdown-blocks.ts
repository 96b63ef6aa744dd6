/** Blocks that GitHub's Markdown knows; every cell and content is Markdown already. */

/** Nothing where there are no rows. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Shut until it is opened; nothing where there is no content. */
export function folded(summary: string, content: string): string {
  return content === "" ? "" : `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** Line ends by themselves: a line feed is one on some of GitHub's pages only. */
export function brokenLines(lines: readonly string[]): string {
  return lines.filter((line) => line !== "").join("<br>");
}

/** What belongs to an item of a list. */
export function indented(block: string): string {
  return block.replace(/^(?=.)/gm, "  ");
}
