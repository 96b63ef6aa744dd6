import { assertNever } from "../model/assert-never.ts";
import type { BehaviorLockState, BehaviorLocks, LockDifference } from "../model/behavior-lock.ts";
import type { Rule } from "./rule.ts";

const FITS: BehaviorLocks = {
  file: "claude-context.lock.json",
  frozen: true,
  mend: "nixclaude lock",
  before: null,
  after: { kind: "fits" },
};
const STALE: BehaviorLockState = {
  kind: "stale",
  differences: [{ direction: "widens", summary: "allow rule `Bash(git *)` added" }],
};

/** More are counted, not named: `nixclaude lock --check` shows them all. */
const NAMED_DIFFERENCES = 3;

export const behaviorLockStale: Rule = {
  id: "behavior-lock-stale",
  severity: "warning",
  docs: {
    what: "Reports a `claude-context.lock.json` that does not fit the context; with `check --frozen` also one that is not there.",
    why: "Who reviews the lock sees in its diff what Claude does differently, whichever file or input brought it. A lock that says something else than what is evaluated shows nothing, or the wrong thing. With `--frozen` the finding is an error.",
    example:
      '// claude-context.lock.json: flake.nix approves `Bash(git *)` by now\n"allow": [\n  "Bash(git status)"\n]',
    exampleIs: "claude-context.lock.json",
    instead:
      "Run `nixclaude lock`, look at what it changes, and commit the file with the change. `nixclaude lock --check` shows what does not fit.",
  },
  examples: {
    fires: [
      { behaviorLock: { ...FITS, after: STALE } },
      { behaviorLock: { ...FITS, frozen: false, after: STALE } },
      { behaviorLock: { ...FITS, after: { kind: "missing" } } },
      { behaviorLock: { ...FITS, after: { kind: "unreadable", because: "is not JSON" } } },
      { behaviorLock: { ...FITS, after: { kind: "other-attribute", locked: "claudeContext" } } },
    ],
    silent: [
      {},
      { behaviorLock: FITS },
      // Who checks another attribute may have a lock of this one.
      { behaviorLock: { ...FITS, frozen: false, after: { kind: "other-attribute", locked: "x" } } },
    ],
  },
  check: ({ behaviorLock }) => {
    const wrong = behaviorLock === undefined ? null : whatIsWrong(behaviorLock);
    if (behaviorLock === undefined || wrong === null) return [];
    const { file, frozen, mend, after } = behaviorLock;
    const line = after.kind === "unreadable" ? after.line : undefined;
    return [
      {
        message: `\`${file}\` ${wrong}.`,
        help: `Run \`${mend}\`, look at what it writes, and commit the file.`,
        subject: { path: file },
        ...(after.kind !== "missing" && { position: { file, line: line ?? 1, column: 1 } }),
        ...(frozen && { severity: "error" as const }),
      },
    ];
  },
};

function whatIsWrong({ after, frozen }: BehaviorLocks): string | null {
  switch (after.kind) {
    case "fits":
      return null;
    case "missing":
      return frozen ? "is not there, and --frozen asks for it" : null;
    case "unreadable":
      return `cannot be used: it ${after.because}`;
    case "other-attribute":
      return frozen ? `holds another attribute, \`${after.locked}\`` : null;
    case "stale":
      return `does not fit the context: ${listed(after.differences)}`;
    default:
      return assertNever(after);
  }
}

function listed(differences: readonly LockDifference[]): string {
  const named = differences.slice(0, NAMED_DIFFERENCES).map(({ summary }) => summary);
  const more = differences.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join("; ");
}
