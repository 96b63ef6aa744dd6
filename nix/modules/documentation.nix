# Every option under `claude`, for docs/options.md and for the test that holds options and schema together.
#
#   { lib; }   ->   [ { path = [ STEP ]; description; type; default?; example?; module; } ]
#
#   module   "claude": all modules have it; "nixos": the one for NixOS
{ lib }:
let
  inherit (builtins) attrNames concatMap removeAttrs;

  common = (lib.evalModules { modules = [ ./options.nix ]; }).options.claude;
  # Without what it does to the rest of NixOS.
  onlyOptions = { inherit (import ./nixos.nix { inherit lib; config = { }; pkgs = { }; }) options; };
  ofNixos = (lib.evalModules { modules = [ onlyOptions ]; }).options.claude;

  isOption = value: value._type or null == "option";

  walk = module: value:
    if isOption value
    then [ (entry module value) ] ++ walk module (removeAttrs (value.type.getSubOptions value.loc) [ "_module" ])
    else concatMap (name: walk module value.${name}) (attrNames value);

  # Among the steps, `<name>` is a name of the user's own, and `*` an element of a list.
  entry = module: option: {
    inherit module;
    inherit (option) description;
    path = option.loc;
    type = option.type.description;
  } // (if option.default or null == null then { } else { inherit (option) default; })
    // (if option ? example then { inherit (option) example; } else { });
in
walk "claude" common ++ walk "nixos" ofNixos
