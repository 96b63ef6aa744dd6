// Prints how the model of permission rules agrees with what was recorded from the real client, as the table that
// stands in docs/permissions.md. `--differences` lists every case in which they differ; `--write` updates the docs.
import { readFileSync, writeFileSync } from "node:fs";
import { measureRecorded } from "./agreement.d/measure.mjs";

const root = new URL("..", import.meta.url);

const { disagreements, text } = await measureRecorded();

if (process.argv.includes("--write")) {
  const path = new URL("docs/permissions.md", root);
  const marked = /(<!-- agreement -->\n)[\s\S]*?(<!-- \/agreement -->)/;
  writeFileSync(
    path,
    readFileSync(path, "utf8").replace(marked, (_, start, end) => start + text + end),
  );
}
process.stdout.write(text);
if (process.argv.includes("--differences")) {
  for (const { client, case: id, call, expected, actual, reason } of disagreements) {
    process.stdout.write(
      `${client} ${id} ${call.tool} ${JSON.stringify(call.argument)}: client ${expected}, model ${actual} (${reason})\n`,
    );
  }
}
