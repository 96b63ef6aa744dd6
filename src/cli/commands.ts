import type { CommandDefinition } from "./command-list/definition.ts";
import { JUDGING } from "./command-list/judging.ts";
import { LOOKING_UP } from "./command-list/looking-up.ts";
import { SETTING_UP } from "./command-list/setting-up.ts";
import { TRACING } from "./command-list/tracing.ts";
import { USING } from "./command-list/using.ts";

/** All of them, in the order of `--help`. */
export const COMMANDS: readonly CommandDefinition[] = [
  ...JUDGING,
  ...TRACING,
  ...USING,
  ...LOOKING_UP,
  ...SETTING_UP,
];
