import { compareText } from "../model/order.ts";
import { type InputAt, inputsAt } from "./inputs-at.ts";
import type { LockFile } from "./parse.ts";

/** An input that is taken from elsewhere than before; null: from a node of its own. */
export interface FollowsChange {
  path: string;
  /** Path of the input that it followed, `""` for the flake itself. */
  from: string | null;
  to: string | null;
  after: InputAt;
}

/** Inputs that are there on both sides and follow another than before, by path. */
export function compareFollows(before: LockFile, after: LockFile): FollowsChange[] {
  const old = inputsAt(before);
  const changes: FollowsChange[] = [];
  for (const [path, now] of inputsAt(after)) {
    const then = old.get(path);
    if (then === undefined) continue;
    const [from, to] = [targetPath(then), targetPath(now)];
    if (from !== to) changes.push({ path, from, to, after: now });
  }
  return changes.sort((a, b) => compareText(a.path, b.path));
}

function targetPath({ edge }: InputAt): string | null {
  return typeof edge === "string" ? null : edge.join("/");
}
