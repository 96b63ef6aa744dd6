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
  // The only things that generated code takes from ajv are two small functions.
  return code.replace(
    /const (\w+) = require\("(ajv\/dist\/runtime\/\w+)"\)\.default;/g,
    'import $1Module from "$2.js";\nconst $1 = $1Module.default;',
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const [path, content] of Object.entries(generatedFiles())) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), content);
  }
}
