import { globMatches } from "../glob.ts";
import { lostRequired, unreadableGlob } from "../glob-lists.ts";
import { nounOf } from "../named-items.ts";
import { inWords } from "../rule-lists.ts";
import { type DemandKind, ofKind } from "./kind.ts";

/** `require.skills`, `require.mcpServers`, `require.tools`: for each glob, something by such a name is there. */
export const requireNames: DemandKind<"require-names"> = {
  kind: "require-names",
  describe: ({ surface, globs }) => `A ${nounOf(surface)} named ${inWords(globs)} is there.`,
  unreadable: unreadableGlob,
  check({ surface, globs }, { after, constraint: { id } }) {
    // What an agent brings for itself is not there for anybody else.
    const names = Object.keys(after.context[surface]);
    return globs
      .filter((glob) => !names.some((name) => globMatches(name, glob)))
      .map((glob) => ({
        subject: { path: surface },
        key: glob,
        message: `no ${nounOf(surface)} named \`${glob}\` is there, which ${id} requires`,
        help: `Add it to ${surface}.`,
      }));
  },
  loosened: ({ surface, globs }, now) =>
    lostRequired(
      globs,
      ofKind(now, "require-names")
        .filter((demand) => demand.surface === surface)
        .map((demand) => demand.globs),
    ),
};
