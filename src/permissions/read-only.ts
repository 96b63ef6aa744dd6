import { READ_ONLY_PROGRAMS } from "./client-facts/read-only.ts";
import type { ShellWord } from "./command-line.ts";

/**
 * Commands that run without a rule in every mode (reference, section 1.6). `undecided` where it was not measured
 * whether a flag takes a command out of the set. `words` begins with the program; its words are literal.
 * `typed`: no wrapper or prefix was taken off.
 */
export function isReadOnlyCommand(words: readonly ShellWord[], typed: boolean): boolean | "undecided" {
  const program = words[0]?.value ?? "";
  // Recorded: `docker ps` behind a wrapper asks.
  if (program === "docker" && !typed) return false;
  const rest = words.slice(1);
  const flags = rest.map((word) => word.value).filter((value) => value.startsWith("-"));
  if (READ_ONLY_PROGRAMS.has(program)) return true;
  const restricted = Object.hasOwn(RESTRICTED, program) ? RESTRICTED[program]! : null;
  return restricted === null ? false : restricted(rest, flags);
}

type Restriction = (rest: readonly ShellWord[], flags: readonly string[]) => boolean | "undecided";

function unlessFlag(asks: RegExp): Restriction {
  return (_rest, flags) => !flags.some((flag) => asks.test(flag));
}

/** Flags of which nobody measured what they do to the approval. */
function undecidedFlag(unclear: RegExp): Restriction {
  return (_rest, flags) => (flags.some((flag) => unclear.test(flag)) ? "undecided" : true);
}

function onlyExactly(...forms: string[]): Restriction {
  return (rest) => forms.includes(rest.map((word) => word.value).join(" "));
}

const RESTRICTED: Readonly<Record<string, Restriction>> = {
  rg: undecidedFlag(/^--(?:pre|hostname-bin|search-zip)|^-z/),
  fd: undecidedFlag(/^(?:-[xX]|--exec)/),
  tree: undecidedFlag(/^-[a-zA-Z]*[oR]|^--output/),
  sort: unlessFlag(/^(?:-[a-zA-Z]*o|--output|--compress-program)/),
  file: unlessFlag(/^(?:-[a-zA-Z]*[mfC]|--magic-file|--files-from|--compile)/),
  jq: unlessFlag(/^(?:-[a-zA-Z]*f|--from-file|--rawfile|--slurpfile|-L)/),
  date: undecidedFlag(/^(?:-[sf]|--set|--file)/),
  hostname: (rest) => (rest.length === 0 ? true : "undecided"),
  history: (rest) => (rest.length === 0 ? true : "undecided"),
  man: (_rest, flags) => (flags.length === 0 ? true : "undecided"),
  find: (rest, flags) =>
    !flags.some((flag) => /^-(?:exec|execdir|ok|okdir|delete|fprint0?|fprintf|fls)$/.test(flag)) &&
    rest.every((word) => !word.glob),
  sed: (rest) => readOnlySed(rest),
  node: onlyExactly("-v", "--version"),
  python3: onlyExactly("--version"),
  docker: (rest) => {
    if (rest[0]?.value !== "ps" && rest[0]?.value !== "images") return false;
    return rest.length === 1 ||
      rest.slice(1).every((word) => /^-[aqlns]+$|^--(?:all|quiet|no-trunc)$/.test(word.value))
      ? true
      : "undecided";
  },
  git: (rest, flags) => readOnlyGit(rest, flags),
};

/** `sed -n 1p`, `sed -n 1,5p file`: printing lines. Other scripts may write or execute. */
function readOnlySed(rest: readonly ShellWord[]): boolean | "undecided" {
  const [flag, script, ...files] = rest.map((word) => word.value);
  if (flag !== "-n" || script === undefined) {
    const first = rest.find((word) => !word.value.startsWith("-"))?.value ?? "";
    // Substitution with printing only may be in the set; `e`, `w` and `-i` surely are not.
    return /^s[^\w\s]/.test(first) && !rest.some((word) => /^-.*i|^--in-place/.test(word.value))
      ? "undecided"
      : false;
  }
  if (files.some((file) => file.startsWith("-"))) return "undecided";
  return /^(?:\d+|\$)(?:,(?:\d+|\$))?p$/.test(script);
}

const GIT_READ_ONLY: ReadonlySet<string> = new Set(
  "status log diff show rev-parse ls-files blame grep describe for-each-ref cat-file ls-remote".split(" "),
);
/** Read-only by nature, but not measured. */
const GIT_UNMEASURED: ReadonlySet<string> = new Set(
  "shortlog merge-base rev-list name-rev ls-tree show-ref count-objects diff-tree diff-index diff-files var whatchanged cherry range-diff show-branch check-ignore check-attr version help".split(
    " ",
  ),
);
const GIT_ASKING_FLAG = /^(?:--output|--ext-diff|--textconv|-O|--open-files-in-pager|--upload-pack|--exec)/;

function readOnlyGit(rest: readonly ShellWord[], flags: readonly string[]): boolean | "undecided" {
  const [subcommand, ...args] = rest.map((word) => word.value);
  if (subcommand === undefined || subcommand.startsWith("-")) return false;
  if (flags.some((flag) => GIT_ASKING_FLAG.test(flag))) return false;
  if (GIT_READ_ONLY.has(subcommand)) return true;
  if (GIT_UNMEASURED.has(subcommand)) return "undecided";
  const operands = args.filter((arg) => !arg.startsWith("-"));
  switch (subcommand) {
    case "branch":
    case "tag":
      if (operands.length > 0) return args.includes("--list") || args.includes("-l") ? "undecided" : false;
      return args.every((arg) => /^(?:-[alrv]+|--list|--all|--remotes|--show-current|--verbose)$/.test(arg))
        ? true
        : "undecided";
    case "remote":
      if (args.length === 1 && (args[0] === "-v" || args[0] === "--verbose")) return true;
      return args.length === 0 || operands[0] === "show" || operands[0] === "get-url" ? "undecided" : false;
    case "stash":
    case "worktree":
      if (operands[0] === "list") return true;
      return operands[0] === "show" ? "undecided" : false;
    case "reflog":
      return operands[0] !== "expire" && operands[0] !== "delete";
    case "config":
      if (args[0] === "--get") return true;
      return /^(?:--get-all|--get-regexp|--list|-l|get|list)$/.test(args[0] ?? "") ? "undecided" : false;
    default:
      return false;
  }
}
