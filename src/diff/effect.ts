import { type Change, DIRECTIONS, type Direction } from "../model/change.ts";

/** Which way a difference acts, and why that could not be told. */
export type Effect =
  | { direction: Exclude<Direction, "undecided"> }
  | { direction: "undecided"; undecidedBecause: string };

export const WIDENS: Effect = { direction: "widens" };
export const NARROWS: Effect = { direction: "narrows" };
export const NEUTRAL: Effect = { direction: "neutral" };
export const INCOMPARABLE: Effect = { direction: "incomparable" };

export function undecided(because: string): Effect {
  return { direction: "undecided", undecidedBecause: because };
}

/** The effect of several differences together: the gravest of them, in the order of `DIRECTIONS`. */
export function gravest(effects: readonly Effect[]): Effect {
  return effects.reduce(
    (worst, effect) =>
      DIRECTIONS.indexOf(effect.direction) < DIRECTIONS.indexOf(worst.direction) ? effect : worst,
    NEUTRAL,
  );
}

/** The effect of the same difference in the other direction of time. */
export function reversed(effect: Effect): Effect {
  if (effect.direction === "widens") return NARROWS;
  if (effect.direction === "narrows") return WIDENS;
  return effect;
}

/** Nothing → something, something → nothing, or one thing → another. */
export function kindOf(hadValue: boolean, hasValue: boolean): Change["kind"] {
  return !hadValue ? "added" : hasValue ? "changed" : "removed";
}
