// Bundles the command line into dist/: the entry, and one chunk for each part that is loaded only when it is used.
import { chmodSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const outdir = join(root, "dist");

try {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { cli: "src/cli/main.ts" },
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    // jsonc-parser's CommonJS form loads its parts in a way that cannot be bundled.
    mainFields: ["module", "main"],
    target: "node20",
    chunkNames: "[name]-[hash]",
    // Dependencies that are CommonJS ask for Node's own modules with `require`.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module";\nconst require = __createRequire(import.meta.url);',
    },
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  });
  // Only now: a program that runs while it is built finds either build whole.
  const written = new Set(Object.keys(metafile.outputs).map((file) => basename(file)));
  for (const file of readdirSync(outdir))
    if (!written.has(file)) rmSync(join(outdir, file), { recursive: true });
  chmodSync(join(outdir, "cli.js"), 0o755);
} catch {
  // esbuild has said what is wrong.
  process.exitCode = 1;
}
