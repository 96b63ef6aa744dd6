import {
  BISECT_OPTIONS,
  BLAME_OPTIONS,
  EXPLAINED_OPTIONS,
  LOCK_OPTIONS,
  PROBE_OPTIONS,
  WHY_OPTIONS,
} from "../option-lists.ts";
import { parseOptions } from "../parse-options.ts";
import { type CommandDefinition, EXIT_STATUS, onDemand } from "./definition.ts";

/** Where something comes from, what would happen, and the lock that says so. */
export const TRACING: readonly CommandDefinition[] = [
  {
    name: "why",
    arguments: [{ name: "<call>", description: "a call as reports write it, in quotes: 'Bash(git push)'" }],
    summary: "is this call approved, by which rule, where is it set, and by whom",
    options: EXPLAINED_OPTIONS,
    examples: [
      ["nixclaude why 'Bash(git push --force)'", "in the files as they are"],
      ["nixclaude why --head main 'Read(~/.ssh/id_ed25519)'", "at another revision"],
    ],
    run: async ([call = ""], { format = "terminal", ...raw }, io) =>
      (await onDemand()).why({ call, format, ...parseOptions(raw) }, io),
  },
  {
    name: "blame",
    arguments: [
      { name: "[attribute]", description: "only what stands at or below it: permissions.allow, tools.rg" },
    ],
    summary: "where each value of the context comes from, and since when",
    description: `One line a value, as git blame has one a line: the commit that wrote it here, or the input and its locked revision. For inputs, the day is the one on which that revision was locked here.\n\nExit status: 0 printed, 2 wrong usage, 3 could not evaluate, 4 internal error.`,
    options: BLAME_OPTIONS,
    examples: [
      ["nixclaude blame", "everything, in the files as they are"],
      ["nixclaude blame permissions.allow", "who approved what"],
      ["nixclaude blame --head v1.0 --format json", "at another revision, for scripts"],
    ],
    run: async ([attribute = null], { format = "terminal", ...raw }, io) =>
      (await onDemand()).blame({ attribute, format, options: parseOptions(raw) }, io),
  },
  {
    name: "bisect",
    arguments: [
      { name: "<input>", description: "an input of the flake, or of an input of it: company/nixpkgs" },
    ],
    summary: "which commit of an input made each change",
    description: `Looks through the commits of a flake input between the one locked in the base and the one locked in the head: at which does each change of the context first appear? Evaluates few of them, and none again when it was interrupted. Commits with which the flake does not evaluate are passed over. The clone is only read.\n\nExit status: 0 found, or nothing changed; 2 wrong usage; 3 could not evaluate, or a change lies in a row of commits that do not evaluate; 4 internal error.`,
    options: BISECT_OPTIONS,
    examples: [
      ["nixclaude bisect company", "after nix flake update, before the commit"],
      ["nixclaude bisect company --base main --head HEAD", "on a branch that updates flake.lock"],
      ["nixclaude bisect company --clone ../standards", "for an input from github: and the like"],
      ["nixclaude bisect company --to main", "what an update would bring, and which commit of it"],
    ],
    run: async ([input = ""], raw, io) => (await onDemand()).bisect(input, raw, io),
  },
  {
    name: "decide",
    arguments: [],
    summary: "decide about many calls at once: JSON lines in, JSON lines out",
    description: `Each line of standard input is an object with "calls", a list of [tool, argument] or [tool, argument, {parameters}]. It may also hold "permissions" (allow, ask, deny and the other words of the client's settings), "mode", "client", and "runs": true. Each answer, in the same order, is a line {"decisions": [...]}: for each call allow, ask, deny, default (no rule settles it) or undecided. With "runs" it also says whether each call runs without asking: true, false or "undecided". Without "permissions" the flake's own context decides; it is evaluated when a line first asks for it. Calls are judged in a trusted project /home/u/proj of a user whose home is /home/u. Empty lines are passed over.\n\nExit status: 0 whatever was decided, 2 for a line that is not understood, 3 could not evaluate, 4 internal error; the answers to the lines before it have been written.`,
    options: WHY_OPTIONS,
    examples: [
      [
        `echo '{"permissions": {"allow": ["Bash(git *)"]}, "calls": [["Bash", "git push"]]}' | nixclaude decide`,
        "by these rules; no flake is looked at",
      ],
      ["nixclaude decide --head main < calls.jsonl", "by the context at another revision"],
    ],
    run: async (_, raw, io) => (await onDemand()).decide(parseOptions(raw), io),
  },
  {
    name: "probe",
    arguments: [],
    summary: "what the real client would run without asking, before and after",
    description: `Starts Claude Code in a closed box without a network, before and after, with the context's settings and a scripted model that asks for every call of the catalogue; nothing is executed. Prints what the client decides, what differs first, and where it contradicts nixclaude.\n\n${EXIT_STATUS}`,
    options: PROBE_OPTIONS,
    examples: [
      ["nixclaude probe", "the files as they are, against HEAD, with the claude on PATH"],
      ["nixclaude probe --base main --head HEAD --with ~/.local/bin/claude", "a branch, with this client"],
      [
        "nixclaude probe --with ./claude-2.1.197 --with ./claude-2.1.330",
        "where the change moves the client itself",
      ],
      ["nixclaude probe --list", "the calls that are asked"],
    ],
    run: async (_, raw, io) => (await onDemand()).probe(raw, io),
  },
  {
    name: "lock",
    arguments: [{ name: "[words...]", description: "with --merge-driver: what Git hands to it" }],
    summary: "write claude-context.lock.json: how Claude behaves by this flake, to be reviewed in any diff",
    description: `Evaluates the files as they are and writes the context, in one spelling, next to the flake; commit it with the change. nixclaude check --frozen then blocks whatever does not fit it. With --staged or --head the file is written for that state instead. Git's index is never touched.\n\nExit status: 0 written, or it fits already; with --check 1 when it does not fit. 2 wrong usage, 3 could not evaluate, or a merge that stays in conflict, 4 internal error.`,
    options: LOCK_OPTIONS,
    examples: [
      ["nixclaude lock", "the files as they are"],
      ["nixclaude lock --check", "does it fit, and what differs"],
      ["nixclaude lock --head main --stdout", "how Claude behaves at another revision"],
      ["nixclaude lock --install-merge-driver", "have merges of it evaluated, in this clone"],
    ],
    run: async (words, raw, io) => (await onDemand()).lock(words, raw, io),
  },
];
