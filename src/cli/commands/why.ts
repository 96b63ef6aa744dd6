import { explainCallWithTraces } from "../../check/explain-call.ts";
import { inspectWith } from "../../check/inspect.ts";
import { NixclaudeError } from "../../model/errors.ts";
import { parseCall } from "../../permissions/index.ts";
import { callExplanation, callExplanationJson } from "../call-explanation.ts";
import { checkRequest } from "../check-request.ts";
import { createPorts, currentProgram } from "../doors.ts";
import type { Io } from "../io.ts";
import type { CheckOptions } from "../options.ts";
import { printError } from "../print.ts";

/**
 * Is this call approved, by which rule, where is it set, and by whom. Returns 0 when it could be told, else 3.
 * `format` was checked by the parser.
 */
export async function run(
  { call: text, format, ...options }: { call: string; format: string } & CheckOptions,
  io: Io,
): Promise<number> {
  const call = parseCall(text);
  try {
    const request = checkRequest(options, io);
    const traced = await inspectWith(request, createPorts(io.env), currentProgram(), (inspected) =>
      explainCallWithTraces(inspected, call),
    );
    io.stdout.write(format === "json" ? callExplanationJson(traced) : callExplanation(traced, io.columns));
    return traced.explanation.result.runs === "undecided" ? 3 : 0;
  } catch (error) {
    if (error instanceof NixclaudeError) return printError(error, options, io);
    throw error;
  }
}
