import { UsageError } from "../../model/errors.ts";
import { didYouMean } from "../../model/nearest.ts";
import { attributePath, positionOf } from "../../model/position.ts";
import type { PresentSnapshot } from "../../model/snapshot.ts";
import type { Inspected } from "../inspect.ts";
import { noContext } from "../no-context.ts";
import { type Trace, traceAll } from "./trace.ts";
import { type ContextValue, contextValues } from "./values.ts";

/** A value of the context with where it comes from. */
export type BlamedValue = ContextValue & Trace;

export interface ContextBlame {
  /** Attribute of the flake: `claudeContext`. */
  attribute: string;
  snapshot: PresentSnapshot;
  values: BlamedValue[];
}

/**
 * For each value of the context at or below an attribute (all, without one) where it comes from and since when.
 * @throws UsageError when nothing stands there; ContextError when there is no context.
 */
export async function blameContext(inspected: Inspected, below: string | null): Promise<ContextBlame> {
  const { snapshot, run, directory } = inspected;
  if (snapshot.kind === "absent") throw noContext(snapshot, directory);
  const attribute = run.request.attribute.reduce<string>(attributePath, "");
  const all = contextValues(snapshot.context);
  const prefix = withoutAttribute(below ?? "", attribute);
  const values = all.filter(({ path }) => standsBelow(path, prefix));
  if (values.length === 0 && prefix !== "") throw nothingThere(prefix, all);
  const positions = values.map(({ path }) => positionOf(snapshot.positions, path) ?? null);
  const traces = await traceAll(inspected, positions, { moves: false });
  return { attribute, snapshot, values: values.map((value, index) => ({ ...value, ...traces[index]! })) };
}

/** `claudeContext.permissions` is `permissions` of it. */
function withoutAttribute(path: string, attribute: string): string {
  if (path === attribute) return "";
  return path.startsWith(`${attribute}.`) ? path.slice(attribute.length + 1) : path;
}

function standsBelow(path: string, prefix: string): boolean {
  return prefix === "" || path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`);
}

function nothingThere(prefix: string, values: readonly ContextValue[]): UsageError {
  const known = values.flatMap(({ path }) => [
    path,
    path.replace(/\[\d+\]$/, ""),
    path.replace(/[.[].*$/, ""),
  ]);
  return new UsageError(
    "unknown-attribute",
    `nothing in the context stands at "${prefix}".${didYouMean(prefix, new Set(known))}`,
    { hint: "nixclaude blame without an attribute prints everything." },
  );
}
