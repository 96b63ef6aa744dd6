import { run as hook } from "../commands/hook.ts";
import { HOOK_NAMES } from "../hooks/names.ts";
import { MANAGER_NAMES, type ManagerName } from "../install/manager.ts";
import type { OptionDefinition } from "../option-definitions.ts";
import { type CommandDefinition, type CommandOptions, onDemand } from "./definition.ts";

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

/** What is done once, and what hooks call. */
export const SETTING_UP: readonly CommandDefinition[] = [
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
