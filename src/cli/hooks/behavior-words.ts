import type { Direction } from "../../model/change.ts";
import { DIRECTIONS } from "../../model/change.ts";
import type { Report } from "../../model/report.ts";

const WORDS: Record<Direction, string> = {
  widens: "wider",
  undecided: "undecided",
  incomparable: "different",
  narrows: "narrower",
  neutral: "neutral",
};

/** `wider (2), narrower (1)`: how many changes go which way, worst first; null when nothing changed. */
export function behaviorWords(report: Report): string | null {
  const changes = report.flakes.flatMap((flake) => flake.changes);
  const counts = DIRECTIONS.map((direction) => ({
    word: WORDS[direction],
    count: changes.filter((change) => change.direction === direction).length,
  }));
  const known = counts.filter(({ count }) => count > 0).map(({ word, count }) => `${word} (${count})`);
  return known.length === 0 ? null : known.join(", ");
}
