import { run as check } from "./commands/check.ts";
import { run as diff } from "./commands/diff.ts";
import { run as hook } from "./commands/hook.ts";
import { HOOK_NAMES } from "./hooks/names.ts";
import { MANAGER_NAMES, type ManagerName } from "./install/manager.ts";
import type { Io } from "./io.ts";
import { ASK_OPTIONS, type MessagesFlags, REQUEST_OPTIONS } from "./messages/options.ts";
import {
  BISECT_OPTIONS,
  BLAME_OPTIONS,
  CHECK_OPTIONS,
  DIFF_OPTIONS,
  EXPLAINED_OPTIONS,
  LOCK_OPTIONS,
  type OptionDefinition,
  PROBE_OPTIONS,
  SERVED_OPTIONS,
  WHY_OPTIONS,
} from "./options.ts";
import { parseOptions, type RawOptions } from "./parse-options.ts";
import { RENDER_DESCRIPTION, RENDER_EXAMPLES, RENDER_OPTIONS, type RenderFlags } from "./render-options.ts";

/** One command of the command line: `--help`, parsing, completion and `docs/commands.md` are made from these. */
export interface CommandDefinition {
  name: string;
  /** As commander reads them: `<call>`, `[name]`. */
  arguments: readonly ArgumentDefinition[];
  summary: string;
  /** Further paragraphs of `--help`. */
  description?: string;
  options: readonly OptionDefinition[];
  /** Command line and what it is for. */
  examples: readonly (readonly [commandLine: string, purpose: string])[];
  /** The module behind it is loaded here, and nowhere else. Returns the exit status. */
  run(args: readonly string[], raw: RawOptions & CommandOptions, io: Io): Promise<number>;
}

export interface ArgumentDefinition {
  name: string;
  description: string;
  choices?: readonly string[];
}

/** Options that only one command has. */
interface CommandOptions extends RenderFlags, MessagesFlags {
  /** A manager of hooks for `install`, programs of the client for `probe`. */
  with?: string & string[];
  list?: boolean;
  /** Ends of `bisect`. */
  to?: string;
  clone?: string;
  /** `init --org` is a flag, not a reference. */
  org?: string[] & boolean;
  format?: string[] & string;
  /** What `lock` does instead of writing the file. */
  check?: boolean;
  stdout?: boolean;
  mergeDriver?: boolean;
  installMergeDriver?: boolean;
  /** `install` */
  trailer?: boolean;
}

const EXIT_STATUS = `Exit status: 0 pass or warn, 1 blocked, 2 wrong usage, 3 could not evaluate or decide (never a pass), 4 internal error.`;

const WITH: OptionDefinition = {
  flags: "--with <manager>",
  description: "what runs the hooks (default: what the repository uses, else git)",
  choices: MANAGER_NAMES,
  group: "Options:",
};

/** The parser has checked the name. */
function managerAsked({ with: name }: CommandOptions): { with?: ManagerName } {
  const found = MANAGER_NAMES.find((known) => known === name);
  return found === undefined ? {} : { with: found };
}

const HOOK_SENTENCES = [
  "pre-commit checks what is staged against HEAD. pre-push checks what each pushed ref brings to the remote.",
  "post-merge and post-checkout say in one line when Claude behaves otherwise than before; they never fail.",
  "prepare-commit-msg and commit-msg put a trailer into the message: AI-Behavior: wider (2).",
  "client-edit is for the client's PreToolUse: it denies an edit that the commit would be blocked for.",
  "session-start is for the client's SessionStart: it tells the session what the flake says, with no file rendered.",
];

function onDemand() {
  return import("./commands/on-demand.ts");
}

