import { matchesAny } from "../glob.ts";
import { gainedPermitted, unreadableGlob } from "../glob-lists.ts";
import { namedItems, nounOf } from "../named-items.ts";
import { inWords } from "../rule-lists.ts";
import { type DemandKind, ofKind } from "./kind.ts";

/** `only.mcpServers`, `.tools`, `.skills`, `.hooks`, `.env`: every name (for hooks: every command) matches. */
export const onlyNames: DemandKind<"only-names"> = {
  kind: "only-names",
  describe: ({ surface, globs }) =>
    globs.length === 0
      ? `There is no ${nounOf(surface)}.`
      : `Every ${nounOf(surface)} matches ${inWords(globs)}.`,
  unreadable: unreadableGlob,
  check: ({ surface, globs }, { after, constraint: { id } }) =>
    namedItems(after.context, surface)
      .filter(({ name }) => !matchesAny(name, globs))
      .map(({ name, path }) => ({
        subject: { path },
        key: name,
        message: `the ${nounOf(surface)} \`${name}\` is not one that ${id} permits`,
        help:
          globs.length === 0
            ? `Take it out of ${surface}.`
            : `Take it out of ${surface}, or use one of ${inWords(globs)}.`,
      })),
  loosened: ({ surface, globs }, now) =>
    gainedPermitted(
      globs,
      ofKind(now, "only-names")
        .filter((demand) => demand.surface === surface)
        .map((demand) => demand.globs),
    ),
};
