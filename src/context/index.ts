export { type ClientPackage, clientPackageOf } from "./client-package.ts";
export { type NormalisedConstraints, normaliseForeignConstraints } from "./constraints.ts";
export { type NormalisedContext, type NormaliseOptions, normaliseContext } from "./normalise.ts";
export type { ContextFailure } from "./notes.ts";
export { CONTEXT_VERSION } from "./version.ts";
