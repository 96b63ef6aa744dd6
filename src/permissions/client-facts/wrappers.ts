import { CLIENT_VERSIONS } from "../../model/semantics.ts";
import { bash, type ClientFact } from "./fact.ts";

/** How a wrapper's own arguments are passed over on the way to the command that it starts. */
export interface WrapperUse {
  /** Flags that take the next word as their value. */
  valued: readonly string[];
  /** Words between the flags and the command: a lock file, a typescript, a CPU mask. */
  operand?: "any" | "number";
  /** A flag behind which the command itself stands; nothing that it starts is looked into. */
  command?: string;
  /** Flags whose value is a command line of its own; nothing behind it is looked at. */
  splits?: readonly string[];
  /** Assignments may stand in front of the command. */
  assigns?: true;
}

const NO_FLAGS: WrapperUse = { valued: [] };

/**
 * Wrappers that deny and ask rules look through, and allow rules do not. Flags that are not known are passed over one
 * word at a time: that is what the client does.
 */
export const DENY_WRAPPERS: Readonly<Record<string, WrapperUse>> = {
  sudo: {
    valued: [..."ugCphRTUrtD"].map((letter) => `-${letter}`).concat("--user", "--group"),
    assigns: true,
  },
  doas: { valued: ["-u", "-C"] },
  pkexec: { valued: ["--user"] },
  env: {
    valued: ["-u", "-C", "--unset", "--chdir"],
    splits: ["-S", "--split-string"],
    assigns: true,
  },
  watch: { valued: ["-n", "--interval"] },
  setsid: NO_FLAGS,
  ionice: { valued: ["-c", "-n", "-p", "--class", "--classdata"] },
  flock: { valued: ["-w", "-E"], operand: "any" },
  exec: { valued: ["-a"] },
  nocorrect: NO_FLAGS,
  taskset: { valued: ["-c"], operand: "number" },
  chrt: { valued: [], operand: "number" },
  unshare: { valued: ["-S"] },
  nsenter: { valued: ["-t"] },
  strace: { valued: ["-o", "-e", "-p"] },
  ltrace: { valued: ["-o", "-e", "-p"] },
  script: { valued: [], operand: "any", command: "-c" },
};

/** How allow rules see through a wrapper: forms that are taken off, and forms that stay in place. */
const TAKEN_OFF = [
  "nice",
  "nice -n 5",
  "nice -n -5",
  "nice -5",
  "nohup",
  "stdbuf -oL",
  "stdbuf -oL -e0",
  "time",
  "timeout 5",
  "timeout 5.5m",
  "timeout -k 5 5",
  "timeout -k5 5",
  "timeout -s KILL 5",
  "timeout --signal=KILL 5",
  "timeout --signal KILL 5",
  "timeout --kill-after 5 5",
  "timeout --foreground --preserve-status 5",
  "timeout -v 5",
  "command",
  "command -p",
  "command --",
  "builtin",
  "builtin --",
  "noglob",
  "xargs",
];
const LEFT_IN_PLACE = [
  "nice -n5",
  "nice --adjustment=5",
  "nice --",
  "nohup --",
  "stdbuf",
  "stdbuf -o L",
  "stdbuf --output=L",
  "time -p",
  "timeout",
  "timeout -x 5",
  "timeout .5",
  "timeout 1e3",
  "timeout -- 5",
  "timeout 5 --",
  "command -v",
  "builtin -x",
  "xargs -n1",
  "xargs -0",
  "xargs -I {}",
  ...Object.keys(DENY_WRAPPERS),
];

const ALLOWED = { allow: ["Bash(npm *)"] };
const DENIED = { allow: ["Bash"], deny: ["Bash(npm *)"] };
const BETWEEN: Readonly<Record<string, string>> = { any: " f", number: " 1" };

export const WRAPPER_FACTS: readonly ClientFact[] = [
  ...TAKEN_OFF.map((form) => fact(form, "runs")),
  ...LEFT_IN_PLACE.map((form) => fact(form, "prompts")),
  ...Object.entries(DENY_WRAPPERS).flatMap(([name, { valued, operand = "" }]) => {
    const between = BETWEEN[operand] ?? "";
    return ["", ...valued.map((flag) => ` ${flag} 5`)].map((flag) => fact(name + flag + between, "refused"));
  }),
];

function fact(form: string, outcome: ClientFact["outcome"]): ClientFact {
  return {
    id: `wrapper/${form}/${outcome}`,
    call: bash(`${form} npm test`),
    permissions: outcome === "refused" ? DENIED : ALLOWED,
    outcome,
    clients: CLIENT_VERSIONS,
  };
}
