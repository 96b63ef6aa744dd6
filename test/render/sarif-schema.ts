import { readFileSync } from "node:fs";
import { Ajv } from "ajv";

/**
 * The schema that OASIS publishes for SARIF 2.1.0 (errata 01). It is written for draft 4, of which it uses nothing that
 * draft 7 reads differently but the name of `id`.
 */
const { id, $schema, ...schema } = JSON.parse(
  readFileSync(new URL("published/sarif-2.1.0.schema.json", import.meta.url), "utf8"),
) as Record<string, unknown>;

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addFormat("uri", (text: string) => URL.canParse(text));
ajv.addFormat(
  "uri-reference",
  (text: string) => /^[\w.~%!$&'()*+,;=:@/?#-]*$/.test(text) && URL.canParse(text, "https://x/"),
);
ajv.addFormat("date-time", (text: string) => !Number.isNaN(Date.parse(text)));
const validate = ajv.compile({ ...schema, $id: String(id) });

/** Where a SARIF log does not fit the schema; empty when it does. */
export function sarifProblems(log: string): string[] {
  validate(JSON.parse(log));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
