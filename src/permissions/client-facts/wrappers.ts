import { CLIENT_VERSIONS } from "../../model/semantics.ts";
import { bash, type ClientFact } from "./fact.ts";

/** How a wrapper's own arguments are passed over on the way to the command that it starts. */
export interface WrapperUse {
  /** Flags that take the next word as their value. */
  valued: readonly string[];
  /** Words between the flags and the command: a lock file, a typescript, a CPU mask. */
  operand?: "any" | "number";
  /** Flags whose value is the command, be it quoted; nothing else that stands there is looked at. */
  commands?: readonly string[];
  /** Flags whose value is a command line of its own; nothing behind it is looked at. */
  splits?: readonly string[];
  /** Assignments may stand in front of the command. */
  assigns?: true;
}

const NO_FLAGS: WrapperUse = { valued: [] };

/** `"ab"` are the flags -a and -b. */
const short = (letters: string): string[] => [...letters].map((letter) => `-${letter}`);
const long = (names: string): string[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `--${name}`);

/** Their value is a command, and what else stands there is not. */
const COMMAND_FLAGS = ["-c", "--command"];

/**
 * Wrappers that deny and ask rules look through, and allow rules do not. Flags that are not known are passed over one
 * word at a time: that is what the client does. Every letter and the long flags of the manuals were measured.
 */
export const DENY_WRAPPERS: Readonly<Record<string, WrapperUse>> = {
  sudo: {
    valued: [
      ...short("aghprtuCDRTU"),
      ...long(
        "user group auth-type chdir chroot close-from host prompt role type other-user command-timeout",
      ),
    ],
    assigns: true,
  },
  doas: { valued: short("auC") },
  pkexec: { valued: long("user") },
  env: {
    valued: [...short("uC"), ...long("unset chdir")],
    splits: ["-S", "--split-string"],
    assigns: true,
  },
  watch: { valued: [...short("n"), ...long("interval equexit")] },
  setsid: NO_FLAGS,
  ionice: { valued: [...short("cnpPu"), ...long("class classdata pid pgid uid")] },
  flock: {
    valued: [...short("wE"), ...long("wait timeout conflict-exit-code")],
    operand: "any",
    commands: COMMAND_FLAGS,
  },
  exec: { valued: short("a") },
  nocorrect: NO_FLAGS,
  taskset: { valued: [...short("c"), ...long("cpu-list")], operand: "number" },
  chrt: {
    valued: [...short("pDPT"), ...long("pid sched-runtime sched-period sched-deadline")],
    operand: "number",
  },
  unshare: {
    valued: [...short("wGRS"), ...long("setuid setgid root wd propagation setgroups monotonic boottime")],
  },
  nsenter: { valued: [...short("tGS"), ...long("target setuid setgid")] },
  strace: {
    valued: [
      ...short("abeopsuEIOPSUX"),
      ...long(`
        output expr attach user columns string-limit trace trace-path env interruptible summary-sort-by
        summary-columns detach-on const-print-style
      `),
    ],
  },
  ltrace: {
    valued: [...short("aelnopsuwxADF"), ...long("output align indent library where debug config")],
  },
  script: {
    valued: [
      ...short("moBEIOT"),
      ...long("echo logging-format log-io log-timing log-in log-out output-limit"),
    ],
    operand: "any",
    commands: COMMAND_FLAGS,
  },
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
