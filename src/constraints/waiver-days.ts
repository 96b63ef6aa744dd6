export const EXPIRY_NOTICE_DAYS = 14;

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Days from one `YYYY-MM-DD` to another; negative when the second is earlier or is no day at all. */
export function daysBetween(from: string, to: string): number {
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
  return Number.isNaN(days) ? -1 : days;
}
