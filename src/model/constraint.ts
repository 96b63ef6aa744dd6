import type { Severity } from "./finding.ts";
import type { Json, JsonObject } from "./json.ts";
import type { PermissionMode } from "./permission.ts";
import type { FunctionDefinition } from "./raw-value.ts";

/** An organisation's judgement, written in Nix (design section 4), in normal form. */
export interface Constraint {
  description: string | null;
  severity: Severity;
  docs: string | null;
  waivable: boolean;
  /** All must hold. */
  demands: Demand[];
}

/** Collections whose names a constraint may require, forbid or list. */
export type NamedSurface = "mcpServers" | "tools" | "skills" | "hooks" | "env";

export type Demand =
  | { kind: "forbid-allow" | "only-allow"; rules: string[] }
  | { kind: "require-deny" | "require-ask"; rules: string[] }
  | { kind: "forbid-modes"; modes: PermissionMode[] }
  | { kind: "require-policies"; policies: Record<string, string | null> }
  | { kind: "require-persona"; texts: string[] }
  | { kind: "require-names"; surface: "skills" | "mcpServers" | "tools"; globs: string[] }
  | { kind: "forbid-names" | "only-names"; surface: NamedSurface; globs: string[] }
  | { kind: "require-pinned" }
  | { kind: "require-inputs" | "forbid-inputs" | "only-inputs"; globs: string[] }
  | { kind: "max-age"; days: number }
  | { kind: "schema"; schema: JsonObject }
  /** `on`: a direction, a surface, `fromInputs`, or the path of an input. */
  | { kind: "changes"; on: string; decision: "allow" | "approve" | "forbid" }
  /** A Nix function, which an evaluator calls; null: it is not written out where it stands. */
  | { kind: "check"; definition: FunctionDefinition | null };

/** A constraint with where it came from. The same id from two sources applies twice. */
export interface SourcedConstraint {
  id: string;
  source: ConstraintSource;
  constraint: Constraint;
  /** Which revision it was read from; a constraint that both have stands once, as `both`. */
  from: "before" | "after" | "both";
}

/** As `source` of a finding: `self`, `input:NAME`, `org:REF`. */
export type ConstraintSource = "self" | `input:${string}` | `org:${string}`;

/**
 * A demand as plain data, for equality and fingerprints: what it says. What a function says is nothing that could be
 * compared, and its text is not it.
 */
export function demandJson(demand: Demand): Json {
  return (demand.kind === "check" ? { kind: demand.kind } : demand) as unknown as Json;
}
