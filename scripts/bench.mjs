// `npm run bench`: every promise about speed as a ratio of two medians in the same run (docs/performance.md).
// `--write` puts the table into that page.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { actionBenchmarks } from "./bench/action.mjs";
import { causesBenchmarks } from "./bench/causes.mjs";
import { checkBenchmarks } from "./bench/check.mjs";
import { hookBenchmarks } from "./bench/hook.mjs";
import { inclusionBenchmarks } from "./bench/inclusion.mjs";
import { lockBenchmarks } from "./bench/lock.mjs";
import { mcpBenchmarks } from "./bench/mcp.mjs";

const page = fileURLToPath(new URL("../docs/performance.md", import.meta.url));
const rows = [];
for (const benchmarks of [
  hookBenchmarks,
  checkBenchmarks,
  inclusionBenchmarks,
  lockBenchmarks,
  causesBenchmarks,
  mcpBenchmarks,
  actionBenchmarks,
]) {
  for await (const row of benchmarks()) {
    rows.push(row);
    process.stdout.write(`${row.name}: ${row.measured} (limit ${row.limit})${row.ok ? "" : "  MISSED"}\n`);
  }
}
const table = [
  "| what | against | measured | limit | met |",
  "| :-- | :-- | --: | --: | :-- |",
  ...rows.map(
    (row) =>
      `| ${row.name} | ${row.against} | ${row.measured} | ${row.limit} | ${row.ok ? "yes" : "**no**"} |`,
  ),
].join("\n");

if (process.argv.includes("--write")) {
  const text = readFileSync(page, "utf8");
  const marked = /(<!-- measured -->\n)[\s\S]*?(<!-- \/measured -->)/;
  writeFileSync(
    page,
    text.replace(marked, (_, before, after) => `${before}${table}\n${after}`),
  );
}
process.exitCode = rows.every((row) => row.ok) ? 0 : 1;
