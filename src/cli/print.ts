import { writeFile } from "node:fs/promises";
import { type NixclaudeError, SystemError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { renderError } from "../render/error.ts";
import type { FormatName } from "../render/format-names.ts";
import { loadFormat } from "../render/formats.ts";
import type { RenderOptions } from "../render/options.ts";
import type { Io } from "./io.ts";
import type { CheckOptions } from "./options.ts";

type Printing = Pick<CheckOptions, "formats" | "color" | "debug">;

/** Writes the report in every asked-for format: to its file, or to standard output. */
export async function printReport(
  report: Report,
  part: "report" | "changes" | "probe",
  options: Printing,
  io: Io,
): Promise<void> {
  await printFormats(options, io, async (name, layout) => {
    const format = await loadFormat(name);
    const render = {
      report: format.render,
      changes: format.renderChanges,
      probe: format.renderProbe,
    }[part];
    return render(report, layout);
  });
}

/** Writes a text in every asked-for format: to its file, or to standard output. */
export async function printFormats(
  options: Printing,
  io: Io,
  textIn: (format: FormatName, layout: RenderOptions) => string | Promise<string>,
): Promise<void> {
  for (const { name, file } of options.formats) {
    if (file === undefined) io.stdout.write(await textIn(name, layoutOf(options, io)));
    else await writeReport(file, await textIn(name, { columns: FILE_COLUMNS, colour: false }));
  }
}

/** Says on standard error what could not be told, and returns the exit status for it. */
export function printError(error: NixclaudeError, options: Printing, io: Io): number {
  io.stderr.write(renderError(error, { ...layoutOf(options, io), debug: options.debug }));
  return error.exitCode;
}

const FILE_COLUMNS = 100;

export function layoutOf({ color }: Printing, io: Io): RenderOptions {
  return { columns: io.columns, colour: color === "always" || (color === "auto" && wantsColour(io)) };
}

/** https://no-color.org and https://force-color.org: the first wins over a terminal, the second over everything. */
function wantsColour({ env, isTty }: Io): boolean {
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "") return env.FORCE_COLOR !== "0";
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  return isTty && env.TERM !== "dumb";
}

async function writeReport(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    const full = (cause as NodeJS.ErrnoException).code === "ENOSPC";
    throw new SystemError(
      full ? "disk-full" : "output-failed",
      `the report could not be written to ${file}`,
      {
        hint: full
          ? "Free some space on that disk and run again."
          : "Name a file that can be written with --format NAME=FILE.",
        cause,
      },
    );
  }
}
