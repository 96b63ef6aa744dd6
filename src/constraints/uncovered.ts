import { assertNever } from "../model/assert-never.ts";
import { formatCall } from "../model/permission.ts";
import type { Search } from "../permissions/index.ts";
import type { DemandFact, DemandInput } from "./kinds/kind.ts";
import { witnessOf } from "./witness.ts";

/** A rule that the deny (or ask) rules were required to cover, and a call that they miss. */
export function uncoveredFact(
  { rule, list, verb }: { rule: string; list: "deny" | "ask"; verb: string },
  search: Search,
  input: DemandInput,
): DemandFact[] {
  const subject = { path: `permissions.${list}`, rule };
  const help = `Add \`${rule}\` to permissions.${list}.`;
  switch (search.kind) {
    case "none":
      return [];
    case "found":
      return [
        {
          subject,
          message: `\`${formatCall(search.call)}\` is not ${verb}, as ${input.constraint.id} requires for \`${rule}\``,
          help,
          witness: witnessOf(search.call, input),
        },
      ];
    case "undecided":
      return [
        {
          subject,
          message: `it cannot be shown that all of \`${rule}\` is ${verb}, as ${input.constraint.id} requires: ${search.reason}`,
          help,
        },
      ];
    default:
      return assertNever(search);
  }
}
