import type { Rule } from "../rules/rule.ts";

/** A built-in id that is found here and not in `rules/`, documented in the same shape. */
export type DocumentedId = Pick<Rule, "id" | "severity" | "docs">;

export const CONSTRAINT_WEAKENED: DocumentedId = {
  id: "constraint-weakened",
  severity: "error",
  docs: {
    what: "A constraint that the base had is gone or asks less in the head, or the input that it comes from is another flake.",
    why: "A change must not loosen the rules it is judged by. When the organisation's own flake moved to a revision that asks less, this is a warning; when this repository edited its constraint, dropped the input, pointed it elsewhere, overrode what it sees or moved it back, an error. For this change, the base's constraint still applies beside the head's.",
    example:
      'constraints.no-force-push.forbid.allow = [ "Bash(git push --force origin main)" ];\n# the base said: [ "Bash(git push --force *)" ]',
    instead:
      "Keep the constraint as it was and waive the one finding that is in the way (`waivers`), or change the constraint in the organisation's flake and update the input.",
  },
};

export const CONSTRAINT_RULES: readonly DocumentedId[] = [CONSTRAINT_WEAKENED];
