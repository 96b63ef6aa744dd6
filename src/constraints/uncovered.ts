import { formatCall } from "../model/permission.ts";
import type { FaultyPart } from "./bisect.ts";
import type { DemandFact, DemandInput } from "./kinds/kind.ts";
import { inWords } from "./rule-lists.ts";
import { witnessOf } from "./witness.ts";

/** Rules that the deny (or ask) rules were required to cover, and a call that they miss. */
export function uncoveredFact(
  { items, search }: FaultyPart<string>,
  { list, verb }: { list: "deny" | "ask"; verb: string },
  input: DemandInput,
): DemandFact {
  const { id } = input.constraint;
  const rules = inWords(items);
  const subject = { path: `permissions.${list}`, ...(items.length === 1 ? { rule: items[0]! } : {}) };
  const help = `Add ${rules} to permissions.${list}.`;
  if (search.kind === "undecided") {
    const message = `it cannot be shown that all of ${rules} is ${verb}, as ${id} requires: ${search.reason}`;
    return { subject, key: "undecided", message, help };
  }
  return {
    subject,
    message: `\`${formatCall(search.call)}\` is not ${verb}, as ${id} requires for ${rules}`,
    help,
    witness: witnessOf(search.call, input),
  };
}
