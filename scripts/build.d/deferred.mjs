import { build } from "esbuild";

/**
 * What makes a bundle one file that starts fast all the same: parts that a run may never need stand in comments at its
 * end, one a line. The engine skips a comment many times faster than it reads the same text as code, which it does before
 * the first line runs. Whoever imports such a part has it read from the file and compiled. It is a bundle by itself:
 * nothing in it is the same object as its namesake outside, classes of errors included.
 * @param parts entry files by name; `matches`: what they are imported as, at the end of the path.
 * @param options that the whole bundle has.
 * @returns further options for it.
 */
export async function withDeferred(parts, options) {
  const texts = await Promise.all(parts.map(({ entry }) => partOf(entry, options)));
  return {
    ...options,
    plugins: [...(options.plugins ?? []), loadedFromComments(parts)],
    footer: { js: parts.map(({ name }, at) => `${markOf(name)}${JSON.stringify(texts[at])}`).join("\n") },
  };
}

/** Everything that a part hears of the file around it. */
const GIVEN = ["module", "exports", "require", "__url"];

async function partOf(entry, options) {
  const { outputFiles } = await build({
    ...options,
    entryPoints: [entry],
    plugins: [],
    format: "cjs",
    write: false,
    metafile: false,
    // The file is read whole at every start; names stay for stack traces.
    minifyIdentifiers: true,
    keepNames: true,
    banner: {},
    define: { ...options.define, "import.meta.url": "__url" },
    // A text that is compiled has no loader of its own: what is imported on demand is required.
    supported: { "dynamic-import": false },
  });
  return outputFiles[0].text;
}

function markOf(name) {
  return `//${name}:`;
}

function loadedFromComments(parts) {
  return {
    name: "deferred",
    setup(bundle) {
      for (const { name, matches } of parts) {
        bundle.onResolve({ filter: matches }, () => ({ path: name, namespace: "deferred" }));
      }
      bundle.onLoad({ filter: /./, namespace: "deferred" }, ({ path }) => ({ contents: loaderOf(path) }));
    },
  };
}

function loaderOf(name) {
  return `
const { readFileSync } = require("node:fs");
const { compileFunction } = require("node:vm");
const mark = "\\n" + ${JSON.stringify(markOf(name))};
const file = readFileSync(new URL(__here), "utf8");
const start = file.lastIndexOf(mark) + mark.length;
const end = file.indexOf("\\n", start);
const text = JSON.parse(file.slice(start, end < 0 ? undefined : end));
compileFunction(text, ${JSON.stringify(GIVEN)}, { filename: "${name}.js" })(module, module.exports, require, __here);
`;
}
