import { attributePath } from "../../model/position.ts";
import { matchesAny } from "../glob.ts";
import { gainedPermitted, unreadableGlob } from "../glob-lists.ts";
import { inWords } from "../rule-lists.ts";
import { type DemandKind, ofKind } from "./kind.ts";

/** `only.inputs`: every direct input's locked reference matches. */
export const onlyInputs: DemandKind<"only-inputs"> = {
  kind: "only-inputs",
  describe: ({ globs }) =>
    globs.length === 0 ? "The flake has no inputs." : `Every input comes from ${inWords(globs)}.`,
  unreadable: unreadableGlob,
  check: ({ globs }, { after, constraint: { id } }) =>
    Object.values(after.inputs)
      .filter(({ reference }) => !matchesAny(reference, globs))
      .map(({ name, reference }) => ({
        subject: { path: attributePath("inputs", name) },
        message: `the input \`${name}\` comes from \`${reference}\`, which ${id} does not permit`,
        help:
          globs.length === 0
            ? "Take the input out."
            : `Take the input out, or point it to one of ${inWords(globs)}.`,
      })),
  loosened: ({ globs }, now) =>
    gainedPermitted(
      globs,
      ofKind(now, "only-inputs").map((demand) => demand.globs),
    ),
};
