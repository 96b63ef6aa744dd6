import { inputAttribute, type PlacedInput } from "../../model/lock.ts";
import { judgedInputs } from "../judged-inputs.ts";
import { type DemandFact, type DemandKind, ofKind } from "./kind.ts";

const DAY_SECONDS = 24 * 60 * 60;

/** `maxAgeDays`: no input's locked revision is older, nested ones included. What lies in this very tree has no age. */
export const maxAge: DemandKind<"max-age"> = {
  kind: "max-age",
  describe: ({ days }) =>
    `No input, nor an input of one, is locked to a revision older than ${inDays(days)}.`,
  check: ({ days }, { after, nowSeconds, constraint: { id } }) =>
    judgedInputs(after).flatMap((input): DemandFact[] => {
      const problem = input.lies === "in-this-tree" ? null : ageProblem(input, days, nowSeconds);
      if (problem === null) return [];
      return [
        {
          subject: { path: inputAttribute(input.path) },
          message: `${problem}; ${id} permits ${inDays(days)}`,
          help: updateHelp(input),
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

function ageProblem({ path, lastModified }: PlacedInput, days: number, nowSeconds: number): string | null {
  if (lastModified === null) return `the age of the input \`${path}\` cannot be told from flake.lock`;
  const age = (nowSeconds - lastModified) / DAY_SECONDS;
  // Clocks differ a little; a whole day is no clock.
  if (age < -1) return `the input \`${path}\` is locked to a revision from the future`;
  return age > days ? `the input \`${path}\` is ${inDays(Math.floor(age))} old` : null;
}

function updateHelp({ path }: PlacedInput): string {
  const [first, ...below] = path.split("/");
  return below.length === 0
    ? `Update it: \`nix flake update ${path}\`.`
    : `Update it: \`nix flake update ${path}\`, or \`${first}\` to a revision that did.`;
}

function inDays(days: number): string {
  return `${days} day${days === 1 ? "" : "s"}`;
}
