import { globMatches } from "../glob.ts";
import { lostForbidden, unreadableGlob } from "../glob-lists.ts";
import { namedItems, nounOf } from "../named-items.ts";
import { inWords } from "../rule-lists.ts";
import { type DemandFact, type DemandKind, ofKind } from "./kind.ts";

/** `forbid.mcpServers`, `.tools`, `.skills`, `.hooks`, `.env`: no name (for hooks: no command) matches. */
export const forbidNames: DemandKind<"forbid-names"> = {
  kind: "forbid-names",
  describe: ({ surface, globs }) => `No ${nounOf(surface)} matches ${inWords(globs)}.`,
  unreadable: unreadableGlob,
  check: ({ surface, globs }, { after, constraint: { id } }) =>
    namedItems(after.context, surface).flatMap(({ name, path }): DemandFact[] => {
      const glob = globs.find((one) => globMatches(name, one));
      if (glob === undefined) return [];
      return [
        {
          subject: { path },
          key: name,
          message: `the ${nounOf(surface)} \`${name}\` is forbidden by ${id} (\`${glob}\`)`,
          help: `Take it out of ${surface}.`,
        },
      ];
    }),
  loosened: ({ surface, globs }, now) =>
    lostForbidden(
      globs,
      ofKind(now, "forbid-names")
        .filter((demand) => demand.surface === surface)
        .map((demand) => demand.globs),
    ),
};
