import { CLIENT_VERSIONS } from "../../model/semantics.ts";
import { bash, type ClientFact } from "./fact.ts";

/** They run their arguments as shell code, or change what later words mean: nothing vouches for them. */
export const CODE_BUILTINS: ReadonlySet<string> = new Set(["exec", "eval", "source", ".", "trap", "alias"]);

/** Programs that start others: never approved by a rule with a wildcard, only by one with the full text. */
export const EXEC_WRAPPERS: ReadonlySet<string> = new Set([
  "watch",
  "setsid",
  "ionice",
  "flock",
  "script",
  "strace",
  "ltrace",
]);

export const UNANALYSED_FACTS: readonly ClientFact[] = [...CODE_BUILTINS, ...EXEC_WRAPPERS].map(
  (program) => ({
    id: `unanalysed/${program}`,
    call: bash(`${program} npm test`),
    permissions: { allow: [`Bash(${program} *)`] },
    outcome: "prompts",
    clients: CLIENT_VERSIONS,
  }),
);
