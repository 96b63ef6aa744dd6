import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { bisectInput } from "../../check/bisect/bisect.ts";
import { isComplete } from "../../check/bisect/result.ts";
import { createClonePort } from "../../git/clone.ts";
import { NixclaudeError, UsageError } from "../../model/errors.ts";
import { printableJson } from "../../render/escape.ts";
import { bisectText, progressLine } from "../bisect-text.ts";
import { checkRequest } from "../check-request.ts";
import { createPorts, currentProgram } from "../doors.ts";
import type { Io } from "../io.ts";
import { filled, parseOptions, type RawOptions } from "../parse-options.ts";
import { printError } from "../print.ts";

export interface BisectOptions extends Omit<RawOptions, "format" | "org"> {
  to?: string;
  clone?: string;
  format?: string;
}

const COULD_NOT_TELL = 3;

/** Prints for each change the commit of the input that made it. Returns 3 where one could not be told. */
export async function run(input: string, raw: BisectOptions, io: Io): Promise<number> {
  const { to, clone, format, ...others } = raw;
  const options = parseOptions(others);
  const check = checkRequest(options, io);
  if (check.base.kind === "none") {
    throw new UsageError(
      "contradictory-flags",
      "--base none leaves no old commit of the input to begin with",
      {
        hint: "Name a revision of this repository that has the input.",
      },
    );
  }
  const request = {
    check,
    input,
    to: to === undefined ? null : filled("--to", to),
    clone: clone === undefined ? null : resolve(realpathSync(io.cwd), filled("--clone", clone)),
  };
  const ports = { ...createPorts(io.env), clones: createClonePort(io.env) };
  try {
    const result = await bisectInput(request, ports, currentProgram(), (progress) => {
      io.stderr.write(progressLine(progress));
    });
    io.stdout.write(
      format === "json"
        ? `${printableJson(JSON.stringify(result, null, 2))}\n`
        : bisectText(result, io.columns),
    );
    return isComplete(result) ? 0 : COULD_NOT_TELL;
  } catch (error) {
    if (error instanceof NixclaudeError) return printError(error, options, io);
    throw error;
  }
}
