import type { Change, Direction } from "../../model/change.ts";
import { type DemandFact, type DemandInput, type DemandKind, type DemandOf, ofKind } from "./kind.ts";

const STRICTNESS = { allow: 0, approve: 1, forbid: 2 } as const;

const DIRECTION_WORDS: Record<Direction, string> = {
  widens: "widens",
  undecided: "cannot be shown not to widen",
  incomparable: "widens in part",
  narrows: "narrows",
  neutral: "neither widens nor narrows",
};

/** `changes.<direction or surface>`: what a change itself may do. `allow` takes nothing back that another demand says. */
export const changes: DemandKind<"changes"> = {
  kind: "changes",
  describe({ on, decision }) {
    const which = `A change that is \`${on}\``;
    if (decision === "allow") return `${which} needs nothing.`;
    return decision === "approve" ? `${which} needs an approval.` : `${which} is not accepted.`;
  },
  check(demand, input) {
    if (demand.decision === "allow") return [];
    return input.changes
      .filter((change) => isMeant(change, demand.on))
      .map((change) => factOf(change, demand, input));
  },
  loosened({ on, decision }, now) {
    const kept = ofKind(now, "changes").some(
      (demand) => demand.on === on && STRICTNESS[demand.decision] >= STRICTNESS[decision],
    );
    return kept || decision === "allow"
      ? null
      : { what: `changes of \`${on}\` no longer need to be as they did (\`${decision}\`)` };
  },
};

/** A change that widens in part, or may, widens; the same with narrowing. */
function isMeant({ surface, direction }: Change, on: string): boolean {
  if (surface === on || direction === on) return true;
  const partly: readonly Direction[] = ["incomparable", "undecided"];
  return (on === "widens" || on === "narrows") && partly.includes(direction);
}

function factOf(
  change: Change,
  { on, decision }: DemandOf<"changes">,
  { constraint: { id } }: DemandInput,
): DemandFact {
  const verdict = decision === "approve" ? `needs an approval under ${id}` : `is forbidden by ${id}`;
  return {
    subject: { path: change.path },
    // With the demand: base and head may differ in it, and the stricter of two must not be taken for the other.
    key: `${on} ${decision} ${change.fingerprint}`,
    change: change.id,
    message: `${change.summary}: a change that ${DIRECTION_WORDS[change.direction]} \`${change.surface}\` ${verdict} (\`changes.${on}\`)`,
    help: decision === "approve" ? "Have the change approved, or take it back." : "Take the change back.",
    ...(change.witness === undefined ? {} : { witness: change.witness }),
    ...(decision === "forbid" ? { approvable: false as const } : {}),
  };
}
