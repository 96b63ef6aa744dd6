import { CLIENT_VERSIONS, DEFAULT_CLIENT } from "../model/semantics.ts";
import { FORMAT_NAMES } from "../render/format-names.ts";
import { LIMIT_NAMES } from "./limits.ts";
import { COLOR_WHEN, FAIL_ON } from "./options.ts";

/** One option of the command line: `--help`, the parser and shell completion are made from these. */
export interface OptionDefinition {
  /** As commander reads it: `--base <rev>`. */
  flags: string;
  description: string;
  /** May be given several times. */
  repeatable?: true;
  /** The only values there are. */
  choices?: readonly string[];
  /** Values that completion offers where others are possible, too. */
  suggestions?: readonly string[];
  default?: string;
  /** Heading it stands under in `--help`. */
  group: string;
}

export const ENDS = "What is compared:";
const FLAKE = "What is evaluated:";
const VERDICT = "How it is judged:";
export const OUTPUT = "What is printed:";
const RUN = "How it runs:";
const PROBE = "How the real client is asked:";

export const BASE: OptionDefinition = {
  flags: "--base <rev>",
  description:
    'revision to compare with: any name Git knows, or "none" (default: HEAD; with --head, its first parent)',
  suggestions: ["HEAD", "none"],
  group: ENDS,
};

export const HEAD: readonly OptionDefinition[] = [
  { flags: "--head <rev>", description: "revision to check", suggestions: ["HEAD"], group: ENDS },
  { flags: "--staged", description: "check what is staged, as the next commit would have it", group: ENDS },
  {
    flags: "--worktree",
    description: "check the files as they are, tracked ones only (default; in CI: --head HEAD)",
    group: ENDS,
  },
  {
    flags: "--include-untracked",
    description: "with --worktree: also files that are neither tracked nor ignored",
    group: ENDS,
  },
];

/** Where there is one end alone. */
export const WORK_TREE: OptionDefinition = {
  flags: "--worktree",
  description: "the files as they are, tracked ones only (default)",
  group: ENDS,
};

export const EVALUATED: readonly OptionDefinition[] = [
  {
    flags: "--flake <dir>",
    description: "directory of a flake, may be repeated (default: the root of the repository)",
    repeatable: true,
    group: FLAKE,
  },
  {
    flags: "--attribute <path>",
    description: "the context's attribute",
    default: "claudeContext",
    group: FLAKE,
  },
];

export const ORGANISATION: OptionDefinition = {
  flags: "--org <ref>",
  description: "flake whose constraints apply whatever the repository says, may be repeated",
  repeatable: true,
  group: FLAKE,
};

export const JUDGED: readonly OptionDefinition[] = [
  {
    flags: "--fail-on <severity>",
    description: "least severity that blocks",
    choices: FAIL_ON,
    default: "error",
    group: VERDICT,
  },
  {
    flags: "--frozen",
    description: "block unless claude-context.lock.json is there and fits what is checked",
    group: VERDICT,
  },
  {
    flags: "--approve <fingerprint>",
    description: "approve one finding of exactly this change, may be repeated",
    repeatable: true,
    group: VERDICT,
  },
];

export const CLIENT: OptionDefinition = {
  flags: "--client <version>",
  description: "version of Claude Code whose reading of permission rules is assumed",
  choices: CLIENT_VERSIONS,
  default: DEFAULT_CLIENT,
  group: VERDICT,
};

export const FORMAT: OptionDefinition = {
  flags: "--format <name[=file]>",
  description: `${FORMAT_NAMES.join(", ")}; with =FILE into a file, may be repeated (default: terminal)`,
  repeatable: true,
  suggestions: FORMAT_NAMES,
  group: OUTPUT,
};

/** How an answer is printed that is no report. */
export const ANSWER_FORMAT: OptionDefinition = {
  flags: "--format <name>",
  description: "how it is printed",
  choices: ["terminal", "json"],
  default: "terminal",
  group: OUTPUT,
};

export const COLOR: OptionDefinition = {
  flags: "--color <when>",
  description: "colour severities; auto follows NO_COLOR, FORCE_COLOR and the terminal",
  choices: COLOR_WHEN,
  default: "auto",
  group: OUTPUT,
};

export const DEBUG: OptionDefinition = {
  flags: "--debug",
  description: "show all details of an error, such as the evaluator's trace",
  group: OUTPUT,
};

export const RUNNING: readonly OptionDefinition[] = [
  {
    flags: "--untrusted",
    description: "the code comes from a stranger: fetch first, then evaluate without network or environment",
    group: RUN,
  },
  { flags: "--offline", description: "fetch nothing; what is missing is an error", group: RUN },
  { flags: "--no-cache", description: "neither read nor write cached results", group: RUN },
  {
    flags: "--limit <name=value>",
    description: `set a limit, may be repeated: ${LIMIT_NAMES.join(", ")}`,
    repeatable: true,
    suggestions: LIMIT_NAMES.map((name) => `${name}=`),
    group: RUN,
  },
];

/** What `probe` and `check --verify-with` have in common. */
export const PROBING: readonly OptionDefinition[] = [
  {
    flags: "--allow-network",
    description: "run the client without its closed box where the system has none: only for what you trust",
    group: PROBE,
  },
  {
    flags: "--client-timeout <seconds>",
    description: "how long a session of the client may take",
    default: "60",
    group: PROBE,
  },
];

export const WITH_CLIENT: OptionDefinition = {
  flags: "--with <client>",
  description:
    "program of Claude Code, a path or a name; repeated, one for each version the context names (default: claude)",
  repeatable: true,
  group: PROBE,
};

export const VERIFY_WITH: OptionDefinition = {
  flags: "--verify-with <client>",
  description:
    "also ask this program of Claude Code what it would run, before and after; may be repeated, one for each version",
  repeatable: true,
  group: PROBE,
};
