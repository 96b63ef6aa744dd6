import type { Io } from "../io.ts";
import type { MessagesFlags } from "../messages/options.ts";
import type { OptionDefinition } from "../option-definitions.ts";
import type { RawOptions } from "../parse-options.ts";
import type { RenderFlags } from "../render-options.ts";

/** One command of the command line: `--help`, parsing, completion and `docs/commands.md` are made from these. */
export interface CommandDefinition {
  name: string;
  /** As commander reads them: `<call>`, `[name]`. */
  arguments: readonly ArgumentDefinition[];
  summary: string;
  /** Further paragraphs of `--help`. */
  description?: string;
  options: readonly OptionDefinition[];
  /** Command line and what it is for. */
  examples: readonly (readonly [commandLine: string, purpose: string])[];
  /** The module behind it is loaded here, and nowhere else. Returns the exit status. */
  run(args: readonly string[], raw: RawOptions & CommandOptions, io: Io): Promise<number>;
}

export interface ArgumentDefinition {
  name: string;
  description: string;
  choices?: readonly string[];
}

/** Options that only one command has. */
export interface CommandOptions extends RenderFlags, MessagesFlags {
  /** A manager of hooks for `install`, programs of the client for `probe`. */
  with?: string & string[];
  list?: boolean;
  /** Ends of `bisect`. */
  to?: string;
  clone?: string;
  /** `init --org` is a flag, not a reference. */
  org?: string[] & boolean;
  format?: string[] & string;
  /** What `lock` does instead of writing the file. */
  check?: boolean;
  stdout?: boolean;
  mergeDriver?: boolean;
  installMergeDriver?: boolean;
  /** `install` */
  trailer?: boolean;
}

/** What no commit waits for, in one chunk. */
export function onDemand() {
  return import("../commands/on-demand.ts");
}

export const EXIT_STATUS = `Exit status: 0 pass or warn, 1 blocked, 2 wrong usage, 3 could not evaluate or decide (never a pass), 4 internal error.`;
