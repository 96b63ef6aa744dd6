import type { ClientFact } from "./fact.ts";
import { READ_ONLY_GIT_FACTS } from "./read-only-git.ts";
import { READ_ONLY_USE_FACTS } from "./read-only-programs.ts";
import { readOnly, words } from "./read-only-use.ts";

/** Programs that only read, whatever their arguments are: they run without a rule. Paths are checked elsewhere. */
export const READ_ONLY_PROGRAMS: ReadonlySet<string> = new Set(
  words(
    "ls cat echo head tail wc stat du cut tr tac rev nl od hexdump strings column paste comm fold fmt pr cmp " +
      "numfmt tsort seq expr basename dirname realpath readlink true false sleep id groups uname nproc locale " +
      "uptime free df type diff cal expand unexpand",
  ),
);

/** Those of them that no glob may follow. */
export const READ_ONLY_WITHOUT_GLOB: ReadonlySet<string> = new Set(
  words(
    "paste comm fold fmt pr numfmt tsort seq expr true false sleep id groups uname nproc locale uptime free type " +
      "cal expand unexpand",
  ),
);

/** Programs that only read in these very forms. */
export const READ_ONLY_FORMS: ReadonlySet<string> = new Set([
  "arch",
  "arch -h",
  "arch --help",
  "claude -h",
  "claude --help",
  "history",
  "ifconfig",
  "ip addr",
  "node -v",
  "node --version",
  "pwd",
  "python --version",
  "python3 --version",
  "whoami",
]);

/** Programs whose arguments are judged by more than a list of flags; one call each that runs. */
const JUDGED = [
  "find . -name '*.ts'",
  "sed -n 1,5p a",
  "jq .a b",
  "uniq -c",
  "docker ps -a",
  "docker images",
];

/** `cd` alone goes home, which asks. */
const NOT_ALONE: Readonly<Record<string, string>> = { cd: "cd src" };

export const READ_ONLY_FACTS: readonly ClientFact[] = [
  ...[...READ_ONLY_PROGRAMS].map((program) =>
    readOnly(`read-only/${program}`, NOT_ALONE[program] ?? program),
  ),
  ...[
    "pyright",
    "pyright a",
    "pyright --version",
    "pyright --outputjson",
    "pyright --stats",
    "pyright --verbose",
    "help -s cd",
    "help -m cd",
    "which --any",
    "file -f x",
  ].map((form) => readOnly(`read-only/${form}`, form, ["2.1.197"])),
  ...[...READ_ONLY_FORMS, ...JUDGED].map((form) => readOnly(`read-only/${form}`, form)),
  ...READ_ONLY_USE_FACTS,
  ...READ_ONLY_GIT_FACTS,
];
