import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Io } from "../io.ts";
import { packagePath } from "../package-directory.ts";

/** Published schemas by the name they are asked for. */
const SCHEMAS: Record<string, { file: string; describes: string }> = {
  context: { file: "claude-context.schema.json", describes: "the flake's attribute claudeContext" },
  constraints: { file: "constraints.schema.json", describes: "claudeContext.constraints" },
  lock: { file: "lock.schema.json", describes: "claude-context.lock.json, which nixclaude lock writes" },
  "mcp-tools": { file: "mcp-tools.schema.json", describes: "what nixclaude mcp serve reads" },
  report: { file: "report.schema.json", describes: "what --format json prints" },
};

/** Prints one schema, or the list of them. */
export async function run(name: string | undefined, io: Io): Promise<number> {
  const schema = name === undefined ? undefined : SCHEMAS[name];
  if (schema !== undefined) {
    io.stdout.write(readFileSync(join(packagePath("schema"), schema.file), "utf8"));
    return 0;
  }
  for (const [known, { describes }] of Object.entries(SCHEMAS)) {
    io.stdout.write(`${known.padEnd(12)} ${describes}\n`);
  }
  return 0;
}
