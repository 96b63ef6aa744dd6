import { join } from "node:path";
import { build } from "esbuild";
import { withDeferred } from "./deferred.mjs";
import { requiredBuiltins } from "./required-builtins.mjs";
import { usedEndpoints } from "./used-endpoints.mjs";

/** Of the doors and the use case, the Action's own part asks only for an answer that is known: the whole has the rest. */
const ONLY_IN_WHOLE = /[\\/]src[\\/](?:check|nix|cli)[\\/]/;

const PARTS = [
  { name: "whole", entry: "src/action/whole.ts", matches: /\/whole\.ts$/ },
  { name: "undici", entry: "node_modules/undici/index.js", matches: /\/undici\/index\.js$/ },
];

/** GitHub runs actions from a checkout without packages: one file each, with everything in it. */
export async function buildActions(common, plugins) {
  const options = {
    ...common,
    alias: {
      ...common.alias,
      undici: join(common.absWorkingDir, "scripts/build.d/undici-for-proxies.mjs"),
    },
    banner: { js: `${common.banner.js}\nconst __here = import.meta.url;` },
  };
  const lean = [requiredBuiltins, usedEndpoints(common.absWorkingDir)];
  const action = await withDeferred(PARTS, {
    ...options,
    entryPoints: { action: "src/action/main.ts" },
    plugins: [...plugins, onlyInWhole, ...lean],
  });
  const comment = await withDeferred(PARTS.slice(1), {
    ...options,
    entryPoints: { comment: "src/action/comment-main.ts" },
    plugins: [...plugins, ...lean],
  });
  return [await build(action), await build(comment)];
}

const onlyInWhole = {
  name: "only-in-whole",
  setup(bundle) {
    bundle.onResolve({ filter: /\.ts$/ }, ({ kind, path, importer }) =>
      kind === "dynamic-import" && ONLY_IN_WHOLE.test(importer)
        ? { path: `./never-loaded/${path}`, external: true }
        : undefined,
    );
  },
};
