import { PROJECT_TARGETS, type ProjectTarget } from "../artifacts/targets.ts";
import { UsageError } from "../model/errors.ts";
import type { OptionDefinition } from "./option-definitions.ts";
import { WHY_OPTIONS } from "./option-lists.ts";
import { filled, type RawOptions } from "./parse-options.ts";

/** What is printed, or written where `--output` says: never into the project. */
const PRINTED_TARGETS = ["managed", "request"] as const;
export type PrintedTarget = (typeof PRINTED_TARGETS)[number];

export interface RenderFlags {
  target?: string[];
  check?: boolean;
  force?: boolean;
  stdout?: boolean;
  output?: string;
  context?: string;
}

/** Where what is rendered goes. */
export type Destination =
  | { kind: "project" }
  | { kind: "directory"; path: string }
  | { kind: "stdout" }
  /** Nowhere: it is compared with what is committed. */
  | { kind: "check" };

export interface RenderOptions {
  targets: ProjectTarget[];
  printed: PrintedTarget[];
  destination: Destination;
  force: boolean;
  /** A file that holds the context; null: a flake does. */
  context: string | null;
  format: "terminal" | "json";
}

export const RENDER_DESCRIPTION = `Evaluates the files as they are and writes what Claude Code reads into the project: next to the flake. Each file carries a header with a digest. What was written by hand is never replaced without --force, and neither is anything else then: all files are written, or none. Keys of a settings file that are not the context's are kept. --target managed prints the settings that an administrator would install, --target request the body of a request to the Messages API.

Exit status: 0 written, or it fits already; with --check 1 when something does not fit; 1 as well when a file is in the way and nothing was written. 2 wrong usage, 3 could not evaluate, or a part of the context cannot be written, 4 internal error.`;

export const RENDER_EXAMPLES: readonly (readonly [string, string])[] = [
  ["nixclaude render", "everything that the context says, into the project"],
  ["nixclaude render --check", "do the files fit, and what differs"],
  ["nixclaude render --target claude-md --stdout", "print CLAUDE.md"],
  ["nixclaude render --target managed > managed-settings.json", "for an administrator to install"],
  ["nixclaude render --context context.json --output out", "without a flake, as a derivation does it"],
];

const WHAT = "What is done:";

export const RENDER_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: "--target <name>",
    description: "only this part, may be repeated (default: everything that stands in a project)",
    choices: [...PROJECT_TARGETS, ...PRINTED_TARGETS],
    repeatable: true,
    group: WHAT,
  },
  {
    flags: "--check",
    description: "write nothing; say whether the files of the revision fit, and what differs",
    group: WHAT,
  },
  { flags: "--force", description: "also replace what was written or changed by hand", group: WHAT },
  { flags: "--stdout", description: "print the one file that is rendered", group: WHAT },
  {
    flags: "--output <dir>",
    description: "write below this directory instead of into the project",
    group: WHAT,
  },
  {
    flags: "--context <file>",
    description: "take the context from a JSON file, as nix eval --json prints it, and no flake",
    group: WHAT,
  },
  ...WHY_OPTIONS,
  {
    flags: "--format <name>",
    description: "how the answer is printed",
    choices: ["terminal", "json"],
    default: "terminal",
    group: "What is printed:",
  },
];

/** @throws UsageError for flags that ask for different things. */
export function parseRenderOptions(raw: RenderFlags & RawOptions, format: string): RenderOptions {
  const asked = raw.target ?? [];
  const printed = PRINTED_TARGETS.filter((target) => asked.includes(target));
  const targets =
    asked.length === 0 ? [...PROJECT_TARGETS] : PROJECT_TARGETS.filter((one) => asked.includes(one));
  rejectContradictions(raw, { targets, printed });
  return {
    targets,
    printed,
    destination: destinationOf(raw, printed),
    force: raw.force ?? false,
    context: raw.context === undefined ? null : filled("--context", raw.context),
    format: format === "json" ? "json" : "terminal",
  };
}

function destinationOf(
  { check, stdout, output }: RenderFlags,
  printed: readonly PrintedTarget[],
): Destination {
  if (check) return { kind: "check" };
  if (output !== undefined) return { kind: "directory", path: filled("--output", output) };
  return stdout || printed.length > 0 ? { kind: "stdout" } : { kind: "project" };
}

function rejectContradictions(
  raw: RenderFlags & RawOptions,
  { targets, printed }: Pick<RenderOptions, "targets" | "printed">,
): void {
  const ways = [
    ...(raw.check ? ["--check"] : []),
    ...(raw.stdout ? ["--stdout"] : []),
    ...(raw.output === undefined ? [] : ["--output"]),
  ];
  if (ways.length > 1)
    throw contradiction(`${ways.join(" and ")} ask for different things`, "Give one of them.");
  const [first] = printed;
  if (first !== undefined && raw.check) {
    throw contradiction(
      `--check compares files of a project, and ${first} is none`,
      "Leave one of the two out.",
    );
  }
  if (first !== undefined && raw.output === undefined && targets.length + printed.length > 1) {
    throw contradiction(
      `${first} is not written into a project, as other targets are`,
      "Render it by itself, or name a directory for everything with --output DIR.",
    );
  }
  if (raw.context === undefined) return;
  if (raw.check || (raw.output === undefined && !raw.stdout && first === undefined)) {
    throw contradiction(
      "--context has no project to write into or to compare with",
      "Give --output DIR or --stdout.",
    );
  }
  const ends = ["head", "staged", "worktree", "flake"].filter(
    (name) => raw[name as keyof RawOptions] !== undefined,
  );
  if (ends.length > 0) {
    throw contradiction(`--context and --${ends[0]} name different contexts`, "Leave one of the two out.");
  }
}

function contradiction(message: string, hint: string): UsageError {
  return new UsageError("contradictory-flags", message, { hint });
}
