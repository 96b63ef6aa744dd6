import type { Call } from "../../src/model/permission.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import { compileLayers } from "../../src/permissions/layers.ts";
import { type DecisionResult, USUAL_SURROUNDINGS } from "../../src/permissions/types.ts";
import type { RuleSet } from "./scenario.ts";

/** What the engine says about calls under these rules. */
export function engineFor(rules: RuleSet, client: ClientVersion): (call: Call) => DecisionResult {
  const { files, mode, trusted } = rules;
  const compiled = compileLayers(files, { client, mode, surroundings: { ...USUAL_SURROUNDINGS, trusted } });
  return (call) => compiled.decide(call);
}
