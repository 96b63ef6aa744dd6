import { positionOf } from "../model/position.ts";
import type { PresentSnapshot, SchemaProblem } from "../model/snapshot.ts";
import type { Rule } from "./rule.ts";

export const schemaInvalid: Rule = {
  id: "schema-invalid",
  severity: "error",
  docs: {
    what: "Reports every value of `claudeContext` that does not fit its schema.",
    why: "What does not fit is not compared: a mistyped key is a rule that nobody applies, and the change beside it would look harmless.",
    example: 'permissions.denied = [ "Bash(git push *)" ];  # the key is "deny"',
    instead:
      "Write the key and type that the finding names. `nixclaude schema context` prints the schema, with a description of every key.",
  },
  examples: {
    fires: [{ after: { permissions: { denied: [] } } }, { after: { personas: "You are careful." } }],
    silent: [{ after: { permissions: { deny: [] } } }, {}],
  },
  check: ({ after }) =>
    after.kind === "present"
      ? after.problems.map((problem) => ({
          message: messageOf(problem),
          help: "Correct the value; `nixclaude schema context` prints what may stand there.",
          subject: { path: problem.path },
          ...placeOf(problem, after),
        }))
      : [],
};

function messageOf({ path, found, expected, nearest }: SchemaProblem): string {
  const hint = nearest === undefined ? "" : ` Did you mean \`${nearest}\`?`;
  return `${path === "" ? "The context" : `\`${path}\``} is ${found}, expected ${expected}.${hint}`;
}

function placeOf({ position, path }: SchemaProblem, { positions }: PresentSnapshot) {
  const place = position ?? positionOf(positions, path);
  return place === undefined ? {} : { position: place };
}
