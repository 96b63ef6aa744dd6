import type { ChangeFact } from "../model/change.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { type Effect, kindOf, NEUTRAL, WIDENS } from "./effect.ts";
import type { Side } from "./side.ts";

/**
 * Whether there is a context at all, and where it is read from. Without one, the refusals are gone with the
 * approvals; read from plain files, nothing that arrives through flake inputs holds any more.
 */
export function diffContext(before: Side, after: Side): ChangeFact[] {
  const [old, now] = [sourceOf(before.snapshot), sourceOf(after.snapshot)];
  if (old === now) return [];
  return [
    {
      surface: "context",
      path: "claudeContext",
      kind: kindOf(old !== null, now !== null),
      ...effectOf(old, now),
      before: old,
      after: now,
      summary: summaryOf(before.snapshot, after.snapshot),
      ...(now === null && { at: { path: "claudeContext", side: "before" as const } }),
    },
  ];
}

function sourceOf(snapshot: Snapshot): "flake" | "files" | null {
  return snapshot.kind === "present" ? snapshot.from : null;
}

function effectOf(before: "flake" | "files" | null, after: "flake" | "files" | null): Effect {
  return after === null || (before === "flake" && after === "files") ? WIDENS : NEUTRAL;
}

const ABSENCES = {
  "no-base": "there is nothing to read",
  "no-flake": "there is no flake.nix",
  "no-attribute": "the flake no longer has the attribute",
  "no-files": "the client's files are gone",
} as const;

function summaryOf(before: Snapshot, after: Snapshot): string {
  if (after.kind === "absent") return `context removed: ${ABSENCES[after.reason]}`;
  if (before.kind === "absent") return "context added: nothing was declared before";
  return after.from === "files"
    ? "context now read from the client's own files instead of the flake"
    : "context now read from the flake instead of the client's own files";
}
