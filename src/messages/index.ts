export { Approvals, commandLine } from "./approval.ts";
export { bodyOfTurn, converse, type ToolOutcome, type ToolUse } from "./conversation.ts";
export { type Credential, openMessagesDoor, previewRequest } from "./door.ts";
export { costOf, PRICES_OF } from "./prices.ts";
export { sumOf, type Usage } from "./usage.ts";
export { withoutKeys } from "./without-keys.ts";
