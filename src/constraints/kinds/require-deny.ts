import { findDifference, permissionSetOf } from "../../permissions/index.ts";
import { faultyParts } from "../bisect.ts";
import { inWords, lostRules, unreadableRule } from "../rule-lists.ts";
import { uncoveredFact } from "../uncovered.ts";
import { type DemandKind, ofKind } from "./kind.ts";

/** `require.deny`: the deny rules cover these rules. */
export const requireDeny: DemandKind<"require-deny"> = {
  kind: "require-deny",
  describe: ({ rules }) => `Everything that ${inWords(rules)} covers is refused.`,
  unreadable: ({ rules }, semantics) => unreadableRule(rules, "deny", semantics),
  check({ rules }, input) {
    const { deny } = permissionSetOf(input.after.context, input);
    const options = { client: input.client, steps: input.limits.inclusionSteps };
    return faultyParts(rules, (part) =>
      findDifference({ list: "deny", rules: part }, [{ list: "deny", rules: deny }], options),
    ).map((part) => uncoveredFact(part, { list: "deny", verb: "refused" }, input));
  },
  loosened: ({ rules }, now, semantics) =>
    lostRules(
      { list: "deny", rules },
      ofKind(now, "require-deny").map((demand) => ({ list: "deny", rules: demand.rules })),
      "requires to be refused",
      semantics,
    ),
};
