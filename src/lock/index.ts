export { compareInputs, directInputs } from "./compare.ts";
export { dayOf } from "./day.ts";
export { declarationAt, declarationChanged } from "./declaration.ts";
export { compareFollows, type FollowsChange } from "./follows.ts";
export {
  EMPTY_GRAPH,
  type GraphNode,
  type InputGraph,
  type Resolution,
  resolveLock,
  sourceDigest,
} from "./graph.ts";
export { type Hybrid, hybridLock } from "./hybrid.ts";
export { type InputAt, inputsAt } from "./inputs-at.ts";
export { compareLink, fileLink } from "./link.ts";
export { misfitOf } from "./misfit.ts";
export { inputNodeAt } from "./node-at.ts";
export {
  type HiddenValue,
  type LockFile,
  type LockNode,
  parseLock,
  type SourceAttributes,
} from "./parse.ts";
export { placedInputs } from "./placed-inputs.ts";
export { danglingEdges, unreachableNodes } from "./reach.ts";
export { branchIn, branchOf, pinnedReference, placeOf, referenceOf, revisionOf } from "./reference.ts";
export { isOnTheWay, relativeBase } from "./relative-base.ts";
export { renderLock } from "./render.ts";
