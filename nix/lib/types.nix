# The types of a `claudeContext` for options of one's own, by their names in the published schema.
#
#   { lib; }   ->   { rules; tool; mcpServers; skills; … }
{ lib }:
let
  inherit (import ../modules/types.nix { inherit lib; }) read;
  inherit (import ../modules/schema.nix) definitions;
in
builtins.mapAttrs (name: _: (read { "$ref" = "#/$defs/${name}"; }).type) definitions
