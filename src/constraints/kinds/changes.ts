import { type Change, DIRECTIONS, type Direction, inputCauses, SURFACES } from "../../model/change.ts";
import { nearest } from "../../model/nearest.ts";
import { attributePath } from "../../model/position.ts";
import { isKnownInput, isMeant, isWithin } from "../changed-inputs.ts";
import { type DemandFact, type DemandInput, type DemandKind, type DemandOf, ofKind } from "./kind.ts";

const STRICTNESS = { allow: 0, approve: 1, forbid: 2 } as const;

const DIRECTION_WORDS: Record<Direction, string> = {
  widens: "widens",
  undecided: "cannot be shown not to widen",
  incomparable: "widens in part",
  narrows: "narrows",
  neutral: "neither widens nor narrows",
};

const FROM_INPUTS = "fromInputs";
const WORDS: readonly string[] = [...DIRECTIONS, ...SURFACES, FROM_INPUTS];

/**
 * `changes.<direction, surface or input>`: what a change itself may do. `allow` takes nothing back that another demand
 * says. An input that is called like a direction or a surface is not meant by that name.
 */
export const changes: DemandKind<"changes"> = {
  kind: "changes",
  describe({ on, decision }) {
    const which = isInput(on)
      ? `A change that comes from ${on === FROM_INPUTS ? "an input" : `the input \`${on}\``}`
      : `A change that is \`${on}\``;
    if (decision === "allow") return `${which} needs nothing.`;
    return decision === "approve" ? `${which} needs an approval.` : `${which} is not accepted.`;
  },
  check(demand, input) {
    if (demand.decision === "allow") return [];
    const facts = input.changes.flatMap((change) => {
      const how = howItIsMeant(change, demand.on, input);
      return how === null ? [] : [factOf(change, how, demand, input)];
    });
    return [...facts, ...remarksOn(demand.on, input)];
  },
  loosened({ on, decision }, now) {
    const kept = ofKind(now, "changes").some(
      (demand) => covers(demand.on, on) && STRICTNESS[demand.decision] >= STRICTNESS[decision],
    );
    return kept || decision === "allow"
      ? null
      : { what: `changes of \`${on}\` no longer need to be as they did (\`${decision}\`)` };
  },
};

/** All that is neither a direction nor a surface names one input, or any. */
function isInput(on: string): boolean {
  return on === FROM_INPUTS || !WORDS.includes(on);
}

/** Does every change that `before` names have `now` as a name as well? */
function covers(now: string, before: string): boolean {
  if (now === before) return true;
  return isInput(now) && isInput(before) && (now === FROM_INPUTS || isWithin(before, now));
}

/** What follows "a change that"; null when the demand is about other changes. */
function howItIsMeant(change: Change, on: string, input: DemandInput): string | null {
  if (!isInput(on)) {
    return isOfKind(change, on) ? `${DIRECTION_WORDS[change.direction]} \`${change.surface}\`` : null;
  }
  const behind = inputCauses(change.causes)
    .map(({ name }) => name)
    .filter((name) => on === FROM_INPUTS || isMeant(on, name, input));
  if (behind.length === 0) return null;
  return `comes from the input${behind.length === 1 ? "" : "s"} ${behind.map((name) => `\`${name}\``).join(", ")}`;
}

/** A change that widens in part, or may, widens; the same with narrowing. */
function isOfKind({ surface, direction }: Change, on: string): boolean {
  if (surface === on || direction === on) return true;
  const partly: readonly Direction[] = ["incomparable", "undecided"];
  return (on === "widens" || on === "narrows") && partly.includes(direction);
}

function factOf(
  change: Change,
  how: string,
  { on, decision }: DemandOf<"changes">,
  { constraint: { id } }: DemandInput,
): DemandFact {
  const verdict = decision === "approve" ? `needs an approval under ${id}` : `is forbidden by ${id}`;
  return {
    subject: { path: change.path },
    // With the demand: base and head may differ in it, and the stricter of two must not be taken for the other.
    key: `${on} ${decision} ${change.fingerprint}`,
    change: change.id,
    message: `${change.summary}: a change that ${how} ${verdict} (\`changes.${on}\`)`,
    help: decision === "approve" ? "Have the change approved, or take it back." : "Take the change back.",
    ...(change.witness === undefined ? {} : { witness: change.witness }),
    ...(decision === "forbid" ? { approvable: false as const } : {}),
  };
}

/**
 * A name that does not do what it seems to. That an organisation names an input which this flake does not have is
 * nothing to remark: it cannot know.
 */
function remarksOn(on: string, input: DemandInput): DemandFact[] {
  const { id, source } = input.constraint;
  const remark = (severity: "warning" | "note", message: string, help: string): DemandFact[] => [
    {
      subject: { path: attributePath(attributePath(attributePath("constraints", id), "changes"), on) },
      severity,
      message,
      help,
    },
  ];
  const isKnown = isKnownInput(on, input);
  if (WORDS.includes(on)) {
    if (!isKnown) return [];
    return remark(
      "note",
      `\`changes.${on}\` of ${id} does not mean the input \`${on}\`: the word has a meaning of its own`,
      "Use `changes.fromInputs`, or give the input another name.",
    );
  }
  if (isKnown) return [];
  const message = `\`changes.${on}\` of ${id} asks nothing here: there is no input \`${on}\``;
  const meant = nearest(on, WORDS);
  if (meant !== null)
    return remark(
      "warning",
      `${message}; \`${meant}\` is a word that it may mean`,
      `Write \`${meant}\` if that is meant.`,
    );
  return source === "self"
    ? remark("note", message, "Name an input by its path in flake.lock: `company`, `company/nixpkgs`.")
    : [];
}
