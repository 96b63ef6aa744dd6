import type { ChangeFact } from "../model/change.ts";
import { findNewlyApproved, permissionSetOf } from "../permissions/index.ts";
import { type Effect, INCOMPARABLE, NARROWS, WIDENS } from "./effect.ts";
import { diffKeyed } from "./keyed.ts";
import { compareSets, proof } from "./rule-effects.ts";
import { sandboxEffects } from "./setting-effects.ts";
import type { Side, SurfaceOptions } from "./side.ts";

/** The two keys that decide together whether sandboxed commands run unasked. */
const APPROVAL_PATHS = new Set(["sandbox.enabled", "sandbox.autoAllowBashIfSandboxed"]);

export function diffSandbox(before: Side, after: Side, options: SurfaceOptions): ChangeFact[] {
  const facts = diffKeyed(
    {
      surface: "sandbox",
      root: "sandbox",
      noun: "sandbox setting",
      effects: sandboxEffects(options.client),
    },
    before.context.sandbox,
    after.context.sandbox,
  );
  return facts.map((fact) =>
    APPROVAL_PATHS.has(fact.path) ? { ...fact, ...approvalEffect(fact, before, after, options) } : fact,
  );
}

/**
 * A sandbox confines, so switching it on narrows; with auto-approval, it is also what approves every command. Off
 * again, it stops approving and stops confining: then neither is the wider.
 */
function approvalEffect(
  fact: ChangeFact,
  before: Side,
  after: Side,
  options: SurfaceOptions,
): Partial<Effect> & Pick<ChangeFact, "witness"> {
  const now = permissionSetOf(after.context, { client: options.client });
  const { sandboxApprovesBash: approved } = permissionSetOf(before.context, { client: options.client });
  if (now.sandboxApprovesBash && !approved) {
    const sets = compareSets({ ...now, sandboxApprovesBash: false }, now, {
      client: options.client,
      steps: options.limits.inclusionSteps,
    });
    const found = findNewlyApproved(sets.before, sets.after, sets.search);
    if (found.kind !== "found") return WIDENS;
    const { witness } = proof(found.call, sets);
    return { ...WIDENS, ...(witness && { witness }) };
  }
  if (approved && !now.sandboxApprovesBash) {
    return fact.path === "sandbox.enabled" ? INCOMPARABLE : NARROWS;
  }
  return {};
}
