import { assertNever } from "../model/assert-never.ts";
import type { Severity } from "../model/finding.ts";
import type { InputChange, LockedInput } from "../model/lock.ts";
import { attributePath, type Position, positionOf } from "../model/position.ts";
import type { PresentSnapshot, Snapshot } from "../model/snapshot.ts";
import { constraintPositionIn, type Located } from "./collect.ts";
import { lockPosition } from "./lock-position.ts";

export interface SourceComparison {
  before: Snapshot;
  after: Snapshot;
  inputChanges: readonly InputChange[];
  flakeDirectory: string;
}

/** Whose doing a weaker constraint is: the organisation's own word warns, everything else is an error. */
export interface Responsibility {
  severity: Severity;
  /** Continues "because". */
  because: string;
  position?: Position;
}

/** @param isSure it is weaker; otherwise that merely cannot be ruled out. */
export function responsibilityFor(
  old: Located,
  present: Located | null,
  comparison: SourceComparison,
  isSure: boolean,
): Responsibility {
  const { before, after } = comparison;
  if (before.kind === "absent" || after.kind === "absent") {
    return { severity: "error", because: "this repository has no context any more" };
  }
  const { source } = old;
  if (source === "self") return own(old, present, before, after, comparison, isSure);
  if (source.startsWith("org:")) {
    return { severity: "warning", because: "the organisation's flake says so now" };
  }
  return ofInput(source.slice("input:".length), before, after, comparison);
}

/** The flake's own constraint: an edit, unless it was taken over from an input before and after. */
function own(
  old: Located,
  present: Located | null,
  before: PresentSnapshot,
  after: PresentSnapshot,
  comparison: SourceComparison,
  isSure: boolean,
): Responsibility {
  const from = constraintPositionIn(before, old)?.input;
  const to = present === null ? undefined : constraintPositionIn(after, present)?.input;
  if (from !== undefined && from === to) return ofInput(from, before, after, comparison);
  const position = positionOf(after.positions, attributePath("constraints", old.id));
  return {
    ...(isSure
      ? { severity: "error", because: "this repository edited it" }
      : { severity: "warning", because: "this repository edited what it may depend on" }),
    ...(position && { position }),
  };
}

function ofInput(
  name: string,
  before: PresentSnapshot,
  after: PresentSnapshot,
  { inputChanges, flakeDirectory }: SourceComparison,
): Responsibility {
  const from = member(before.inputs, name);
  const to = member(after.inputs, name);
  if (to === undefined) {
    const position = positionOf(after.positions, "");
    return {
      severity: "error",
      because: `this repository dropped the input ${name}`,
      ...(position && { position }),
    };
  }
  const position = lockPosition(to, flakeDirectory);
  const by = (severity: Severity, because: string): Responsibility => ({
    severity,
    because,
    ...(position && { position }),
  });
  const movement = movementOf(name, from, to, inputChanges);
  switch (movement) {
    case "redirected":
      return by(
        "error",
        `this repository points the input ${name} at ${to.reference} instead of ${from?.reference ?? "what it was"}`,
      );
    case "overridden":
      return by("error", `this repository overrides an input of ${name}`);
    case "back":
      return by("error", `this repository moved the input ${name} back to an older revision`);
    case "same":
      return by("error", `it came out differently although the input ${name} is the same`);
    case "forward":
      return by("warning", `the input ${name} moved to a revision that says so`);
    default:
      return assertNever(movement);
  }
}

type Movement = "redirected" | "overridden" | "back" | "same" | "forward";

function movementOf(
  name: string,
  from: LockedInput | undefined,
  to: LockedInput,
  changes: readonly InputChange[],
): Movement {
  const isRedirected = changes.some(({ path, kind }) => path === name && kind !== "moved");
  if (from === undefined || isRedirected || from.reference !== to.reference) return "redirected";
  const below = `${name}/`;
  if (from.revision === to.revision || to.revision === null)
    return from.nodeId === to.nodeId ? "same" : "overridden";
  if (changes.some((change) => change.path.startsWith(below) && isOverride(change, name)))
    return "overridden";
  const wentBack =
    from.lastModified !== null && (to.lastModified === null || to.lastModified < from.lastModified);
  return wentBack ? "back" : "forward";
}

function member<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** What an input itself lets follow stays within it; only the flake that has the input can lead out of it. */
function isOverride({ kind, to }: InputChange, name: string): boolean {
  return kind === "redirected" && to?.startsWith(`follows ${name}/`) !== true;
}
