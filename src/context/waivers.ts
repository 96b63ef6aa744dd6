import { attributePath, parentPath } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import type { Waiver } from "../model/waiver.ts";
import type { Notes, ProblemWithoutPlace } from "./notes.ts";
import { entriesOf, entryOf, stringOf, textOf } from "./read.ts";

/**
 * The waivers that say all they must. One with any mistake is left out whole, so that what it would have waived
 * counts: without a misspelled `only` it would be wider than what was meant.
 */
export function normaliseWaivers(
  raw: RawValue | undefined,
  misfits: readonly ProblemWithoutPlace[],
  notes: Notes,
): Record<string, Waiver> {
  const wrong = new Set(misfits.flatMap(({ path }) => withAncestors(path)));
  return Object.fromEntries(
    entriesOf(raw).flatMap(([id, value]): [string, Waiver][] => {
      const path = attributePath("waivers", id);
      const waiver = wrong.has(path) ? undefined : waiverOf(value);
      if (waiver === undefined) return [];
      if (isDate(waiver.expires)) return [[id, waiver]];
      const expires = attributePath(path, "expires");
      notes.problem(expires, `a day that no calendar has (${waiver.expires})`, 'a date such as "2027-01-31"');
      return [];
    }),
  );
}

function withAncestors(path: string): string[] {
  const parent = parentPath(path);
  return parent === null ? [path] : [path, ...withAncestors(parent)];
}

function waiverOf(raw: RawValue): Waiver | undefined {
  const reason = textOf(entryOf(raw, "reason"));
  const owner = stringOf(entryOf(raw, "owner"));
  const expires = stringOf(entryOf(raw, "expires"));
  const only = entryOf(raw, "only");
  if (reason === undefined || owner === undefined || expires === undefined) return undefined;
  if (only !== undefined && only.kind !== "set") return undefined;
  const path = stringOf(entryOf(only, "path"));
  const rule = stringOf(entryOf(only, "rule"));
  const narrowed = { ...(path === undefined ? {} : { path }), ...(rule === undefined ? {} : { rule }) };
  // A part that did not evaluate is no mistake of the schema, and must not make the waiver wider.
  if (only !== undefined && Object.keys(narrowed).length !== Object.keys(only.entries).length)
    return undefined;
  return { reason, owner, expires, only: only === undefined ? null : narrowed };
}

/** `2027-02-30` has the right shape and is no day. */
function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}
