import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

/** Holds a transcript and docs/hooks.md, where it stands below a comment with its name, together. */
export async function standsInPage(name: string, transcript: string): Promise<void> {
  await expect(transcript).toMatchFileSnapshot(`golden/hooks-${name}.txt`);
  const page = readFileSync(join(import.meta.dirname, "../../docs/hooks.md"), "utf8");
  const marked = new RegExp(`<!-- ${name} -->\\n\`\`\`text\\n([\\s\\S]*?)\`\`\`\\n`).exec(page);
  expect(marked?.[1]).toBe(transcript);
}
