import { findChanges, sentence, warnsWhenWider } from "./change-finding.ts";
import type { Rule } from "./rule.ts";
import { grants } from "./unit-change.ts";

export const agentChanged: Rule = {
  id: "agent-changed",
  severity: "note",
  docs: {
    what: "Reports an agent with other content; a warning when it grants more by itself.",
    why: "An agent works on its own with a prompt, tools and a permission mode of its own. Without `tools` it has every tool. It is compared by content, so that it changes here when an input changes it.",
    example: "agents.reviewer = ./agents/reviewer.md;  # its text is another one",
    instead:
      "Read the difference. Pin the input that it comes from, and move that pin in a change of its own.",
  },
  examples: {
    fires: [
      {
        before: { agents: { reviewer: { description: "Reviews.", prompt: "Review." } } },
        after: { agents: { reviewer: { description: "Reviews.", prompt: "Approve." } } },
      },
    ],
    silent: [
      {
        before: { agents: { reviewer: { description: "Reviews.", prompt: "Review." } } },
        after: { agents: { reviewer: { description: "Reviews.", prompt: "Review." } } },
      },
      { before: {}, after: { agents: { reviewer: { description: "Reviews.", prompt: "Review." } } } },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "agents",
      ({ kind }) => kind === "changed",
      (change) => ({
        message: sentence(change.summary) + grants(change),
        help: "Read the difference: its words are instructions, its front matter can grant.",
        severity: warnsWhenWider(change),
      }),
    ),
};
