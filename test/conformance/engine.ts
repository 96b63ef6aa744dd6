import type { Call } from "../../src/model/permission.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import { compileLayers } from "../../src/permissions/layers.ts";
import { type DecisionResult, USUAL_SURROUNDINGS } from "../../src/permissions/types.ts";
import type { RuleSet } from "./scenario.ts";
import { SKILL_NAMES } from "./world.ts";

/** What stands beside the rules in every session: plain skills, and servers that say nothing of their tools. */
const WORLD = { plainSkills: new Set<string>(SKILL_NAMES), readOnlyMcpTools: new Set<string>() };

/** What the engine says about calls under these rules. */
export function engineFor(rules: RuleSet, client: ClientVersion): (call: Call) => DecisionResult {
  const { files, mode, trusted } = rules;
  const surroundings = { ...USUAL_SURROUNDINGS, ...WORLD, trusted };
  const compiled = compileLayers(files, { client, mode, surroundings });
  return (call) => compiled.decide(call);
}