export const COMMANDS: readonly CommandDefinition[] = [
  {
    name: "check",
    arguments: [],
    summary: "judge what a change lets Claude do that it could not do before",
    description: `Evaluates claudeContext before and after, proves with a concrete call what got wider, and holds the result against the built-in rules, the organisation's constraints and the waivers.\n\n${EXIT_STATUS}`,
    options: CHECK_OPTIONS,
    examples: [
      ["nixclaude check", "the files as they are, against HEAD"],
      ["nixclaude check --staged", "what would be committed, against HEAD"],
      ["nixclaude check --base main --head HEAD", "a branch against main"],
      ["nixclaude check --base none", "everything there is, as if it were new"],
      ["nixclaude check --format json=report.json --format markdown", "two formats, one into a file"],
      ["nixclaude check --org github:acme/standards", "with constraints nobody here can drop"],
    ],
    run: (_, raw, io) => check(parseOptions(raw), io),
  },
  {
    name: "diff",
    arguments: [],
    summary: "the same without judgement: changes and causes only",
    description: `Exit status: 0 whatever has changed, 2 wrong usage, 3 could not evaluate, 4 internal error.`,
    options: DIFF_OPTIONS,
    examples: [["nixclaude diff --base v1.0 --head v1.1", "what two releases do differently"]],
    run: (_, raw, io) => diff(parseOptions(raw), io),
  },
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
  {
    name: "render",
    arguments: [],
    summary: "write the files a client reads: CLAUDE.md, settings, servers, skills, agents, commands, styles",
    description: RENDER_DESCRIPTION,
    options: RENDER_OPTIONS,
    examples: RENDER_EXAMPLES,
    run: async (_, { format = "terminal", ...raw }, io) => (await onDemand()).render(raw, format, io),
  },
  {
    name: "request",
    arguments: [
      { name: "[prompt...]", description: "what is asked; - or nothing: it is read from standard input" },
    ],
    summary: "print the body of a request to the Messages API for a prompt",
    description: `The system prompt holds persona, policies, tool preferences and system facts; the tools are those with a command. What cannot be said in a request, or is said otherwise, stands on standard error. Nothing is sent.\n\nExit status: 0 printed, 2 wrong usage, 3 could not evaluate, 4 internal error.`,
    options: REQUEST_OPTIONS,
    examples: [
      ['nixclaude request "Which tools are there?"', "for curl, or for a look at it"],
      ["git diff | nixclaude request --model sonnet Review this: -", "words and standard input"],
    ],
    run: async (words, raw, io) => (await onDemand()).request(words, raw, io),
  },
  {
    name: "ask",
    arguments: [
      { name: "[prompt...]", description: "what is asked; - or nothing: it is read from standard input" },
    ],
    summary: "ask Claude with the context, through the Messages API",
    description: `Sends what nixclaude request prints, with the key of ANTHROPIC_API_KEY, and prints the answer as it comes. A tool runs by itself only where a rule of the context allows its command line; else you are asked at the terminal, and without one it does not run. With --untrusted every tool is asked for. Tokens, cache and cost stand on standard error.\n\nExit status: 0 answered, 2 wrong usage or no key, 3 no whole answer (a failure of the API, a refusal, a limit), 4 internal error.`,
    options: ASK_OPTIONS,
    examples: [
      ['nixclaude ask "What does this repository want of me?"', "one question"],
      ["git diff --staged | nixclaude ask Review this: -", "words and standard input"],
      ['nixclaude ask --dry-run "Hello"', "what would be sent, and where"],
    ],
    run: async (words, raw, io) => (await onDemand()).ask(words, raw, io),
  },
  {
    name: "explain",
    arguments: [
      {
        name: "<id>",
        description: "id of a rule, or of a constraint that applies here, as findings name it",
      },
    ],
    summary: "what a rule or constraint is for, an example, and what to do instead",
    options: [],
    examples: [["nixclaude explain approval-widened", "the rule behind a finding"]],
    run: async ([id = ""], _, io) => (await onDemand()).explain(id, io),
  },
  {
    name: "rules",
    arguments: [],
    summary: "the catalogue of rules",
    options: [
      {
        flags: "--format <name>",
        description: "terminal or json",
        choices: ["terminal", "json"],
        default: "terminal",
        group: "Options:",
      },
    ],
    examples: [["nixclaude rules --format json", "for scripts"]],
    run: async (_, raw, io) => (await onDemand()).rules(raw.format ?? "terminal", io),
  },
  {
    name: "schema",
    arguments: [
      {
        name: "[name]",
        description: "which one; without a name, they are listed",
        choices: ["context", "constraints", "report", "lock", "mcp-tools"],
      },
    ],
    summary: "print a JSON Schema",
    options: [],
    examples: [["nixclaude schema report > report.schema.json", "to check reports with"]],
    run: async ([name], _, io) => (await onDemand()).schema(name, io),
  },
  {
    name: "mcp",
    arguments: [
      {
        name: "[what]",
        description: "serve: the tools of a file; without it, those of the flake",
        choices: ["serve"],
      },
      { name: "[file]", description: "JSON that describes the tools (docs/mcp.md)" },
    ],
    summary: "serve tools to an MCP client over standard streams",
    description:
      "Offers commands as tools of the Model Context Protocol: those of a file, or the tools of claudeContext that have a command and an inputSchema, with the context itself as resources. When the flake changes, so do they. Arguments are validated and handed over as words of their own; no shell reads them. Ends when the client closes its side.\n\nExit status: 0 the client has closed its side, 2 wrong usage or a file with mistakes, 4 internal error.",
    options: SERVED_OPTIONS,
    examples: [
      ["nixclaude mcp", "the tools of the flake here; what a client starts"],
      ["nixclaude mcp serve tools.json", "the tools of a file"],
    ],
    run: async (words, raw, io) => (await onDemand()).mcp(words, raw, io),
  },
  {
    name: "hook",
    arguments: [
      { name: "<name>", description: "the hook that calls", choices: HOOK_NAMES },
      { name: "[args...]", description: "what Git hands to it" },
    ],
    summary: "the entry that Git's and the client's hooks call",
    description: `Silent when there is nothing to say. What they do:\n\n${HOOK_SENTENCES.join("\n\n")}`,
    options: [],
    examples: [
      ["nixclaude hook pre-commit", "what the installed hook runs"],
      ["nixclaude hook post-checkout main feature 1", "how does Claude behave otherwise over there?"],
    ],
    run: ([name = "", ...args], _, io) => hook(name, args, io),
  },
  {
    name: "install",
    arguments: [],
    summary: "check every commit and push: add a few marked lines to the repository's hooks",
    description:
      "Adds them to the configuration of lefthook, pre-commit or husky where the repository has one, and to Git's own hooks directory otherwise. What is there is kept, byte for byte. Running it twice changes nothing.",
    options: [
      WITH,
      {
        flags: "--trailer",
        description: "also say in each commit's message how it changes Claude's behavior",
        group: "Options:",
      },
    ],
    examples: [
      ["nixclaude install", "into what the repository uses"],
      ["nixclaude install --with git", "into Git's own hooks directory"],
    ],
    run: async (_, raw, io) =>
      (await onDemand()).install({ ...managerAsked(raw), trailer: raw.trailer ?? false }, io),
  },
  {
    name: "uninstall",
    arguments: [],
    summary: "take exactly those lines out again",
    options: [
      {
        ...WITH,
        description: "only out of the files of this one (default: wherever they are)",
      },
    ],
    examples: [["nixclaude uninstall", "the hooks are as they were before"]],
    run: async (_, raw, io) => (await onDemand()).uninstall(managerAsked(raw), io),
  },
  {
    name: "init",
    arguments: [],
    summary: "write a first flake.nix with a claudeContext",
    description: "An existing flake.nix is never changed.",
    options: [
      {
        flags: "--org",
        description: "an organisation's standards flake instead: constraints for many repositories",
        group: "Options:",
      },
    ],
    examples: [
      ["nixclaude init", "in a repository without flake.nix"],
      ["nixclaude init --org", "in an empty repository for the standards"],
    ],
    run: async (_, raw, io) => (await onDemand()).init(raw.org === true, io),
  },
  {
    name: "completion",
    arguments: [{ name: "<shell>", description: "your shell", choices: ["bash", "zsh", "fish"] }],
    summary: "print a completion script",
    options: [],
    examples: [
      ['eval "$(nixclaude completion bash)"', "in ~/.bashrc"],
      ['eval "$(nixclaude completion zsh)"', "in ~/.zshrc, after compinit"],
      ["nixclaude completion fish | source", "in ~/.config/fish/config.fish"],
    ],
    run: async ([shell = ""], _, io) => (await onDemand()).completion(shell, io),
  },
];
