import { expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { cli } from "./io.ts";

test("docs/commands.md says what --help says", async () => {
  const overview = (await cli(["--help"], { columns: 100 })).stdout.trimEnd();
  const sections = await Promise.all(
    COMMANDS.map(async ({ name }) => {
      const help = (await cli([name, "--help"], { columns: 100 })).stdout.trimEnd();
      return `## ${name}\n\n\`\`\`text\n${help}\n\`\`\``;
    }),
  );
  const page = [
    "# Commands",
    "What `--help` prints, as one page (`npx vitest run test/cli -u` writes it).",
    `\`\`\`text\n${overview}\n\`\`\``,
    ...sections,
  ].join("\n\n");
  await expect(`${page}\n`).toMatchFileSnapshot("../../docs/commands.md");
});
