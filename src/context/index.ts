export {
  type NormalisedConstraints,
  normaliseConstraints,
  normaliseForeignConstraints,
} from "./constraints.ts";
export {
  CONTEXT_VERSION,
  type NormalisedContext,
  type NormaliseOptions,
  normaliseContext,
} from "./normalise.ts";
export type { ContextFailure } from "./notes.ts";
