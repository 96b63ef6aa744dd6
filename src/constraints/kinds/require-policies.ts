import { attributePath } from "../../model/position.ts";
import { inWords } from "../rule-lists.ts";
import { type DemandFact, type DemandKind, ofKind } from "./kind.ts";

/** `require.policies`: the policy is there, with exactly that text (null: any text). */
export const requirePolicies: DemandKind<"require-policies"> = {
  kind: "require-policies",
  describe: ({ policies }) => {
    const exact = Object.values(policies).some((text) => text !== null);
    return `The policy ${inWords(Object.keys(policies))} is given to Claude${exact ? ", word for word" : ""}.`;
  },
  check: ({ policies }, { after, constraint: { id } }) =>
    Object.entries(policies).flatMap(([name, text]): DemandFact[] => {
      const found = own(after.context.policies, name);
      const subject = { path: attributePath("policies", name) };
      // A policy without a word is none.
      if (found === undefined || (found.trim() === "" && text !== found)) {
        return [
          {
            subject,
            message: `the policy \`${name}\` is missing, which ${id} requires`,
            help: `Add ${subject.path}${text === null ? "" : " with the text of the constraint"}.`,
          },
        ];
      }
      if (text === null || text === found) return [];
      return [
        {
          subject,
          message: `the policy \`${name}\` is not worded as ${id} requires`,
          help: `Give ${subject.path} exactly the text of the constraint: ${JSON.stringify(text)}.`,
        },
      ];
    }),
  loosened({ policies }, now) {
    const demands = ofKind(now, "require-policies");
    const lost = Object.entries(policies).find(
      ([name, text]) =>
        !demands.some((demand) => {
          const present = own(demand.policies, name);
          return text === null ? present !== undefined : present === text;
        }),
    );
    return lost === undefined
      ? null
      : { what: `it no longer requires the policy \`${lost[0]}\`${lost[1] === null ? "" : " as it was"}` };
  },
};

function own<Value>(record: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
