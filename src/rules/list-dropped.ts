import { RULE_LISTS } from "../model/permission.ts";
import type { PresentSnapshot } from "../model/snapshot.ts";
import type { Rule } from "./rule.ts";
import { standing } from "./snapshot-finding.ts";

export const listDropped: Rule = {
  id: "list-dropped",
  severity: "error",
  docs: {
    what: "Reports a value of a wrong type because of which the client ignores its whole settings file.",
    why: "The client rejects a settings file whole when a key that it knows has the wrong type, and says nothing in sessions that nobody watches. Allow rules vanish, and the deny rules with them.",
    example: 'permissions.deny = "Bash(git push *)";  # a text where a list belongs',
    instead: 'Write a list: `permissions.deny = [ "Bash(git push *)" ];`.',
  },
  examples: {
    fires: [{ after: { permissions: { deny: "Bash(git push *)" } } }],
    silent: [{ after: { permissions: { deny: ["Bash(git push *)"] } } }],
  },
  check: ({ after }) => {
    if (after.kind !== "present") return [];
    return after.problems
      .filter(({ dropsFile }) => dropsFile)
      .map(({ path, found }) =>
        standing(after, path, {
          message: `\`${path}\` is ${found}, so the client drops the whole settings file.`,
          help: `Give the key the type that the client expects${lostWith(after)}.`,
        }),
      );
  },
};

/** What else stands in the file, and is lost with it. */
function lostWith({ context }: PresentSnapshot): string {
  const counts = RULE_LISTS.map((list) => {
    const count = context.permissions.rules.filter((rule) => rule.list === list).length;
    return count === 0 ? null : `${count} ${list} ${count === 1 ? "rule" : "rules"}`;
  }).filter((count) => count !== null);
  return counts.length === 0 ? "" : `; until then ${counts.join(", ")} are lost with the file`;
}
