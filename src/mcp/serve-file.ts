import { readFileSync } from "node:fs";
import { UsageError } from "../model/errors.ts";
import type { Json } from "../model/json.ts";
import { declaredTool } from "./command/declared-tool.ts";
import { missing } from "./command/programs.ts";
import { type Connection, serve } from "./protocol/serve.ts";
import { readToolsFile } from "./tools-file/read.ts";
import type { ToolsFile } from "./tools-file/tools-file.ts";

/**
 * Serves the tools of a file over standard streams until the client closes its side.
 * @param warn one line that is no message of the protocol, for standard error.
 * @throws UsageError `tools-file-unreadable`, `tools-file-invalid`; nothing was served then.
 */
export async function serveFile(
  path: string,
  connection: Connection,
  warn: (line: string) => void,
): Promise<void> {
  const { name, version, instructions, tools } = loadToolsFile(path);
  // Not a reason to serve nothing: the others work, and this one may be there by the time it is called.
  for (const [index, tool] of tools.entries()) {
    const what = missing(tool);
    if (what !== null) warn(`tools[${index}] (${tool.name}): ${what} Calls of it will fail.`);
  }
  const served = tools.map(declaredTool);
  await serve(
    {
      info: { name, version },
      ...(instructions === undefined ? {} : { instructions }),
      tools: () => served,
    },
    connection,
  );
}

/** @throws UsageError `tools-file-unreadable`, `tools-file-invalid` */
export function loadToolsFile(path: string): ToolsFile {
  const read = readToolsFile(parsed(path));
  if ("file" in read) return read.file;
  const lines = read.problems.map(({ path: at, message }) =>
    at === "" ? `the file ${message}` : `${at} ${message}`,
  );
  const count = lines.length === 1 ? "a mistake" : `${lines.length} mistakes`;
  throw new UsageError("tools-file-invalid", [`${path} has ${count}:`, ...lines].join("\n"), {
    hint: "docs/mcp.md describes the file; nixclaude schema mcp-tools prints its JSON Schema.",
  });
}

function parsed(path: string): Json {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new UsageError("tools-file-unreadable", `${path} cannot be read: ${(cause as Error).message}`, {
      hint: "Name the JSON file that describes the tools.",
      cause,
    });
  }
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new UsageError("tools-file-invalid", `${path} is not JSON: ${(cause as Error).message}`, {
      hint: "In Nix, builtins.toJSON writes it.",
      cause,
    });
  }
}
