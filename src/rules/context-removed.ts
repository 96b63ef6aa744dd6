import { findChanges, mayWiden, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const contextRemoved: Rule = {
  id: "context-removed",
  severity: "error",
  docs: {
    what: "Reports that there is no `claudeContext` any more, or that it is read from plain files where a flake declared it.",
    why: "Without the attribute nothing is checked: the deny rules, the policies and the organisation's constraints are gone together, and a gate that finds nothing to read must not pass.",
    example: "outputs = { self, nixpkgs }: { };  # claudeContext is gone",
    instead: "Restore the output. If it moved, name the new place with `--attribute`.",
  },
  examples: {
    fires: [{ before: { persona: "You are careful." } }],
    silent: [
      { after: { persona: "You are careful." } },
      { before: { persona: "You are careful." }, after: {} },
    ],
  },
  check: ({ changes }) =>
    findChanges(changes, "context", mayWiden, (change) => ({
      message: sentence(change.summary),
      help: "Restore the output, or name its new place with --attribute.",
    })),
};
