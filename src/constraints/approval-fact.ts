import { formatCall } from "../model/permission.ts";
import type { Approval } from "./approving-rules.ts";
import type { DemandFact, DemandInput } from "./kinds/kind.ts";
import { witnessOf } from "./witness.ts";

/** How a kind of demand speaks of an approval that it objects to. */
interface Words {
  /** What could not be shown of the rule: "allows nothing that ID forbids". */
  unshown: string;
  /** What is wrong with the call: "which ID forbids". */
  objection: string;
  help: string;
}

/** An approval that a demand objects to, or may have to: the rule that gives it, with a call where one was found. */
export function approvalFact(
  { search, rule, path }: Approval,
  input: DemandInput,
  { unshown, objection, help }: Words,
): DemandFact {
  const subject = { path, ...(rule === null ? {} : { rule }) };
  const who = `\`${rule ?? path}\``;
  if (search.kind === "undecided") {
    return {
      subject,
      key: "undecided",
      message: `it cannot be shown that ${who} ${unshown}: ${search.reason}`,
      help: "Write the rule in a simpler form, or raise the limit of the search.",
    };
  }
  return {
    subject,
    message: `${who} allows \`${formatCall(search.call)}\`, ${objection}`,
    help,
    witness: witnessOf(search.call, input),
  };
}
