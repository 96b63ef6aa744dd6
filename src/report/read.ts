import { Ajv2020 } from "ajv/dist/2020.js";
import schema from "../../schema/report.schema.json" with { type: "json" };
import { ContextError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { digestOf } from "./build.ts";

/** A report of a thousand changes has about one million characters. */
const MAX_CHARACTERS = 10_000_000;
const SHOWN_PROBLEMS = 5;

/**
 * A report that somebody else has written, who may be anybody: its shape is checked, and that it says what its digest was
 * made of. Whether it is true cannot be known from it.
 * @throws ContextError `report-unreadable`.
 */
export function readReport(text: string): Report {
  if (text.length > MAX_CHARACTERS) throw unreadable(`it has more than ${MAX_CHARACTERS} characters`);
  const value = parsed(text);
  const validate = new Ajv2020({ strict: false, allErrors: false }).compile(schema);
  if (!validate(value)) {
    const problems = (validate.errors ?? []).slice(0, SHOWN_PROBLEMS);
    throw unreadable(
      problems.map(({ instancePath, message }) => `${instancePath || "/"} ${message}`).join("; "),
    );
  }
  const report = value as unknown as Report;
  if (digestOf(report) !== report.digest) throw unreadable("its digest is not that of its content");
  return report;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable("it is not JSON");
  }
}

function unreadable(why: string): ContextError {
  return new ContextError("report-unreadable", `the report cannot be used: ${why}`, {
    hint: "Hand over the file that the output `report` of nixclaude/check names, unchanged and from the same version.",
  });
}
