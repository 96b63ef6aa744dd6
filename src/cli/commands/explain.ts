import { UsageError } from "../../model/errors.ts";
import { didYouMean } from "../../model/nearest.ts";
import { hanging } from "../../render/layout.ts";
import { CATALOGUE, type CatalogueEntry } from "../catalogue.ts";
import type { ConstraintsHere } from "../constraints-here.ts";
import type { Io } from "../io.ts";

const MAX_COLUMNS = 100;

/**
 * Prints what a rule is for, or a constraint that applies to the repository at hand. Throws UsageError for an id that
 * is neither.
 */
export async function run(id: string, io: Io): Promise<number> {
  const columns = Math.min(io.columns, MAX_COLUMNS);
  const entry = CATALOGUE.find((candidate) => candidate.id === id);
  if (entry !== undefined) {
    io.stdout.write(`${explanation(entry, columns).join("\n")}\n`);
    return 0;
  }
  // Only now: reading the repository's constraints can mean to start Nix.
  const { constraintExplanation, constraintsHere } = await import("../constraints-here.ts");
  const here = await constraintsHere(io);
  const found = here.kind === "read" ? here.constraints.filter((constraint) => constraint.id === id) : [];
  if (here.kind !== "read" || found.length === 0) throw unknownId(id, here);
  const texts = found.map((constraint) =>
    constraintExplanation(constraint, here.snapshot, columns).join("\n"),
  );
  io.stdout.write(`${texts.join("\n\n")}\n`);
  return 0;
}

function unknownId(id: string, here: ConstraintsHere): UsageError {
  const constraints = here.kind === "read" ? here.constraints.map((constraint) => constraint.id) : [];
  const known = [...CATALOGUE.map((entry) => entry.id), ...constraints];
  const unread =
    here.kind === "unreadable" ? ` The constraints here could not be read: ${here.error.message}.` : "";
  return new UsageError(
    "unknown-rule",
    `there is no rule and no constraint "${id}" here.${didYouMean(id, known)}`,
    { hint: `nixclaude rules lists the rules.${unread}` },
  );
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
