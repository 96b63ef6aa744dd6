/**
 * Makes everything that follows from schema/claude-context.schema.json, so that it has one source:
 *   src/context/generated/validate.js   ajv's validator as standalone code: no compiler is loaded at run time
 *   schema/constraints.schema.json      the constraints alone, as an organisation would use it
 *   docs/claude-context.md              the reference
 * Run it after every change of the schema; a test compares the files with what it would write.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { referenceDocument } from "./schema-reference.mjs";
import { schemaWithWords } from "./schema-words.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCE = "schema/claude-context.schema.json";
const LINE_WIDTH = 110;
const NOTICE = `// Made by scripts/compile-schemas.mjs from ${SOURCE}; do not edit.\n`;

/** Content of every generated file by path relative to the repository. */
export function generatedFiles() {
  const schema = JSON.parse(readFileSync(join(ROOT, SOURCE), "utf8"));
  return {
    "src/context/generated/validate.js": NOTICE + validatorSource(schema),
    "src/context/generated/validate.d.ts": `${NOTICE}import type { ErrorObject } from "ajv";

export declare const validateContext: { (view: unknown): boolean; errors?: ErrorObject[] | null };
`,
    "schema/constraints.schema.json": `${printed(constraintsSchema(schema), "")}\n`,
    "docs/claude-context.md": referenceDocument(schema),
  };
}

function validatorSource(schema) {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    // Keywords for objects stand beside types that are unions; each applies to its own type.
    strictTypes: false,
    strictRequired: false,
    // Known names of `changes` stand beside the pattern of those that only a repository knows.
    allowMatchingProperties: true,
    // One function for each definition; inlined, the code is ten times as long.
    inlineRefs: false,
    // Errors carry the failing subschema, and with it its words.
    verbose: true,
    messages: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addVocabulary(["x-expected", "x-drops-file"]);
  ajv.addSchema(schemaWithWords(schema));
  const code = standalone.default(ajv, { validateContext: schema.$id });
  if (/\brequire\(/.test(code)) throw new Error("the validator needs a module of ajv at run time");
  return code;
}

/** The constraints with every definition they need. */
function constraintsSchema(schema) {
  const needed = new Map();
  const visit = (node) => {
    if (typeof node !== "object" || node === null) return;
    const name = /^#\/\$defs\/(.+)$/.exec(node.$ref ?? "")?.[1];
    if (name !== undefined && !needed.has(name)) {
      needed.set(name, schema.$defs[name]);
      visit(schema.$defs[name]);
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(schema.$defs.constraints);
  return {
    $schema: schema.$schema,
    $id: "urn:nixclaude:constraints:2025-01",
    ...schema.$defs.constraints,
    $defs: Object.fromEntries([...needed].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** null when an object is in it, which always has lines of its own. */
function onOneLine(value) {
  if (!Array.isArray(value))
    return typeof value === "object" && value !== null ? null : JSON.stringify(value);
  const items = value.map(onOneLine);
  return items.includes(null) ? null : `[${items.join(", ")}]`;
}

/** As the formatter of this repository prints it: a list without objects stands on one line where it fits. */
function printed(value, indent, column = indent.length) {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const line = onOneLine(value);
    if (line !== null && column + line.length < LINE_WIDTH) return line;
    return `[\n${value.map((item) => inner + printed(item, inner)).join(",\n")}\n${indent}]`;
  }
  const members = Object.entries(value).map(([key, member]) => {
    const name = `${inner}${JSON.stringify(key)}: `;
    return name + printed(member, inner, name.length);
  });
  return members.length === 0 ? "{}" : `{\n${members.join(",\n")}\n${indent}}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const [path, content] of Object.entries(generatedFiles())) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), content);
  }
}
