/**
 * Makes src/mcp/generated/validate.js from schema/mcp-tools.schema.json: ajv's validator of a tools file as standalone
 * code, with the meta-schema of JSON Schema 2020-12 in it, so that a server starts without a compiler. Run it after
 * every change of the schema; a test compares the files with what it would write.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCE = "schema/mcp-tools.schema.json";
const NOTICE = `// Made by scripts/compile-mcp-schema.mjs from ${SOURCE}; do not edit.\n`;

const RUNTIME = {
  ucs2length: "const $1 = (text) => [...text].length;",
  equal: 'import { isDeepStrictEqual as $1 } from "node:util";',
};

/** Content of every generated file by path relative to the repository. */
export function generatedFiles() {
  const schema = JSON.parse(readFileSync(join(ROOT, SOURCE), "utf8"));
  return {
    "src/mcp/generated/validate.js": NOTICE + validatorSource(schema),
    "src/mcp/generated/validate.d.ts": `${NOTICE}import type { ErrorObject } from "ajv";

export declare const validateToolsFile: { (value: unknown): boolean; errors?: ErrorObject[] | null };
`,
  };
}

function validatorSource(schema) {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    inlineRefs: false,
    // Errors carry the words that would have been right.
    verbose: true,
    code: { source: true, esm: true, lines: true },
    // Regular expressions are tried by src/mcp/tools-file/schema-check.ts, which says what is wrong with them.
    formats: { regex: true, uri: true, "uri-reference": true },
  });
  ajv.addSchema(schema);
  const code = standalone.default(ajv, { validateToolsFile: schema.$id });
  // Two functions are all that the code takes from ajv; importing those from CommonJS is not the same everywhere.
  return Object.entries(RUNTIME)
    .reduce(
      (text, [module, instead]) =>
        text.replace(
          new RegExp(`const (\\w+) = require\\("ajv/dist/runtime/${module}"\\)\\.default;`),
          instead,
        ),
      code,
    )
    .replace(/^.*\brequire\(.*$/m, (line) => {
      throw new Error(`the validator needs more of ajv: ${line}`);
    });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const [path, content] of Object.entries(generatedFiles())) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), content);
  }
}
