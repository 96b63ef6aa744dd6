import type { Limits } from "../model/limits.ts";
import { CLIENT_VERSIONS, type ClientVersion, DEFAULT_CLIENT } from "../model/semantics.ts";
import { FORMAT_NAMES, type FormatName } from "../render/format-names.ts";
import { LIMIT_NAMES } from "./limits.ts";

/** What `check`, `diff`, `why` and the hooks are asked; defaults are filled in, nothing contradicts. */
export interface CheckOptions {
  /** A revision, or `none`. */
  base?: string;
  head?: string;
  staged: boolean;
  worktree: boolean;
  includeUntracked: boolean;
  /** As typed, relative to the working directory; empty when not given. */
  flakes: string[];
  /** Attribute path as typed. */
  attribute: string;
  orgs: string[];
  /** At most one without a file. */
  formats: { name: FormatName; file?: string }[];
  failOn: FailOn;
  frozen: boolean;
  approve: string[];
  client: ClientVersion;
  untrusted: boolean;
  offline: boolean;
  cache: boolean;
  debug: boolean;
  color: "auto" | "always" | "never";
  limits: Limits;
  /** How the real client is asked; nobody is when `with` is empty. */
  probe: { with: string[]; allowNetwork: boolean; timeoutMs: number };
}

export const FAIL_ON = ["error", "warning", "never"] as const;
export type FailOn = (typeof FAIL_ON)[number];
export const COLOR_WHEN = ["auto", "always", "never"] as const;

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

const ENDS = "What is compared:";
const FLAKE = "What is evaluated:";
const VERDICT = "How it is judged:";
const OUTPUT = "What is printed:";
const RUN = "How it runs:";
const LOCK = "What is done:";
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

export const CHECK_OPTIONS: readonly OptionDefinition[] = [
  BASE,
  ...HEAD,
  ...EVALUATED,
  ORGANISATION,
  ...JUDGED,
  CLIENT,
  FORMAT,
  COLOR,
  DEBUG,
  ...RUNNING,
  VERIFY_WITH,
  ...PROBING,
];
const ASKS_CLIENT: readonly OptionDefinition[] = [VERIFY_WITH, ...PROBING];
export const DIFF_OPTIONS = CHECK_OPTIONS.filter(
  (option) => !JUDGED.includes(option) && !ASKS_CLIENT.includes(option),
);
/** The same comparison through the eyes of the real client. */
export const PROBE_OPTIONS: readonly OptionDefinition[] = [
  BASE,
  ...HEAD,
  ...EVALUATED,
  WITH_CLIENT,
  ...PROBING,
  { flags: "--list", description: "print the calls that are asked, and ask nobody", group: OUTPUT },
  FORMAT,
  COLOR,
  DEBUG,
  ...RUNNING,
];
const WORK_TREE: OptionDefinition = {
  flags: "--worktree",
  description: "the files as they are, tracked ones only (default)",
  group: ENDS,
};
/** One end, whose behavior is written down. */
export const LOCK_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: "--check",
    description: "write nothing; say whether the file fits, and what differs",
    group: LOCK,
  },
  { flags: "--stdout", description: "print it instead of writing it", group: LOCK },
  {
    flags: "--merge-driver",
    description: "resolve a merge of it by evaluating; Git calls it with %O %A %B %P",
    group: LOCK,
  },
  {
    flags: "--install-merge-driver",
    description: "set up this clone so that Git does that; running it twice changes nothing",
    group: LOCK,
  },
  ...HEAD.map((option) => (option.flags === WORK_TREE.flags ? WORK_TREE : option)),
  ...EVALUATED,
  CLIENT,
  COLOR,
  DEBUG,
  ...RUNNING,
];
/** One call against one end: nothing is compared, judged or given a format. */
export const WHY_OPTIONS: readonly OptionDefinition[] = [
  ...HEAD,
  ...EVALUATED,
  CLIENT,
  COLOR,
  DEBUG,
  ...RUNNING,
];
/** How an answer is printed that is no report. */
const ANSWER_FORMAT: OptionDefinition = {
  flags: "--format <name>",
  description: "how it is printed",
  choices: ["terminal", "json"],
  default: "terminal",
  group: OUTPUT,
};
/** The same, with an answer that scripts read, too. */
export const EXPLAINED_OPTIONS: readonly OptionDefinition[] = [
  ...HEAD,
  ...EVALUATED,
  CLIENT,
  ANSWER_FORMAT,
  COLOR,
  DEBUG,
  ...RUNNING,
];
/** The flake as its files are, again and again. */
export const SERVED_OPTIONS: readonly OptionDefinition[] = [...EVALUATED, CLIENT, ...RUNNING];
/** Where values come from does not depend on who reads them. */
export const BLAME_OPTIONS = EXPLAINED_OPTIONS.filter((option) => option !== CLIENT);
/** The history of one input: evaluated as for `diff`, but for what a stranger's change would need. */
export const BISECT_OPTIONS: readonly OptionDefinition[] = [
  BASE,
  ...HEAD,
  {
    flags: "--to <rev>",
    description: "new commit of the input, as its clone knows it (default: the one that is locked)",
    group: ENDS,
  },
  {
    flags: "--clone <dir>",
    description: "clone of the input's repository (default: the input itself, where it is on this machine)",
    group: ENDS,
  },
  ...EVALUATED,
  CLIENT,
  {
    flags: "--format <name>",
    description: "how it is printed",
    choices: ["terminal", "json"],
    default: "terminal",
    group: OUTPUT,
  },
  DEBUG,
  ...RUNNING.filter(({ flags }) => flags !== "--untrusted"),
];
