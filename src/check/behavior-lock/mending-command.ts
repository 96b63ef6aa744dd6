import { DEFAULT_CLIENT } from "../../model/semantics.ts";
import type { CheckRequest } from "../request.ts";

/** What to type, at the root of the repository, so that what `command` writes fits what the request judges. */
export function mendingCommand(
  { client }: Pick<CheckRequest, "client">,
  directory: string,
  attribute: string,
  command = "nixclaude lock",
): string {
  return [
    command,
    ...(directory === "" ? [] : [`--flake ${shellWord(directory)}`]),
    ...(attribute === "claudeContext" ? [] : [`--attribute ${shellWord(attribute)}`]),
    ...(client === DEFAULT_CLIENT ? [] : [`--client ${client}`]),
  ].join(" ");
}

function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
