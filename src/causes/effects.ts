import type { Cause, Change } from "../model/change.ts";
import type { InputChange } from "../model/lock.ts";

/** The inputs with the number of changes that each had a part in. */
export function countEffects(inputs: readonly InputChange[], changes: readonly Change[]): InputChange[] {
  return inputs.map((input) => ({
    ...input,
    effects: changes.filter(({ causes }) => causes.some((cause) => names(cause, input))).length,
  }));
}

function names(cause: Cause, input: InputChange): boolean {
  switch (cause.kind) {
    case "edit":
      return false;
    case "input":
      return cause.name === input.path;
    case "joint":
      return cause.of.some((part) => names(part, input));
  }
}
