import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BOX_PATH } from "../../src/client/box-script.ts";
import { SESSION_DEFAULTS } from "../../src/client/session.ts";
import type { ClientAnswer } from "../../src/model/client-session.ts";

const page = readFileSync("docs/client.md", "utf8");
const source = readdirSync("src/client")
  .map((file) => readFileSync(`src/client/${file}`, "utf8"))
  .join("\n");

/** First cells of the table rows below a heading. */
function listed(heading: string): string[] {
  const section = page.split(`\n## ${heading}\n`)[1]!.split("\n## ")[0]!;
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]!).sort();
}

test("every error of the door is documented, and no other", () => {
  const thrown = [...source.matchAll(/new ClientError\(\s*"([^"]+)"/g)].map((match) => match[1]!);
  expect(listed("Errors")).toEqual([...new Set(thrown)].sort());
});

test("every answer is documented, and no other", () => {
  const kinds: Record<ClientAnswer["kind"], true> = {
    runs: true,
    prompts: true,
    refused: true,
    "not-offered": true,
    unclear: true,
  };
  expect(listed("One session")).toEqual(Object.keys(kinds).sort());
});

test("limits and paths in the documentation are those of the code", () => {
  expect(page).toContain(`\`${BOX_PATH}\``);
  expect(page).toContain(
    `${SESSION_DEFAULTS.timeoutMs / 1000} seconds, ${SESSION_DEFAULTS.maxOutputBytes / 1024 ** 2} MiB of output`,
  );
});
