# Calls the Nix functions of constraints with the report's own data. Stands in for driver.nix, and takes what that takes.
#
#   checks.json (src/nix/checks.ts writes it):
#     calls    { LABEL = { from = { flake = NAME; } | { node = ID; } | { flake = NAME; input = NAME; }; id; data; text; }; }
#              `text` is null, or the name of a file beside this one that is called instead: code with nothing around it
#     data     { NAME = { before; after; changes; }; }: what functions are called with
#     limits   of what a function may return
#   What comes out has the shape of what driver.nix prints, a call in place of each flake, so that values which do not
#   evaluate are found in the same way.
arguments:
let
  inherit (builtins) fromJSON mapAttrs nixVersion readFile storeDir;

  driver = import ./driver.nix arguments;
  checks = fromJSON (readFile ./checks.json);

  functionOf = { from, id, text, ... }:
    if text == null then (driver.contextOf from).constraints.${id}.check
    else import (./. + "/${text}");

  call = label: of:
    driver.extract (checks.limits // { inherit label; positions = false; }) (functionOf of checks.data.${of.data});
in
{
  inherit (driver) roots;
  evaluation = {
    inherit (driver) roots;
    inherit nixVersion storeDir;
    flakes = mapAttrs (label: of: { context = { present = true; node = call label of; }; }) checks.calls;
    nodes = { };
  };
}
