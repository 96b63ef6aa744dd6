import type { Witness } from "../model/change.ts";
import type { ClaudeContext } from "../model/context.ts";
import { type Call, type Decision, formatCall } from "../model/permission.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { compilePermissions, permissionSetOf } from "../permissions/index.ts";
import type { DemandInput } from "./kinds/kind.ts";

/** The call as a reader sees it, with what happens to it at both ends. */
export function witnessOf(call: Call, input: DemandInput): Witness {
  return {
    call: formatCall(call),
    before: decisionIn(input.before, call, input),
    after: decisionIn(input.after, call, input),
  };
}

/** Without a context, and where it cannot be told, nothing settles the call. */
function decisionIn(snapshot: Snapshot, call: Call, { client }: DemandInput): Decision {
  if (snapshot.kind === "absent") return "default";
  const { decision } = compiled(snapshot.context, client).decide(call);
  return decision === "undecided" ? "default" : decision;
}

type Compiled = ReturnType<typeof compilePermissions>;

/** Compiling thousands of rules once for each witness would be quadratic. */
const byContext = new WeakMap<ClaudeContext, { client: DemandInput["client"]; permissions: Compiled }>();

function compiled(context: ClaudeContext, client: DemandInput["client"]): Compiled {
  const known = byContext.get(context);
  if (known?.client === client) return known.permissions;
  const permissions = compilePermissions(permissionSetOf(context, { client }), { client });
  byContext.set(context, { client, permissions });
  return permissions;
}
