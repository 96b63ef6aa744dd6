import type { PlacedInput } from "../model/lock.ts";
import type { PresentSnapshot } from "../model/snapshot.ts";

/**
 * What constraints over inputs are held against: every source that `flake.lock` brings in, wherever in the graph. Each
 * stands under the path where it is met first, direct inputs under every name that they have. What lies in the tree of
 * another input comes with that.
 */
export function judgedInputs({ placedInputs }: PresentSnapshot): PlacedInput[] {
  const seen = new Set<string>();
  return Object.values(placedInputs).filter(({ path, key, lies }) => {
    const isKnown = seen.has(key);
    seen.add(key);
    return lies !== "in-another-input" && (isDirect(path) || !isKnown);
  });
}

function isDirect(path: string): boolean {
  return !path.includes("/");
}

/** What to do about an input that is not to be there. */
export function waysOut({ path }: PlacedInput, permitted = ""): string {
  if (isDirect(path)) return `Take the input out, or point it ${permitted === "" ? "elsewhere" : permitted}.`;
  const inputs = path.split("/").join(".inputs.");
  return `Point it ${permitted === "" ? "elsewhere" : permitted}: \`inputs.${inputs}.url\`, or \`.follows\`, in flake.nix.`;
}
