import type { Snapshot } from "../model/snapshot.ts";
import type { DemandInput } from "./kinds/kind.ts";

type Circumstances = Pick<DemandInput, "before" | "after" | "inputChanges">;

/** Is there such an input, at either end? */
export function isKnownInput(
  path: string,
  { before, after }: Pick<Circumstances, "before" | "after">,
): boolean {
  return [before, after].some((snapshot) => keyAt(snapshot, path) !== undefined);
}

/**
 * Does a constraint that names `path` mean the input that is called `cause`? Itself, what it brings with it, and what
 * it is by another path; and where it could not be told what an input above did, that as well.
 */
export function isMeant(path: string, cause: string, circumstances: Circumstances): boolean {
  const { before, after, inputChanges } = circumstances;
  if (isWithin(cause, path)) return true;
  if ([before, after].some((snapshot) => isSame(snapshot, cause, path))) return true;
  const cannotTell = inputChanges.some((row) => row.path === cause && row.undecidedBecause !== undefined);
  return cannotTell && isWithin(path, cause) && inputChanges.some((row) => isWithin(row.path, path));
}

/** `company-standards/nixpkgs` lies within `company-standards`, and within itself. */
export function isWithin(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}

function isSame(snapshot: Snapshot, a: string, b: string): boolean {
  const key = keyAt(snapshot, a);
  return key !== undefined && key === keyAt(snapshot, b);
}

function keyAt(snapshot: Snapshot, path: string): string | undefined {
  if (snapshot.kind === "absent" || !Object.hasOwn(snapshot.placedInputs, path)) return undefined;
  return snapshot.placedInputs[path]!.key;
}
