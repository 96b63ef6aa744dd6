import { ClientError } from "../../model/errors.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Call } from "../../model/permission.ts";
import type { ExpectedOutcome } from "../../model/probe.ts";
import { CLIENT_VERSIONS, type ClientVersion } from "../../model/semantics.ts";
import { compileLayers, type DecisionResult } from "../../permissions/index.ts";

/** What the engine says of each call under these settings, for the client that was asked. */
export function expectedOutcomes(
  settings: JsonObject,
  calls: readonly Call[],
  client: ClientVersion,
): ExpectedOutcome[] {
  const compiled = compileLayers([{ scope: "project", settings }], { client });
  return calls.map((call) => outcomeOf(compiled.decide(call)));
}

function outcomeOf({ decision, runs }: DecisionResult): ExpectedOutcome {
  if (decision === "undecided" || runs === "undecided") return "undecided";
  if (runs) return "runs";
  return decision === "deny" ? "refuses" : "asks";
}

/**
 * The version whose semantics are known.
 * @throws ClientError `client-unknown-version`
 */
export function knownVersion(version: string): ClientVersion {
  const known = CLIENT_VERSIONS.find((candidate) => candidate === version);
  if (known !== undefined) return known;
  throw new ClientError(
    "client-unknown-version",
    `The client says that it is version ${version}; its reading of rules is not known.`,
    {
      hint: `Probe with one of ${CLIENT_VERSIONS.join(", ")}, or with a nixclaude that knows this version.`,
    },
  );
}
