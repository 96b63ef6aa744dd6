import { inputAttribute } from "../../model/lock.ts";
import { lostForbidden, unreadableGlob } from "../glob-lists.ts";
import { judgedInputs, waysOut } from "../judged-inputs.ts";
import { forbiddingGlob } from "../reference-globs.ts";
import { inWords } from "../rule-lists.ts";
import { type DemandFact, type DemandKind, ofKind } from "./kind.ts";

/** `forbid.inputs`: no input's locked reference matches, nested ones included. */
export const forbidInputs: DemandKind<"forbid-inputs"> = {
  kind: "forbid-inputs",
  describe: ({ globs }) => `No input comes from ${inWords(globs)}, nor does an input of an input.`,
  unreadable: unreadableGlob,
  check: ({ globs }, { after, constraint: { id } }) =>
    judgedInputs(after).flatMap((input): DemandFact[] => {
      const { path, reference } = input;
      const glob = forbiddingGlob(reference, globs);
      if (glob === undefined) return [];
      return [
        {
          subject: { path: inputAttribute(path) },
          message: `the input \`${path}\` comes from \`${reference}\`, which ${id} forbids (\`${glob}\`)`,
          help: waysOut(input),
        },
      ];
    }),
  loosened: ({ globs }, now) =>
    lostForbidden(
      globs,
      ofKind(now, "forbid-inputs").map((demand) => demand.globs),
    ),
};
