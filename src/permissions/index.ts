export { canonicalRule } from "./canonical.ts";
export { type CompiledPermissions, compilePermissions, decide, matchesRule } from "./decide.ts";
export {
  findApprovedOutside,
  findApprovedWithin,
  findDifference,
  findNewlyApproved,
} from "./inclusion/index.ts";
export { type ArbitraryCode, arbitraryCodeBehind } from "./launchers.ts";
export { compileLayers, type LayerOptions, type SettingsLayer } from "./layers.ts";
export { compareModes } from "./modes.ts";
export { parseCall } from "./parse-call.ts";
export { permissionSetOf } from "./permission-set.ts";
export {
  mcpProbes,
  PROBE_CATEGORIES,
  PROBES,
  type Probe,
  type ProbeCategory,
} from "./probes/index.ts";
export { misreadParameter, parseRule, type RuleOptions } from "./rule.ts";
export { ruleWordsOf } from "./rule-words.ts";
export type * from "./types.ts";
export { USUAL_SURROUNDINGS } from "./types.ts";
