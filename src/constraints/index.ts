export type { CheckResult } from "./check-results.ts";
export { collectConstraints } from "./collect.ts";
export { describeConstraint } from "./describe.ts";
export { type JudgeInput, judgeConstraints } from "./judge.ts";
export { WAIVER_RULES } from "./waiver-docs.ts";
export { applyWaivers, type WaiverInput } from "./waivers.ts";
export { findWeakenings, type WeakeningInput } from "./weakening.ts";
export { CONSTRAINT_RULES, type DocumentedId } from "./weakening-docs.ts";
