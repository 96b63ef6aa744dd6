import { inputAttribute } from "../../model/lock.ts";
import { gainedPermitted, unreadableGlob } from "../glob-lists.ts";
import { judgedInputs, waysOut } from "../judged-inputs.ts";
import { isPermissionCovered, isPermitted } from "../reference-globs.ts";
import { inWords } from "../rule-lists.ts";
import { type DemandKind, ofKind } from "./kind.ts";

/** `only.inputs`: every input's locked reference matches, nested ones included. */
export const onlyInputs: DemandKind<"only-inputs"> = {
  kind: "only-inputs",
  describe: ({ globs }) =>
    globs.length === 0
      ? "The flake has no inputs."
      : `Every input comes from ${inWords(globs)}, and so do the inputs of inputs.`,
  unreadable: unreadableGlob,
  check: ({ globs }, { after, constraint: { id } }) =>
    judgedInputs(after)
      .filter(({ reference }) => !isPermitted(reference, globs))
      .map((input) => ({
        subject: { path: inputAttribute(input.path) },
        message: `the input \`${input.path}\` comes from \`${input.reference}\`, which ${id} does not permit`,
        help: globs.length === 0 ? "Take the input out." : waysOut(input, `to one of ${inWords(globs)}`),
      })),
  loosened: ({ globs }, now) =>
    gainedPermitted(
      globs,
      ofKind(now, "only-inputs").map((demand) => demand.globs),
      isPermissionCovered,
    ),
};
