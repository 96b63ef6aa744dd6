import { UsageError } from "../../model/errors.ts";
import { didYouMean } from "../../model/nearest.ts";
import { hanging } from "../../render/layout.ts";
import { CATALOGUE, type CatalogueEntry } from "../catalogue.ts";
import type { Io } from "../io.ts";

const MAX_COLUMNS = 100;

/** Prints the documentation of one rule. Throws UsageError for an id that does not exist. */
export async function run(id: string, io: Io): Promise<number> {
  const entry = CATALOGUE.find((candidate) => candidate.id === id);
  if (entry === undefined) {
    throw new UsageError(
      "unknown-rule",
      `there is no rule "${id}".${didYouMean(
        id,
        CATALOGUE.map((known) => known.id),
      )}`,
      {
        hint: "nixclaude rules lists them all. The ids of an organisation's constraints are explained where they are written.",
      },
    );
  }
  io.stdout.write(`${explanation(entry, Math.min(io.columns, MAX_COLUMNS)).join("\n")}\n`);
  return 0;
}

function explanation({ id, severity, docs }: CatalogueEntry, columns: number): string[] {
  const text = (prose: string) =>
    prose
      .trimEnd()
      .split("\n")
      .flatMap((line) => hanging("  ", line, columns));
  const code = (lines: string) =>
    lines
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line}`.trimEnd());
  return [
    `${id} (${severity} unless the finding says otherwise)`,
    "",
    "What it does",
    ...text(docs.what),
    "",
    "Why it is bad",
    ...text(docs.why),
    "",
    "Example",
    ...code(docs.example),
    "",
    "Use instead",
    ...text(docs.instead),
  ];
}
