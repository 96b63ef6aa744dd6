import { findDifference, permissionSetOf } from "../../permissions/index.ts";
import { faultyParts } from "../bisect.ts";
import { inWords, lostRules, unreadableRule } from "../rule-lists.ts";
import { uncoveredFact } from "../uncovered.ts";
import { type DemandKind, ofKind } from "./kind.ts";

/** `require.ask`: the ask or deny rules cover these rules. */
export const requireAsk: DemandKind<"require-ask"> = {
  kind: "require-ask",
  describe: ({ rules }) => `Everything that ${inWords(rules)} covers asks a person first, or is refused.`,
  unreadable: ({ rules }, semantics) => unreadableRule(rules, "ask", semantics),
  check({ rules }, input) {
    const { ask, deny } = permissionSetOf(input.after.context, input);
    const groups = [
      { list: "ask", rules: ask },
      { list: "deny", rules: deny },
    ] as const;
    const options = { client: input.client, steps: input.limits.inclusionSteps };
    return faultyParts(rules, (part) => findDifference({ list: "ask", rules: part }, groups, options)).map(
      (part) => uncoveredFact(part, { list: "ask", verb: "asked about first" }, input),
    );
  },
  loosened: ({ rules }, now, semantics) =>
    lostRules(
      { list: "ask", rules },
      [
        ...ofKind(now, "require-ask").map((demand) => ({ list: "ask" as const, rules: demand.rules })),
        ...ofKind(now, "require-deny").map((demand) => ({ list: "deny" as const, rules: demand.rules })),
      ],
      "requires to be asked about",
      semantics,
    ),
};
