import type { Change } from "../model/change.ts";

/** Said of a skill, agent or command that does more than instruct. */
export function grants({ direction, kind }: Change): string {
  if (direction !== "widens") return "";
  return kind === "added"
    ? ": it approves tools, runs commands or sets a mode by itself"
    : ": it approves, runs or may use more by itself than before";
}
