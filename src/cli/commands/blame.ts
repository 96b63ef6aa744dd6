import { inspectWith } from "../../check/inspect.ts";
import { blameContext } from "../../check/provenance/blame-context.ts";
import { NixclaudeError } from "../../model/errors.ts";
import { checkRequest } from "../check-request.ts";
import { contextBlame, contextBlameJson } from "../context-blame.ts";
import { createPorts, currentProgram } from "../doors.ts";
import type { Io } from "../io.ts";
import type { CheckOptions } from "../options.ts";
import { printError } from "../print.ts";

/** For each value of the context where it comes from and since when. `format` was checked by the parser. */
export async function run(
  { attribute: below, format, options }: { attribute: string | null; format: string; options: CheckOptions },
  io: Io,
): Promise<number> {
  try {
    const request = checkRequest(options, io);
    const blame = await inspectWith(request, createPorts(io.env), currentProgram(), (inspected) =>
      blameContext(inspected, below),
    );
    io.stdout.write(format === "json" ? contextBlameJson(blame) : contextBlame(blame, io.columns));
    return 0;
  } catch (error) {
    if (error instanceof NixclaudeError) return printError(error, options, io);
    throw error;
  }
}
