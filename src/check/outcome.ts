import type { NixclaudeError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";

/** What one run came to. "Could not tell" is an outcome of its own and never a report. */
export type Outcome = { kind: "checked"; report: Report } | { kind: "not-evaluated"; error: NixclaudeError };
