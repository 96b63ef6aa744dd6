import { HARMLESS_VARIABLES } from "./client-facts/variables.ts";

/** `LC_*` were not measured; what the model cannot know it must not call harmless, nor harmful. */
const UNMEASURED = /^LC_/;
const ORDINARY_LOCALE = /^(?:C|POSIX|[a-z]{2,3}(?:_[A-Z]{2})?)(?:\.[A-Za-z0-9-]+)?$/;

export function isHarmlessAssignment(name: string, value: string, literal: boolean): boolean | "undecided" {
  if (!literal) return false;
  if (UNMEASURED.test(name)) return "undecided";
  if (!HARMLESS_VARIABLES.has(name)) return false;
  if (name === "LANG" || name === "LANGUAGE") return ORDINARY_LOCALE.test(value) ? true : "undecided";
  // Measured with plain words only; anything that a shell or program might read further is left open.
  return /^[\w.,:=+/@%-]*$/.test(value) ? true : "undecided";
}
