export { compareInputs, directInputs } from "./compare.ts";
export {
  EMPTY_GRAPH,
  type GraphNode,
  type InputGraph,
  type Resolution,
  resolveLock,
  sourceDigest,
} from "./graph.ts";
export { type LockFile, type LockNode, parseLock, type SourceAttributes } from "./parse.ts";
export { pinnedReference, referenceOf, revisionOf } from "./reference.ts";
