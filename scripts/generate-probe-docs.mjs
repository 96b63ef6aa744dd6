// Writes docs/probes.md from the catalogue itself; `--check` only says whether it is current.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("..", import.meta.url);
const page = fileURLToPath(new URL("docs/probes.md", root));
const { probesPage } = await load("src/permissions/probes/page.ts");
const text = probesPage();

if (!process.argv.includes("--check")) writeFileSync(page, text);
else if (readFileSync(page, "utf8") !== text) {
  process.stderr.write("docs/probes.md is not current. Run: node scripts/generate-probe-docs.mjs\n");
  process.exitCode = 1;
}

/** Node does not read TypeScript by itself in the versions that are supported. */
async function load(entry) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, root))],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "error",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
