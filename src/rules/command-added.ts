import { findChanges, sentence, warnsWhenWider } from "./change-finding.ts";
import type { Rule } from "./rule.ts";
import { grants } from "./unit-change.ts";

export const commandAdded: Rule = {
  id: "command-added",
  severity: "note",
  docs: {
    what: "Reports a command or output style that was not there before; a warning when it grants something by itself.",
    why: "A command is a text that is sent in a person's name. Its front matter can approve tools, and commands inside it run before Claude reads it. An output style replaces parts of the system prompt.",
    example: "commands.release = ./commands/release.md;",
    instead:
      "Read the text and its front matter. Leave out `allowed-tools`, `hooks` and a permission mode of its own; approve by rules instead.",
  },
  examples: {
    fires: [{ before: {}, after: { commands: { release: { text: "Release." } } } }],
    silent: [
      {
        before: { commands: { release: { text: "Release." } } },
        after: { commands: { release: { text: "Release." } } },
      },
      { before: { commands: { release: { text: "Release." } } }, after: {} },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "commands",
      ({ kind }) => kind === "added",
      (change) => ({
        message: sentence(change.summary) + grants(change),
        help: "Read it as you would read code that runs: its words are instructions, its front matter can grant.",
        severity: warnsWhenWider(change),
      }),
    ),
};
