import type { ClaudeContext } from "../../model/context.ts";
import type { RuleList } from "../../model/permission.ts";
import { type ClientVersion, DEFAULT_CLIENT } from "../../model/semantics.ts";
import type { PermissionSet } from "../types.ts";

/** What of a context decides about calls. The client matters: the sandbox's default changed with 2.1.325. */
export function permissionSetOf(
  context: Pick<ClaudeContext, "permissions" | "sandbox">,
  options: { client: ClientVersion } = { client: DEFAULT_CLIENT },
): PermissionSet {
  const { permissions, sandbox } = context;
  const texts = (list: RuleList): string[] =>
    permissions.rules.filter((rule) => rule.list === list).map((rule) => rule.text);
  const approves = sandbox.autoAllowBashIfSandboxed ?? options.client === "2.1.197";
  return {
    allow: texts("allow"),
    ask: texts("ask"),
    deny: texts("deny"),
    mode: permissions.defaultMode,
    additionalDirectories: permissions.additionalDirectories,
    bypassDisabled: permissions.bypassDisabled,
    sandboxEnabled: sandbox.enabled === true,
    sandboxApprovesBash: sandbox.enabled === true && approves === true,
    other: permissions.other,
  };
}
