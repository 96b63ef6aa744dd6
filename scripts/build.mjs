// Bundles the command line into dist/.
import { fileURLToPath } from "node:url";
import { buildProgram } from "./build.d/program.mjs";

try {
  await buildProgram(fileURLToPath(new URL("../dist", import.meta.url)));
} catch {
  // esbuild has said what is wrong.
  process.exitCode = 1;
}
