/**
 * All that a run needs besides what is known already: evaluating and judging, and the formats that know every rule. The
 * built Action sets it up on demand (scripts/build.d/deferred.mjs): it hands over plain values, and throws nothing but
 * defects.
 */
export { loadFormat } from "../render/formats.ts";
export { workOut } from "./work-out.ts";
