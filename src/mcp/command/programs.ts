import { accessSync, constants, statSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import type { DeclaredTool } from "../tools-file/tools-file.ts";
import { literalOf } from "../tools-file/words.ts";

/** What the system says when a program is not started, in words that name what to mend. */
export function notStarted(tool: DeclaredTool, code: string): string {
  const program = JSON.stringify(programOf(tool));
  const prefix = `${tool.name} could not be started: `;
  switch (code) {
    case "ENOENT":
      return prefix + (missing(tool) ?? `the interpreter that ${program} names does not exist.`);
    case "ENOTDIR":
      return prefix + (missing(tool) ?? `${program} does not exist.`);
    case "EACCES":
      return `${prefix}${program} may not be executed.`;
    case "E2BIG":
      return `${prefix}the arguments are too long for the system, which takes about 128 KiB for each and 2 MiB in all.`;
    case "ENOEXEC":
      return `${prefix}${program} is no program; a script begins with #! and its interpreter.`;
    default:
      return `${prefix}${program}: ${code}.`;
  }
}

/** What is missing before a tool can run: its directory or its program; null: nothing. */
export function missing(tool: DeclaredTool): string | null {
  const directory = resolve(tool.cwd ?? ".");
  if (!isDirectory(directory)) return `the directory ${JSON.stringify(directory)} does not exist.`;
  const program = programOf(tool);
  if (program.includes("/")) {
    return isExecutable(resolve(directory, program))
      ? null
      : `there is no program ${JSON.stringify(program)}.`;
  }
  const path = tool.env.PATH ?? process.env.PATH ?? "";
  const found = path.split(delimiter).some((entry) => isExecutable(resolve(directory, entry, program)));
  return found ? null : `there is no program ${JSON.stringify(program)} on PATH.`;
}

function programOf({ words: [program] }: DeclaredTool): string {
  return (program === undefined ? null : literalOf(program)) ?? "";
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
