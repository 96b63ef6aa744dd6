export { parseRule, type RuleOptions } from "./rule.ts";
export type * from "./types.ts";
export { USUAL_SURROUNDINGS } from "./types.ts";
