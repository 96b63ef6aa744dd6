import { inWords } from "../rule-lists.ts";
import { type DemandKind, ofKind } from "./kind.ts";

/** `require.persona`: the persona contains each of these texts. */
export const requirePersona: DemandKind<"require-persona"> = {
  kind: "require-persona",
  describe: ({ texts }) => `The persona says ${inWords(texts)}.`,
  check: ({ texts }, { after, constraint: { id } }) =>
    texts
      .filter((text) => !(after.context.persona ?? "").includes(text))
      .map((text) => ({
        subject: { path: "persona" },
        key: text,
        message: `the persona does not say ${JSON.stringify(text)}, which ${id} requires`,
        help: "Add the text to the persona, word for word.",
      })),
  loosened({ texts }, now) {
    const present = ofKind(now, "require-persona").flatMap((demand) => demand.texts);
    const lost = texts.find((text) => !present.some((longer) => longer.includes(text)));
    return lost === undefined
      ? null
      : { what: `it no longer requires the persona to say ${JSON.stringify(lost)}` };
  },
};
