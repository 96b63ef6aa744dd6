import type { Decision } from "./permission.ts";

/** What happens to a call, in words, to be set after it. */
export const HAPPENS_NOW: Readonly<Record<Decision, string>> = {
  allow: "runs without asking",
  ask: "asks first",
  deny: "is refused",
  default: "is approved by no rule",
};

export const HAPPENED_BEFORE: Readonly<Record<Decision, string>> = {
  allow: "ran without asking",
  ask: "asked first",
  deny: "was refused",
  default: "was approved by no rule",
};
