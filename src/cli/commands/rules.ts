import { displayWidth, hanging, padEnd } from "../../render/layout.ts";
import { CATALOGUE } from "../catalogue.ts";
import type { Io } from "../io.ts";

const MAX_COLUMNS = 120;

/** Lists every rule: id, default severity, one sentence. `format` was checked by the parser. */
export async function run(format: string, io: Io): Promise<number> {
  io.stdout.write(format === "json" ? json() : table(Math.min(io.columns, MAX_COLUMNS)));
  return 0;
}

function json(): string {
  return `${JSON.stringify(
    CATALOGUE.map(({ id, severity, docs }) => ({ id, severity, docs })),
    null,
    2,
  )}\n`;
}

function table(columns: number): string {
  const idColumns = Math.max(...CATALOGUE.map(({ id }) => displayWidth(id))) + 2;
  const lines = CATALOGUE.flatMap(({ id, severity, docs }) =>
    hanging(padEnd(id, idColumns) + severity.padEnd("warning".length + 2), docs.what, columns),
  );
  return `${lines.join("\n")}\n`;
}
