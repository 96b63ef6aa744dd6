import { findChanges, sentence, warnsWhenWider } from "./change-finding.ts";
import type { Rule } from "./rule.ts";
import { grants } from "./unit-change.ts";

export const skillAdded: Rule = {
  id: "skill-added",
  severity: "note",
  docs: {
    what: "Reports a skill that was not there before; a warning when it grants something by itself.",
    why: "A skill is text that Claude follows when it fits, with scripts beside it. Its front matter can approve tools for the turn that uses it (`allowed-tools`), whatever the settings say and also in folders that nobody trusted.",
    example: "skills.deploy = ./skills/deploy;",
    instead:
      "Read the text and its front matter. Leave out `allowed-tools`, `hooks` and a permission mode of its own; approve by rules instead.",
  },
  examples: {
    fires: [{ before: {}, after: { skills: { deploy: { description: "Deploys.", text: "Deploy." } } } }],
    silent: [
      {
        before: { skills: { deploy: { description: "Deploys.", text: "Deploy." } } },
        after: { skills: { deploy: { description: "Deploys.", text: "Deploy." } } },
      },
      { before: { skills: { deploy: { description: "Deploys.", text: "Deploy." } } }, after: {} },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "skills",
      ({ kind }) => kind === "added",
      (change) => ({
        message: sentence(change.summary) + grants(change),
        help: "Read it as you would read code that runs: its words are instructions, its front matter can grant.",
        severity: warnsWhenWider(change),
      }),
    ),
};
