import { knownReport } from "../check/known.ts";
import { checkRequest } from "./check-request.ts";
import { createPorts, currentProgram } from "./doors.ts";
import type { Io } from "./io.ts";
import { parseOptions } from "./parse-options.ts";

/**
 * The exit status of a command line whose answer is known and silent: the pre-commit hook when neither tree nor lock
 * changed since the last check passed. null: the whole program has to look. It is built into the entry file, since a
 * commit waits for it (docs/decisions/0004-hook-fast-path.md).
 */
export async function knownAnswer(argv: readonly string[], io: Io): Promise<number | null> {
  if (argv.length !== 2 || argv[0] !== "hook" || argv[1] !== "pre-commit") return null;
  try {
    const request = checkRequest(parseOptions({ staged: true }), io);
    const report = await knownReport(request, createPorts(io.env), currentProgram());
    return report?.verdict === "pass" ? report.exitCode : null;
  } catch {
    // The whole program runs into the same error and says it in words.
    return null;
  }
}
