import type { LockedInput } from "../../model/lock.ts";
import { attributePath } from "../../model/position.ts";
import { type DemandFact, type DemandKind, ofKind } from "./kind.ts";

const DAY_SECONDS = 24 * 60 * 60;

/** `maxAgeDays`: no direct input's locked revision is older. */
export const maxAge: DemandKind<"max-age"> = {
  kind: "max-age",
  describe: ({ days }) => `No input is locked to a revision older than ${inDays(days)}.`,
  check: ({ days }, { after, nowSeconds, constraint: { id } }) =>
    Object.values(after.inputs).flatMap((input): DemandFact[] => {
      const problem = ageProblem(input, days, nowSeconds);
      if (problem === null) return [];
      return [
        {
          subject: { path: attributePath("inputs", input.name) },
          message: `${problem}; ${id} permits ${inDays(days)}`,
          help: `Update it: \`nix flake update ${input.name}\`.`,
        },
      ];
    }),
  loosened({ days }, now) {
    const present = ofKind(now, "max-age").map((demand) => demand.days);
    if (present.length === 0) return { what: "it no longer limits the age of inputs" };
    const least = Math.min(...present);
    return least <= days ? null : { what: `it permits inputs of ${inDays(least)}, ${inDays(days)} before` };
  },
};

function ageProblem({ name, lastModified }: LockedInput, days: number, nowSeconds: number): string | null {
  if (lastModified === null) return `the age of the input \`${name}\` cannot be told from flake.lock`;
  const age = (nowSeconds - lastModified) / DAY_SECONDS;
  // Clocks differ a little; a whole day is no clock.
  if (age < -1) return `the input \`${name}\` is locked to a revision from the future`;
  return age > days ? `the input \`${name}\` is ${inDays(Math.floor(age))} old` : null;
}

function inDays(days: number): string {
  return `${days} day${days === 1 ? "" : "s"}`;
}
