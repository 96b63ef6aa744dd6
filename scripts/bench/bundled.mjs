import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** One module of `src/` with all it imports, to be measured in this process. */
export async function bundled(root, entry) {
  // Dependencies stay where they are: the bundle lies below their directory.
  const directory = mkdtempSync(join(root, "node_modules", ".bench-"));
  try {
    const outfile = join(directory, "bundle.mjs");
    await build({
      entryPoints: [join(root, entry)],
      outfile,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      logLevel: "silent",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
