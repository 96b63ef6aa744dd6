import type { ClientVersion } from "../../model/semantics.ts";
import type { CommandLine, Hazard } from "./command-line.ts";

/**
 * Older clients cut a line at its pipes before they read it, and so cut a nested command in two: `X=$(a | b)`. What
 * stands in front of the pipe is seen by no rule. They ask about it, unless it is woven into text.
 */
export const CUT_BY_OLDER = "a pipeline in a nested command";
export const WOVEN_AND_CUT = "a pipeline woven into text";
/** So do semicolons, where nothing inside is seen at all: `X=$(a; b)`. */
export const LISTED_FOR_OLDER = "a list of nested commands";

/** The line without what only another client minds. */
export function hazardsFor(line: CommandLine, client: ClientVersion): CommandLine {
  const hazards = line.hazards.filter((hazard) => isFor(hazard, client));
  return hazards.length === line.hazards.length ? line : { ...line, hazards };
}

function isFor(hazard: Hazard, client: ClientVersion): boolean {
  return hazard.kind !== "structure" || hazard.only === undefined || hazard.only === client;
}

/** Cut inside a text in quotes: what follows up to the next pipe stands in a quote that never closes. */
export function isCutInText({ hazards }: CommandLine): boolean {
  return hazards.some((hazard) => hazard.kind === "structure" && hazard.what === WOVEN_AND_CUT);
}

/** What pipes cut a line into, wherever they stand. */
export function pipedPieces({ source }: CommandLine): string[] {
  return source.split(/(?<!\|)\|&?(?!\|)/);
}

export function isCut({ hazards }: CommandLine): boolean {
  return hazards.some(
    (hazard) =>
      hazard.kind === "structure" && (hazard.what === CUT_BY_OLDER || hazard.what === WOVEN_AND_CUT),
  );
}
