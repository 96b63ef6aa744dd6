import { builtinModules } from "node:module";

const BUILTIN = new RegExp(
  `^(?:node:.*|${builtinModules.filter((name) => !name.startsWith("_")).join("|")})$`,
);

/**
 * Node's own modules by `require`, each when the first module that uses it is set up. Imported, they would all be loaded
 * before anything runs, and every getter on them read: that of `crypto` alone loads all of Web Crypto.
 */
export const requiredBuiltins = {
  name: "required-builtins",
  setup(bundle) {
    bundle.onResolve({ filter: BUILTIN }, ({ path, kind, namespace }) =>
      namespace === "builtin" || kind === "require-call"
        ? { path, external: true }
        : { path, namespace: "builtin" },
    );
    bundle.onLoad({ filter: /./, namespace: "builtin" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};
