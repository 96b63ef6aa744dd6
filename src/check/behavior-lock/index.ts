export { behaviorLocks } from "./check.ts";
export { compareLock } from "./differences.ts";
export { lockOf } from "./encode.ts";
export { type EvaluatedLock, type EvaluatedLocks, evaluateLocks } from "./evaluate.ts";
export { type BehaviorLock, formatLock, isSameText } from "./format.ts";
export { lockSchema } from "./lock-shape.ts";
export { mendingCommand } from "./mending-command.ts";
export { LOCK_MAX_BYTES, readLock } from "./read.ts";
