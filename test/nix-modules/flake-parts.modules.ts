import { describe, expect, test } from "vitest";
import { nixVersions } from "../support/nix.ts";
import { REAL, suffices } from "./real-modules.ts";
import { ROOT, resultOf } from "./support.ts";

describe.each(nixVersions().filter(suffices))("on Nix $version, flake-parts", (nix) => {
  test("makes the two outputs of a flake", () => {
    const expression = `
let
  lib = import ${REAL.lib};
  flake-parts = (import ${REAL.flakeParts}/flake.nix).outputs { self = { }; nixpkgs-lib = { inherit lib; }; };
  flake = flake-parts.lib.mkFlake { inputs.self = { inputs = { }; outPath = ./.; }; self = { }; } {
    systems = [ ];
    imports = [ { imports = [ ${ROOT}/nix/modules/flake-parts.nix ]; } ./team.nix ];
  };
in
{
  inherit (flake) claudeContext;
  files = map (one: baseNameOf one.file) flake.claudeContextOptions.persona.definitionsWithLocations;
}`;
    expect(resultOf(nix, expression, { "team.nix": '{ claude.persona = "You review."; }' })).toEqual({
      claudeContext: { version: "2025-01", persona: "You review." },
      files: ["team.nix"],
    });
  });
});
