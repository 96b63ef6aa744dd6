import { attributePath } from "../../model/position.ts";
import { globMatches } from "../glob.ts";
import { lostForbidden, unreadableGlob } from "../glob-lists.ts";
import { inWords } from "../rule-lists.ts";
import { type DemandFact, type DemandKind, ofKind } from "./kind.ts";

/** `forbid.inputs`: no direct input's locked reference matches. */
export const forbidInputs: DemandKind<"forbid-inputs"> = {
  kind: "forbid-inputs",
  describe: ({ globs }) => `No input comes from ${inWords(globs)}.`,
  unreadable: unreadableGlob,
  check: ({ globs }, { after, constraint: { id } }) =>
    Object.values(after.inputs).flatMap(({ name, reference }): DemandFact[] => {
      const glob = globs.find((one) => globMatches(reference, one));
      if (glob === undefined) return [];
      return [
        {
          subject: { path: attributePath("inputs", name) },
          message: `the input \`${name}\` comes from \`${reference}\`, which ${id} forbids (\`${glob}\`)`,
          help: "Take the input out, or point it elsewhere.",
        },
      ];
    }),
  loosened: ({ globs }, now) =>
    lostForbidden(
      globs,
      ofKind(now, "forbid-inputs").map((demand) => demand.globs),
    ),
};
