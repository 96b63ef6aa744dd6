// Writes docs/rules/ from the rules themselves; `--check` only says whether it is current.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const DOCS = join(ROOT, "docs/rules");

const { rulePages } = await load("src/rules/pages.ts");
const pages = rulePages();
const stale = stalePages(pages);

if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    process.stderr.write(`Not current: ${stale.join(", ")}. Run: node scripts/generate-rule-docs.mjs\n`);
    process.exitCode = 1;
  }
} else {
  mkdirSync(DOCS, { recursive: true });
  for (const file of stale) {
    if (pages[file] === undefined) rmSync(join(DOCS, file));
    else writeFileSync(join(DOCS, file), pages[file]);
  }
}

/** Pages that are missing, differ, or belong to no rule. */
function stalePages(expected) {
  const present = readdirSync(DOCS).filter((file) => file.endsWith(".md"));
  const files = [...new Set([...Object.keys(expected), ...present])].sort();
  return files.filter(
    (file) => !present.includes(file) || readFileSync(join(DOCS, file), "utf8") !== expected[file],
  );
}

/** Node does not read TypeScript by itself in the versions that are supported. */
async function load(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, entry)],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    logLevel: "error",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire("/");' },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
