import { findChanges, sentence, warnsWhenWider } from "./change-finding.ts";
import type { Rule } from "./rule.ts";
import { grants } from "./unit-change.ts";

export const skillChanged: Rule = {
  id: "skill-changed",
  severity: "note",
  docs: {
    what: "Reports a skill with other content; a warning when it grants more by itself.",
    why: "A skill is text that Claude follows when it fits, with scripts beside it. Its front matter can approve tools for the turn that uses it (`allowed-tools`), whatever the settings say and also in folders that nobody trusted. It is compared by content, so that it changes here when an input changes it.",
    example: "skills.deploy = ./skills/deploy;  # its text is another one",
    instead:
      "Read the difference. Pin the input that it comes from, and move that pin in a change of its own.",
  },
  examples: {
    fires: [
      {
        before: { skills: { deploy: { description: "Deploys.", text: "Deploy." } } },
        after: { skills: { deploy: { description: "Deploys.", text: "Deploy twice." } } },
      },
    ],
    silent: [
      {
        before: { skills: { deploy: { description: "Deploys.", text: "Deploy." } } },
        after: { skills: { deploy: { description: "Deploys.", text: "Deploy." } } },
      },
      { before: {}, after: { skills: { deploy: { description: "Deploys.", text: "Deploy." } } } },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "skills",
      ({ kind }) => kind === "changed",
      (change) => ({
        message: sentence(change.summary) + grants(change),
        help: "Read the difference: its words are instructions, its front matter can grant.",
        severity: warnsWhenWider(change),
      }),
    ),
};
