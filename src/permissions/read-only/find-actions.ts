import type { ClientVersion } from "../../model/semantics.ts";

/** What `find` does with what it finds: starts a program, removes, writes a file. */
const FIND_ACTIONS = [
  "exec",
  "execdir",
  "ok",
  "okdir",
  "delete",
  "fprint",
  "fprint0",
  "fprintf",
  "fls",
  "files0-from",
];

const ACTION = new RegExp(`^-(?:${FIND_ACTIONS.join("|")})$`);

/** Tests whose value is the next word, whatever it reads like: `find . -name -delete` looks for a file of that name. */
const VALUED =
  /^-(?:[acm](?:min|time)|a?newer|cnewer|newer[a-zA-Z]{2}|fstype|[gu]id|group|user|used|i?l?name|inum|i?path|i?regex|regextype|i?wholename|links|m(?:ax|in)depth|perm|samefile|size|x?type|context|printf)$/;

/**
 * Does a use of `find` act, or may it, should a glob name a file that is called like an action? Both clients pass over
 * what is the value of a test; older ones also over that of `-D`.
 */
export function findActs(args: readonly string[], client: ClientVersion): boolean {
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (ACTION.test(arg) || /[*?[\]]/.test(arg)) return true;
    if (VALUED.test(arg) || (arg === "-D" && client === "2.1.197")) at += 1;
  }
  return false;
}
