import { withoutListIndex } from "../../diff/index.ts";
import type { Change } from "../../model/change.ts";
import { canonicalJson } from "../../model/json.ts";
import type { ChangeFacts } from "./result.ts";

/** Two changes are the same when they say the same and mean the same. */
export function isSameChange(a: Change, b: Change): boolean {
  return a.fingerprint === b.fingerprint && a.direction === b.direction;
}

export function has(changes: readonly Change[], wanted: Change): boolean {
  return changes.some((change) => isSameChange(change, wanted));
}

/**
 * What stands at the place of a change before it is what it becomes: the same text with another meaning, or another
 * value. An element of a list is at the same place when it came from the same value.
 */
export function earlierForm(changes: readonly Change[], wanted: Change): Change | null {
  if (has(changes, wanted)) return null;
  return (
    changes.find(({ fingerprint }) => fingerprint === wanted.fingerprint) ??
    changes.find((change) => isSamePlace(change, wanted)) ??
    null
  );
}

function isSamePlace(a: Change, b: Change): boolean {
  const place = withoutListIndex(b.path);
  if (a.surface !== b.surface || withoutListIndex(a.path) !== place) return false;
  if (place === b.path) return true;
  return b.before !== null && canonicalJson(a.before) === canonicalJson(b.before);
}

export function factsOf(change: Change): ChangeFacts {
  const { id: _id, causes: _causes, position: _position, textDiff: _textDiff, ...facts } = change;
  return facts;
}
