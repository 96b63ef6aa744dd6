import { findChanges, sentence, warnsWhenWider } from "./change-finding.ts";
import type { Rule } from "./rule.ts";
import { grants } from "./unit-change.ts";

export const commandChanged: Rule = {
  id: "command-changed",
  severity: "note",
  docs: {
    what: "Reports a command or output style with other content; a warning when it grants more by itself.",
    why: "A command is a text that is sent in a person's name. Its front matter can approve tools, and commands inside it run before Claude reads it. An output style replaces parts of the system prompt. It is compared by content, so that it changes here when an input changes it.",
    example: "commands.release = ./commands/release.md;  # its text is another one",
    instead:
      "Read the difference. Pin the input that it comes from, and move that pin in a change of its own.",
  },
  examples: {
    fires: [
      {
        before: { commands: { release: { text: "Release." } } },
        after: { commands: { release: { text: "Release twice." } } },
      },
    ],
    silent: [
      {
        before: { commands: { release: { text: "Release." } } },
        after: { commands: { release: { text: "Release." } } },
      },
      { before: {}, after: { commands: { release: { text: "Release." } } } },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "commands",
      ({ kind }) => kind === "changed",
      (change) => ({
        message: sentence(change.summary) + grants(change),
        help: "Read the difference: its words are instructions, its front matter can grant.",
        severity: warnsWhenWider(change),
      }),
    ),
};
