import { differingFiles, withoutNamedFiles } from "../diff/named-files.ts";
import type { Cause, Change } from "../model/change.ts";
import { canonicalJson } from "../model/json.ts";
import { compareText } from "../model/order.ts";
import type { Position } from "../model/position.ts";

/** More edits than this are not named one by one: the person is pointed at the likeliest. */
const EDITS_NAMED_MAX = 3;

/**
 * The edits of files that the value names, where nothing else of it differs; the edit at the value's position; else the
 * changed files that most likely did it. Without a changed file, what was asked for differs, and the flake itself is what
 * was read.
 */
export function editCauses(change: Change, edited: readonly string[], flakeFile: string): Cause[] {
  const behind = editsBehind(change, edited);
  if (behind.length > 0) return behind.map((file) => ({ kind: "edit", file }));
  const { position } = change;
  if (position !== undefined && position.input === undefined) {
    if (edited.length === 0 || edited.includes(position.file)) {
      return [{ kind: "edit", file: position.file, line: position.line }];
    }
  }
  if (edited.length === 0) return [{ kind: "edit", file: flakeFile }];
  return likeliest(change, edited).map((file) => ({ kind: "edit", file }));
}

/** Edited files that a command line names, where it is another one for their content alone. */
function editsBehind({ before, after }: Change, edited: readonly string[]): string[] {
  if (canonicalJson(withoutNamedFiles(before)) !== canonicalJson(withoutNamedFiles(after))) return [];
  const differing = differingFiles(before, after);
  const paths = differing.filter((name) => name.startsWith("./")).map((name) => name.slice(2));
  return edited.filter((file) => paths.some((path) => file === path || file.startsWith(`${path}/`)));
}

/** Files that carry the changed thing's name come first, then Nix code, then everything else. */
function likeliest(change: Change, edited: readonly string[]): string[] {
  const name = lastStep(change.path).toLowerCase();
  const rank = (file: string) =>
    name !== "" && file.toLowerCase().split(/[/.]/).includes(name) ? 0 : file.endsWith(".nix") ? 1 : 2;
  const ranked = [...edited].sort((a, b) => rank(a) - rank(b) || compareText(a, b));
  const best = rank(ranked[0]!);
  return ranked.filter((file) => rank(file) === best).slice(0, EDITS_NAMED_MAX);
}

/** `skills.review` → `review`; `policies."no force"` → `no force`. */
function lastStep(path: string): string {
  const step = /(?:"((?:[^"\\]|\\.)*)"|([^."[\]]+))(?:\[\d+\])*$/.exec(path);
  return step?.[1] ?? step?.[2] ?? "";
}

/** Whether the value stands in this input, or in one below it. */
export function standsIn(position: Position | undefined, path: string): boolean {
  const holder = position?.input;
  return holder !== undefined && (holder === path || holder.startsWith(`${path}/`));
}
