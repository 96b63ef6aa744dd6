import { checkChange } from "../../check/check.ts";
import { PROBES } from "../../permissions/index.ts";
import { printableJson } from "../../render/escape.ts";
import { probeList } from "../../render/probe-list.ts";
import { checkRequest } from "../check-request.ts";
import { createPorts, currentProgram } from "../doors.ts";
import type { Io } from "../io.ts";
import { filled, parseOptions, type RawOptions } from "../parse-options.ts";
import { printError, printFormats, printReport } from "../print.ts";

/** Asks the real client what it would run on both sides and prints its answers. Returns the exit status. */
export async function run(
  raw: Omit<RawOptions, "org"> & { with?: string[]; list?: boolean },
  io: Io,
): Promise<number> {
  const { list, with: named = ["claude"], ...others } = raw;
  const options = parseOptions(others);
  if (list === true) {
    // A list for people is the same text in every format but JSON.
    await printFormats(options, io, (format, { columns }) =>
      format === "json" ? `${printableJson(JSON.stringify(PROBES, null, 2))}\n` : probeList(PROBES, columns),
    );
    return 0;
  }
  const clients = named.map((client) => filled("--with", client));
  const outcome = await checkChange(
    { ...checkRequest(options, io), probeWith: clients, purpose: "probe" },
    createPorts(io.env, options.probe),
    currentProgram(),
  );
  if (outcome.kind === "not-evaluated") return printError(outcome.error, options, io);
  await printReport(outcome.report, "probe", options, io);
  return outcome.report.exitCode;
}
