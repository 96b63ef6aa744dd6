import type { ConstraintSource } from "../model/constraint.ts";
import type { Call, PermissionMode, RuleList } from "../model/permission.ts";
import { attributePath, type Position, positionOf } from "../model/position.ts";
import type { ClientVersion } from "../model/semantics.ts";
import type { PresentSnapshot } from "../model/snapshot.ts";
import {
  compilePermissions,
  type DecisionResult,
  matchesRule,
  permissionSetOf,
} from "../permissions/index.ts";
import type { Inspected } from "./inspect.ts";
import { noContext } from "./no-context.ts";
import { type Trace, traceAll } from "./provenance/trace.ts";

/** What happens to one call under one context, and everything that bears on it. */
export interface CallExplanation {
  call: Call;
  client: ClientVersion;
  mode: PermissionMode | null;
  result: DecisionResult;
  /** The rule that settled it, where it is set. */
  rule: { list: RuleList; text: string; path: string; position: Position | null } | null;
  constraints: BearingConstraint[];
}

export interface BearingConstraint {
  id: string;
  source: ConstraintSource;
  /** `forbids` the approval, or `requires` that the call is denied or asked for. */
  verb: "forbids" | "requires";
  rule: string;
  position: Position | null;
}

/** An explanation with where the rule, and each of the constraints in their order, comes from. */
export interface TracedExplanation {
  explanation: CallExplanation;
  rule: Trace | null;
  constraints: Trace[];
}

/**
 * Is this call approved, by which rule, where is it set, and by whom.
 * @throws ContextError when there is no context.
 */
export async function explainCallWithTraces(inspected: Inspected, call: Call): Promise<TracedExplanation> {
  const { snapshot, run, directory } = inspected;
  if (snapshot.kind === "absent") throw noContext(snapshot, directory);
  const explanation = explainCall(snapshot, call, run.request.client);
  const [rule, ...constraints] = await traceAll(
    inspected,
    [explanation.rule?.position ?? null, ...explanation.constraints.map(({ position }) => position)],
    { moves: true },
  );
  return { explanation, rule: explanation.rule === null ? null : rule!, constraints };
}

export function explainCall(snapshot: PresentSnapshot, call: Call, client: ClientVersion): CallExplanation {
  const { context, positions } = snapshot;
  const result = compilePermissions(permissionSetOf(context, { client }), { client }).decide(call);
  const set = context.permissions.rules.find(
    ({ list, text }) => list === result.rule?.list && text === result.rule.text,
  );
  return {
    call,
    client,
    mode: context.permissions.defaultMode,
    result,
    rule: set === undefined ? null : { ...set, position: positionOf(positions, set.path) ?? null },
    constraints: bearingConstraints(snapshot, call, client),
  };
}

function bearingConstraints(
  snapshot: PresentSnapshot,
  call: Call,
  client: ClientVersion,
): BearingConstraint[] {
  const own = Object.entries(snapshot.context.constraints).map(([id, constraint]) => ({
    id,
    source: "self" as const,
    constraint,
    position: positionOf(snapshot.positions, attributePath("constraints", id)) ?? null,
  }));
  const foreign = snapshot.foreignConstraints.map((sourced) => ({
    ...sourced,
    position: snapshot.foreignPositions[`${sourced.source} ${sourced.id}`] ?? null,
  }));
  return [...own, ...foreign].flatMap(({ id, source, constraint, position }) =>
    constraint.demands.flatMap((demand): BearingConstraint[] => {
      if (demand.kind !== "forbid-allow" && demand.kind !== "require-deny" && demand.kind !== "require-ask")
        return [];
      const list = demand.kind === "forbid-allow" ? "allow" : demand.kind === "require-deny" ? "deny" : "ask";
      const verb = demand.kind === "forbid-allow" ? "forbids" : "requires";
      // What cannot be told bears on the call as well: a person should look at it.
      const rule = demand.rules.find((text) => matchesRule({ list, text }, call, { client }) !== false);
      return rule === undefined ? [] : [{ id, source, verb, rule, position }];
    }),
  );
}
