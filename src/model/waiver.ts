/** An accepted exception (design section 5). */
export interface Waiver {
  reason: string;
  owner: string;
  /** Last day on which it holds, `YYYY-MM-DD` (UTC). */
  expires: string;
  /** Narrows the waiver to one attribute path or one permission rule. */
  only: { path?: string; rule?: string } | null;
}
