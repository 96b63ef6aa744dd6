import { CLIENT_VERSIONS } from "../../model/semantics.ts";
import { bash, type ClientFact } from "./fact.ts";

/** Programs that only read, whatever their arguments are: they run without a rule. Paths are checked elsewhere. */
export const READ_ONLY_PROGRAMS: ReadonlySet<string> = new Set(
  (
    "ls cat echo pwd head tail grep wc which stat du cd sha256sum md5sum cut tr tac rev nl od hexdump strings " +
    "base64 column paste comm fold fmt pr cmp numfmt tsort seq expr printf basename dirname realpath readlink " +
    "test [ true false sleep whoami id groups uname arch nproc locale uptime free df ps pgrep lsof ss netstat " +
    "help type tput diff"
  ).split(" "),
);

/** `cd` alone goes home and `[` alone is no command; both read where they stand with something. */
const NOT_ALONE: Readonly<Record<string, string>> = { cd: "cd src", "[": "[ -f a ]" };

export const READ_ONLY_FACTS: readonly ClientFact[] = [...READ_ONLY_PROGRAMS].map((program) => ({
  id: `read-only/${program}`,
  call: bash(NOT_ALONE[program] ?? program),
  outcome: "runs",
  clients: CLIENT_VERSIONS,
}));
