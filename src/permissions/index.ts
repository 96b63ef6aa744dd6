export { type ArbitraryCode, arbitraryCodeBehind } from "./commands/launchers.ts";
export { type CompiledPermissions, compilePermissions, decide, matchesRule } from "./decide.ts";
export {
  findApprovedOutside,
  findApprovedWithin,
  findDifference,
  findNewlyApproved,
} from "./inclusion/index.ts";
export { compileLayers, type LayerOptions, type SettingsLayer } from "./layers.ts";
export { parseCall } from "./parse-call.ts";
export {
  mcpProbes,
  PROBE_CATEGORIES,
  PROBES,
  type Probe,
  type ProbeCategory,
} from "./probes/index.ts";
export { canonicalRule } from "./rules/canonical.ts";
export { misreadParameter, parseRule, type RuleOptions } from "./rules/rule.ts";
export { ruleWordsOf } from "./rules/rule-words.ts";
export { compareModes } from "./sets/modes.ts";
export { permissionSetOf } from "./sets/permission-set.ts";
export type * from "./types.ts";
export { USUAL_SURROUNDINGS } from "./types.ts";
