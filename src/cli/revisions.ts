import type { RevisionSpec } from "../check/ports.ts";
import { UsageError } from "../model/errors.ts";

/** What the command line says about the two ends. */
export interface EndsAsked {
  base?: string;
  head?: string;
  staged: boolean;
  worktree: boolean;
  includeUntracked: boolean;
}

/**
 * The two ends of the comparison (design section 7): outside CI HEAD and the work tree, in CI the last commit and
 * its first parent; `--head` alone compares with its first parent; `--base none` compares with nothing.
 */
export function endsOf(asked: EndsAsked, inCi: boolean): { base: RevisionSpec; head: RevisionSpec } {
  const head = headOf(asked, inCi);
  return { base: baseOf(asked, head), head };
}

function headOf(asked: EndsAsked, inCi: boolean): RevisionSpec {
  const named = [
    asked.head !== undefined && "--head",
    asked.staged && "--staged",
    asked.worktree && "--worktree",
  ];
  const given = named.filter((flag) => flag !== false);
  if (given.length > 1) {
    throw new UsageError("ends-contradict", `${given.join(" and ")} cannot stand together`, {
      hint: "Choose one end to check: a revision, the staged index or the work tree.",
    });
  }
  if (asked.head !== undefined) return { kind: "revision", name: asked.head };
  if (asked.staged) return { kind: "index" };
  if (asked.worktree || !inCi) return { kind: "worktree", includeUntracked: asked.includeUntracked };
  return { kind: "revision", name: "HEAD" };
}

function baseOf(asked: EndsAsked, head: RevisionSpec): RevisionSpec {
  if (asked.base === "none") return { kind: "none" };
  if (asked.base !== undefined) return { kind: "revision", name: asked.base };
  return head.kind === "revision"
    ? { kind: "first-parent", of: head.name }
    : { kind: "revision", name: "HEAD" };
}
