import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/**
 * The server of `nixclaude mcp serve` as a program of its own, since a client waits for it at the start of every
 * session. What older revisions of the protocol need, and what validates arguments, stand in files beside it that are
 * loaded when they are asked for.
 * @param plugins of esbuild, for builds that measure something.
 */
export function mcpServer(plugins) {
  return {
    entryPoints: { mcp: "src/mcp/main.ts" },
    splitting: true,
    chunkNames: "mcp-[name]-[hash]",
    minifyIdentifiers: true,
    plugins: [...plugins, withoutSchemaCompiler],
  };
}

/** The SDK would load a compiler of schemas for requests to the client, which this server never makes. */
const withoutSchemaCompiler = {
  name: "without-schema-compiler",
  setup(bundle) {
    bundle.onResolve({ filter: /\/ajv-provider\.js$/ }, () => ({
      path: join(here, "no-schema-compiler.mjs"),
    }));
  },
};
