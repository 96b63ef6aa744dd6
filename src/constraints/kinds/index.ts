import type { Demand } from "../../model/constraint.ts";
import { changes } from "./changes.ts";
import { check } from "./check.ts";
import { forbidAllow } from "./forbid-allow.ts";
import { forbidInputs } from "./forbid-inputs.ts";
import { forbidModes } from "./forbid-modes.ts";
import { forbidNames } from "./forbid-names.ts";
import type { DemandKind } from "./kind.ts";
import { maxAge } from "./max-age.ts";
import { onlyAllow } from "./only-allow.ts";
import { onlyInputs } from "./only-inputs.ts";
import { onlyNames } from "./only-names.ts";
import { requireAsk } from "./require-ask.ts";
import { requireDeny } from "./require-deny.ts";
import { requireInputs } from "./require-inputs.ts";
import { requireNames } from "./require-names.ts";
import { requirePersona } from "./require-persona.ts";
import { requirePinned } from "./require-pinned.ts";
import { requirePolicies } from "./require-policies.ts";
import { schema } from "./schema.ts";

/** Every kind of demand; a kind that the model knows and this list does not is a type error. */
export const DEMAND_KINDS: { [Kind in Demand["kind"]]: DemandKind<Kind> } = {
  "forbid-allow": forbidAllow,
  "only-allow": onlyAllow,
  "require-deny": requireDeny,
  "require-ask": requireAsk,
  "forbid-modes": forbidModes,
  "require-policies": requirePolicies,
  "require-persona": requirePersona,
  "require-names": requireNames,
  "forbid-names": forbidNames,
  "only-names": onlyNames,
  "require-pinned": requirePinned,
  "require-inputs": requireInputs,
  "forbid-inputs": forbidInputs,
  "only-inputs": onlyInputs,
  "max-age": maxAge,
  schema,
  changes,
  check,
};

export function kindOf(demand: Demand): DemandKind<Demand["kind"]> {
  // The registry pairs each kind with its own shape, which the compiler cannot follow through an index.
  return DEMAND_KINDS[demand.kind] as DemandKind<Demand["kind"]>;
}
