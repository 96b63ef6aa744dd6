import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../..", import.meta.url);

/** Replays everything in `test/recorded`: the table, every case that differs, and the table as Markdown. */
export async function measureRecorded() {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL("test/permissions/agreement.ts", root))],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
  });
  const source = Buffer.from(bundle.outputFiles[0].contents).toString("base64");
  const { measureAgreement, formatAgreement, readRecordings } = await import(
    `data:text/javascript;base64,${source}`
  );
  const { table, disagreements } = measureAgreement(
    readRecordings(fileURLToPath(new URL("test/recorded", root))),
  );
  return { table, disagreements, text: formatAgreement(table) };
}
