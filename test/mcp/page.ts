import { readFileSync } from "node:fs";

const PAGE = readFileSync("docs/mcp.md", "utf8");

/** The code block of docs/mcp.md under a mark: `<!-- tools -->`. */
export function shown(mark: string): string {
  const found = new RegExp(`<!-- ${mark} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(PAGE);
  if (found === null) throw new Error(`docs/mcp.md has no block ${mark}`);
  return found[1]!;
}

/** Rows of the table that begins with this header, cell by cell, code without its marks. */
export function table(header: string): string[][] {
  const rows = PAGE.slice(PAGE.indexOf(header)).split("\n\n")[0]!.split("\n").slice(2);
  return rows.map((row) => row.slice(2, -2).split(" | "));
}
