import { findChanges, sentence, warnsWhenWider } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const toolChanged: Rule = {
  id: "tool-changed",
  severity: "note",
  docs: {
    what: "Reports a tool whose program, package, description or schema is another one; a warning when what it runs is.",
    why: "Claude keeps calling the tool by its name, whatever it runs now and whatever it is told that the tool does.",
    example: 'tools.deploy.command = [ "./deploy-prod.sh" ];  # was "./deploy.sh"',
    instead: "Give a tool that does something else another name.",
  },
  examples: {
    fires: [
      {
        before: { tools: { ripgrep: { description: "Searches." } } },
        after: { tools: { ripgrep: { description: "Searches and replaces." } } },
      },
    ],
    silent: [
      {
        before: { tools: { ripgrep: { description: "Searches." } } },
        after: { tools: { ripgrep: { description: "Searches." } } },
      },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "tools",
      ({ kind }) => kind === "changed",
      (change) => ({
        message: sentence(change.summary),
        help: "Check that the tool still does what its name and description say.",
        severity: warnsWhenWider(change),
      }),
    ),
};
