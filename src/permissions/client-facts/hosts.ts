import { CLIENT_VERSIONS } from "../../model/semantics.ts";
import type { ClientFact } from "./fact.ts";

/** Documentation hosts that WebFetch reaches without a rule. */
export const PREAPPROVED_HOSTS: ReadonlySet<string> = new Set(["docs.python.org", "code.claude.com"]);

export const HOST_FACTS: readonly ClientFact[] = [...PREAPPROVED_HOSTS].map((host) => ({
  id: `host/${host}`,
  call: { tool: "WebFetch", argument: `https://${host}/` },
  outcome: "runs",
  clients: CLIENT_VERSIONS,
}));
