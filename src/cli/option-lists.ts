import {
  ANSWER_FORMAT,
  BASE,
  CLIENT,
  COLOR,
  DEBUG,
  ENDS,
  EVALUATED,
  FORMAT,
  HEAD,
  JUDGED,
  type OptionDefinition,
  ORGANISATION,
  OUTPUT,
  PROBING,
  RUNNING,
  VERIFY_WITH,
  WITH_CLIENT,
  WORK_TREE,
} from "./option-definitions.ts";

const DONE = "What is done:";

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

/** One end, whose behavior is written down. */
export const LOCK_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: "--check",
    description: "write nothing; say whether the file fits, and what differs",
    group: DONE,
  },
  { flags: "--stdout", description: "print it instead of writing it", group: DONE },
  {
    flags: "--merge-driver",
    description: "resolve a merge of it by evaluating; Git calls it with %O %A %B %P",
    group: DONE,
  },
  {
    flags: "--install-merge-driver",
    description: "set up this clone so that Git does that; running it twice changes nothing",
    group: DONE,
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
  ANSWER_FORMAT,
  DEBUG,
  ...RUNNING.filter(({ flags }) => flags !== "--untrusted"),
];
