import { lostRequired, unreadableGlob } from "../glob-lists.ts";
import { judgedInputs } from "../judged-inputs.ts";
import { isPermissionCovered, isPermitted } from "../reference-globs.ts";
import { inWords } from "../rule-lists.ts";
import { type DemandKind, ofKind } from "./kind.ts";

/** `require.inputs`: for each glob, an input with such a locked reference is there, direct or nested. */
export const requireInputs: DemandKind<"require-inputs"> = {
  kind: "require-inputs",
  describe: ({ globs }) => `The flake has an input from ${inWords(globs)}.`,
  unreadable: unreadableGlob,
  check: ({ globs }, { after, constraint: { id } }) =>
    globs
      .filter((glob) => !judgedInputs(after).some(({ reference }) => isPermitted(reference, [glob])))
      .map((glob) => ({
        subject: { path: "inputs" },
        key: glob,
        message: `no input comes from \`${glob}\`, which ${id} requires`,
        help: "Add the input to flake.nix and lock it.",
      })),
  loosened: ({ globs }, now) =>
    lostRequired(
      globs,
      ofKind(now, "require-inputs").map((demand) => demand.globs),
      isPermissionCovered,
    ),
};
