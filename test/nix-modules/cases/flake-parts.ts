import { describe, expect, test } from "vitest";
import type { Modules } from "../module-world.ts";
import { ROOT } from "../support.ts";

export function describeFlakeParts({ value }: Modules): void {
  describe("flake-parts", () => {
    test("gives the flake its two outputs", () => {
      const made =
        value(`let config = evaluated [ { options.flake = each; } ${ROOT}/nix/modules/flake-parts.nix ./team.nix ]; in
        [ config.flake.claudeContext.model (builtins.attrNames config.flake) (map (one: baseNameOf one.file) config.flake.claudeContextOptions.model.definitionsWithLocations) ]`);
      expect(made).toEqual(["sonnet", ["claudeContext", "claudeContextOptions"], ["team.nix"]]);
    });
  });
}
