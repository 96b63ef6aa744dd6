// `npm run conformance`: asks the real client and the permission engine the same questions, made from a seed, and
// prints where they differ. Needs the clients (`node scripts/get-client.mjs`) and Linux namespaces; see docs/semantics.md.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { presentClients } from "./get-client.d/present.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
// Two runs at once must not read each other's half-written file.
const bundle = join(root, ".cache", `conformance-${process.pid}.mjs`);

const programs = presentClients(join(root, "test", "conformance"));
const missing = Object.keys(programs).filter((version) => programs[version] === null);
if (missing.length > 0) {
  process.stderr.write(
    `conformance: the client ${missing.join(" and ")} is not installed.\nFetch it with: node scripts/get-client.mjs\n`,
  );
  process.exitCode = 3;
} else {
  await build({
    entryPoints: [join(root, "test", "conformance", "main.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
    // Dependencies stay where they are: the bundle lies below their directory.
    packages: "external",
  });
  const { main } = await import(pathToFileURL(bundle).href);
  rmSync(bundle);
  process.exitCode = await main(process.argv.slice(2), programs);
}
