import { findChanges, sentence, warnsWhenWider } from "./change-finding.ts";
import type { Rule } from "./rule.ts";
import { grants } from "./unit-change.ts";

export const agentAdded: Rule = {
  id: "agent-added",
  severity: "note",
  docs: {
    what: "Reports an agent that was not there before; a warning when it grants something by itself.",
    why: "An agent works on its own with a prompt, tools and a permission mode of its own. Without `tools` it has every tool.",
    example: "agents.reviewer = ./agents/reviewer.md;",
    instead:
      "Read the text and its front matter. Leave out `allowed-tools`, `hooks` and a permission mode of its own; approve by rules instead.",
  },
  examples: {
    fires: [{ before: {}, after: { agents: { reviewer: { description: "Reviews.", prompt: "Review." } } } }],
    silent: [
      {
        before: { agents: { reviewer: { description: "Reviews.", prompt: "Review." } } },
        after: { agents: { reviewer: { description: "Reviews.", prompt: "Review." } } },
      },
      { before: { agents: { reviewer: { description: "Reviews.", prompt: "Review." } } }, after: {} },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "agents",
      ({ kind }) => kind === "added",
      (change) => ({
        message: sentence(change.summary) + grants(change),
        help: "Read it as you would read code that runs: its words are instructions, its front matter can grant.",
        severity: warnsWhenWider(change),
      }),
    ),
};
