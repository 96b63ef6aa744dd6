/**
 * The commands that no commit waits for, loaded together when one of them is called: each file more that the bundler
 * cuts out costs the others time (docs/decisions/0004-hook-fast-path.md).
 */
export { run as ask } from "./ask.ts";
export { run as bisect } from "./bisect.ts";
export { run as blame } from "./blame.ts";
export { run as completion } from "./completion.ts";
export { run as decide } from "./decide.ts";
export { run as explain } from "./explain.ts";
export { run as init } from "./init.ts";
export { run as install } from "./install.ts";
export { run as lock } from "./lock.ts";
export { run as mcp } from "./mcp.ts";
export { run as probe } from "./probe.ts";
export { run as render } from "./render.ts";
export { run as request } from "./request.ts";
export { run as rules } from "./rules.ts";
export { run as schema } from "./schema.ts";
export { run as uninstall } from "./uninstall.ts";
export { run as why } from "./why.ts";
