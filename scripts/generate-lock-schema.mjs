// Writes schema/lock.schema.json from src/check/behavior-lock/lock-shape.ts, by which locks are read.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FILE = join(ROOT, "schema/lock.schema.json");

const { outputFiles } = await build({
  entryPoints: [join(ROOT, "src/check/behavior-lock/lock-shape.ts")],
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
  logLevel: "error",
});
const code = Buffer.from(outputFiles[0].contents).toString("base64");
const { lockSchema } = await import(`data:text/javascript;base64,${code}`);
writeFileSync(FILE, `${JSON.stringify(lockSchema(), null, 2)}\n`);
execFileSync(join(ROOT, "node_modules/.bin/biome"), ["format", "--write", FILE], { stdio: "ignore" });
