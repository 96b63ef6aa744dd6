import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

/** What GitHub publishes about its events (scripts/github-api.mjs keeps the part that is used here). */
const description = JSON.parse(
  readFileSync(new URL("../github/published/webhooks.json", import.meta.url), "utf8"),
) as { events: Record<string, object>; components: object };

const ROOT = "https://description.example/webhooks.json";
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(description as object, ROOT);

/**
 * Of the fields that a payload has, those that GitHub's description knows otherwise. Fields that nobody here reads are
 * left out of the payloads, so that what is missing says nothing.
 */
export function payloadProblems(event: string, payload: unknown): string[] {
  const schema = description.events[event];
  if (schema === undefined) return [`GitHub has no event ${event}`];
  const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${ROOT}#/`)) as object);
  validate(payload);
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== "required")
    .map(({ instancePath, message }) => `${instancePath} ${message}`);
}
