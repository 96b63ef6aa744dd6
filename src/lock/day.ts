/** What a `Date` can hold, in seconds. */
const LAST_SECOND = 8.64e12;

/** `lastModified` as a day in UTC: `2026-01-31`; null where there is none. */
export function dayOf(lastModified: string | number | boolean | null | undefined): string | null {
  if (typeof lastModified !== "number" || Math.abs(lastModified) > LAST_SECOND) return null;
  return new Date(lastModified * 1000).toISOString().replace(/T.*$/, "");
}
