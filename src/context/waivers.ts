import type { RawValue } from "../model/raw-value.ts";
import type { Waiver } from "../model/waiver.ts";
import { entriesOf, entryOf, stringOf, textOf } from "./read.ts";

/**
 * The waivers that say all they must. One that does not is left out, so that what it would have waived counts; the
 * schema names what is missing.
 */
export function normaliseWaivers(
  raw: RawValue | undefined,
  isValid: (id: string) => boolean,
): Record<string, Waiver> {
  return Object.fromEntries(
    entriesOf(raw).flatMap(([id, value]): [string, Waiver][] => {
      const waiver = isValid(id) ? waiverOf(value) : undefined;
      return waiver === undefined ? [] : [[id, waiver]];
    }),
  );
}

function waiverOf(raw: RawValue): Waiver | undefined {
  const reason = textOf(entryOf(raw, "reason"));
  const owner = stringOf(entryOf(raw, "owner"));
  const expires = stringOf(entryOf(raw, "expires"));
  if (reason === undefined || owner === undefined || expires === undefined || !isDate(expires))
    return undefined;
  const only = entryOf(raw, "only");
  const path = stringOf(entryOf(only, "path"));
  const rule = stringOf(entryOf(only, "rule"));
  return {
    reason,
    owner,
    expires,
    only:
      only === undefined
        ? null
        : { ...(path === undefined ? {} : { path }), ...(rule === undefined ? {} : { rule }) },
  };
}

/** `2027-02-30` has the right shape and is no day. */
export function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}
