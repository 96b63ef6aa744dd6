import { canonicalJson, type Json } from "../model/json.ts";
import type { RawValue } from "../model/raw-value.ts";

/**
 * What a flake's own `inputs` say of an input, or of an input of an input; null where they say nothing.
 * @param path `company-standards/nixpkgs`: `inputs.company-standards.inputs.nixpkgs`.
 */
export function declarationAt(inputs: RawValue | null, path: string): RawValue | null {
  let at: RawValue | null = inputs;
  for (const [index, name] of path.split("/").entries()) {
    if (index > 0) at = member(at, "inputs");
    at = member(at, name);
    if (at === null) return null;
  }
  return at;
}

/** Do the flake's own `inputs` say something else of this input than before? What they say of its inputs is left out. */
export function declarationChanged(before: RawValue | null, after: RawValue | null, path: string): boolean {
  return canonicalJson(own(declarationAt(before, path))) !== canonicalJson(own(declarationAt(after, path)));
}

/** Where values stand and what else Nix tells of them plays no part. */
function own(value: RawValue | null): Json {
  if (value?.kind !== "set") return value?.kind === "scalar" ? value.value : null;
  return Object.fromEntries(
    Object.entries(value.entries)
      .filter(([name]) => name !== "inputs")
      .map(([name, entry]) => [name, own(entry)]),
  );
}

function member(value: RawValue | null, name: string): RawValue | null {
  return value?.kind === "set" && Object.hasOwn(value.entries, name) ? value.entries[name]! : null;
}
