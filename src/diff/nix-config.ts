import type { ChangeFact } from "../model/change.ts";
import { diffKeyed } from "./keyed.ts";
import { NIX_CONFIG_EFFECTS } from "./setting-effects.ts";
import type { Side } from "./side.ts";

/** The flake's own `nixConfig`: what it asks Nix to trust and run. */
export function diffNixConfig(before: Side, after: Side): ChangeFact[] {
  return diffKeyed(
    { surface: "nix-config", root: "nixConfig", noun: "nixConfig", effects: NIX_CONFIG_EFFECTS },
    before.nixConfig,
    after.nixConfig,
  );
}
