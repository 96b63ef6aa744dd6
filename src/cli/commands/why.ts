import { explainCall } from "../../check/explain-call.ts";
import { inspect } from "../../check/inspect.ts";
import { noContext } from "../../check/no-context.ts";
import { NixclaudeError } from "../../model/errors.ts";
import { parseCall } from "../../permissions/index.ts";
import { callExplanation } from "../call-explanation.ts";
import { checkRequest } from "../check-request.ts";
import { createPorts, currentProgram } from "../doors.ts";
import type { Io } from "../io.ts";
import type { CheckOptions } from "../options.ts";
import { printError } from "../print.ts";

/** Is this call approved, by which rule, and where is it set. Returns 0 when it could be told, else 3. */
export async function run(
  { call: text, ...options }: { call: string } & CheckOptions,
  io: Io,
): Promise<number> {
  const call = parseCall(text);
  try {
    const snapshot = await inspect(checkRequest(options, io), createPorts(io.env), currentProgram());
    if (snapshot.kind === "absent") throw noContext(snapshot, options.flakes[0] ?? "");
    const explanation = explainCall(snapshot, call, options.client);
    io.stdout.write(callExplanation(explanation, io.columns));
    return explanation.result.runs === "undecided" ? 3 : 0;
  } catch (error) {
    if (error instanceof NixclaudeError) return printError(error, options, io);
    throw error;
  }
}
