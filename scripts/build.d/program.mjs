import { createHash } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildActions } from "./action.mjs";
import { mcpServer } from "./mcp.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** What the entry file may import on demand: the whole program beside it, and a part of itself. */
const IN_ENTRY = new Set(["./run.ts", "./known-answer.ts"]);

const common = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  platform: "node",
  // jsonc-parser's CommonJS form loads its parts in a way that cannot be bundled.
  mainFields: ["module", "main"],
  target: "node20",
  // `debug` would print what Git says, unescaped, for a variable in the environment.
  alias: { debug: join(root, "scripts/build.d/no-debug.mjs") },
  // Dependencies that are CommonJS ask for Node's own modules with `require`.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module";\nconst require = __createRequire(import.meta.url);',
  },
  define: { __NIXCLAUDE_BUILD__: JSON.stringify(sourceDigest()) },
  legalComments: "none",
  // Half the text is parsed in half the time; names stay, so that a stack trace can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: "warning",
  metafile: true,
};

/**
 * Bundles the command line into a directory of the package: the entry with all that a commit waits for, the rest of the
 * program in a file of its own, and one chunk for each part of it that is loaded only when it is used.
 * @param plugins of esbuild, for builds that measure something.
 */
export async function buildProgram(outdir, plugins = []) {
  const whole = await build({
    ...common,
    outdir,
    entryPoints: { run: "src/cli/run.ts" },
    plugins,
    splitting: true,
    chunkNames: "[name]-[hash]",
  });
  const entry = await build({
    ...common,
    outdir,
    entryPoints: { cli: "src/cli/main.ts" },
    // Nothing that fails in here is shown: the whole program then fails again, in words.
    minifyIdentifiers: true,
    plugins: [...plugins, wholeProgramOutside, nothingHeavy()],
  });
  const actions = await buildActions({ ...common, outdir }, plugins);
  const mcp = await build({ ...common, outdir, ...mcpServer(plugins) });
  for (const program of ["cli.js", "mcp.js"]) chmodSync(join(outdir, program), 0o755);
  // Only now: a program that runs while it is built finds either build whole.
  const outputs = [whole, entry, ...actions, mcp].flatMap(({ metafile }) => Object.keys(metafile.outputs));
  const written = new Set(outputs.map((file) => basename(file)));
  for (const file of readdirSync(outdir))
    if (!written.has(file)) rmSync(join(outdir, file), { recursive: true });
}

/** The entry leaves the whole program and the MCP server where they are: files beside it. */
const wholeProgramOutside = {
  name: "whole-program-outside",
  setup(bundle) {
    bundle.onResolve({ filter: /^\.\/run\.ts$/ }, () => ({ path: "./run.js", external: true }));
    bundle.onResolve({ filter: /\/mcp\/main\.ts$/ }, () => ({ path: "./mcp.js", external: true }));
  },
};

/** What the entry would load on demand it never gets to: then the whole program runs. */
function nothingHeavy() {
  return {
    name: "nothing-heavy",
    setup(bundle) {
      bundle.onResolve({ filter: /\.ts$/ }, ({ kind, path }) =>
        kind === "dynamic-import" && !IN_ENTRY.has(path)
          ? { path: `./never-loaded/${basename(path)}`, external: true }
          : undefined,
      );
    },
  };
}

/** Of all that goes into the program. */
function sourceDigest() {
  const hash = createHash("sha256");
  for (const folder of ["src", "nix", "package-lock.json"]) hashInto(hash, join(root, folder));
  return hash.digest("hex").slice(0, 16);
}

function hashInto(hash, path) {
  try {
    for (const name of readdirSync(path).sort()) hashInto(hash, join(path, name));
  } catch {
    hash.update(path.slice(root.length)).update("\0").update(readFileSync(path)).update("\0");
  }
}
