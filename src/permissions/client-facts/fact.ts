import type { Call } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";

/**
 * One thing that the client does and no rule says, as a question to the client: under these permissions (none: no
 * rule at all, mode `default`) this call ends so. The matchers and these questions are made from the same tables.
 */
export interface ClientFact {
  /** `read-only/git status`: table and entry. */
  id: string;
  call: Call;
  permissions?: { allow?: readonly string[]; ask?: readonly string[]; deny?: readonly string[] };
  outcome: "runs" | "prompts" | "refused";
  /** The versions of the client that were seen to do it. */
  clients: readonly ClientVersion[];
}

export function bash(argument: string): Call {
  return { tool: "Bash", argument };
}
