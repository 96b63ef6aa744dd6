import type { ReportedDisagreement } from "./report.ts";

/**
 * Why a disagreement stays: what cannot be known from the rules, or is not worth modelling. Everything that is not
 * named here is a defect of the engine, and a run that finds it should lead to a change.
 */
interface Reason {
  /** All that are given must hold. */
  when: { verdict?: string; client?: RegExp; engine?: RegExp; call?: RegExp };
  reason: string;
}

const REASONS: readonly Reason[] = [];

/** null: nobody has looked at it yet. */
export function reasonFor(
  one: Pick<ReportedDisagreement, "verdict" | "clientSaid" | "engineSaid" | "call">,
): string | null {
  const found = REASONS.find(
    ({ when }) =>
      (when.verdict ?? one.verdict) === one.verdict &&
      when.client?.test(one.clientSaid) !== false &&
      when.engine?.test(one.engineSaid) !== false &&
      when.call?.test(one.call) !== false,
  );
  return found?.reason ?? null;
}
