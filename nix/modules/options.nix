# The options under `claude`: every key of a `claudeContext`, typed and described by the published schema, and what is
# made of them. The same module stands behind NixOS, home-manager, flake-parts and `lib.mkClaudeContext`.
{ lib, config, options, ... }:
let
  inherit (import ./schema.nix) schema;
  inherit (import ./types.nix { inherit lib; }) optionOf read;

  keys = schema.properties;
  set = lib.filterAttrs (key: _: config.claude.${key} != null) keys;
in
{
  key = "nixclaude/options";

  options.claude = builtins.mapAttrs (_: property: optionOf { inherit property; }) (removeAttrs keys [ "version" ]) // {
    enable = lib.mkOption {
      type = lib.types.bool;
      default = false;
      example = true;
      description = "Whether what stands under `claude` takes effect.";
    };

    version = optionOf { property = keys.version; required = true; } // { default = keys.version.const; };

    context = lib.mkOption {
      type = lib.types.raw;
      readOnly = true;
      description = "The `claudeContext` that the options make: only what is set. `nixclaude check --attribute nixosConfigurations.HOST.config.claude.context` judges it.";
    };

    contextOptions = lib.mkOption {
      type = lib.types.raw;
      readOnly = true;
      description = "Which file defined which value, for `nixclaude why` and `nixclaude blame`: the output that stands beside a `claudeContext`.";
    };
  };

  config.claude = {
    context =
      if config.claude.enable
      then builtins.mapAttrs (key: property: (read property).written config.claude.${key}) set
      else { inherit (config.claude) version; };

    contextOptions = import ./definitions.nix (builtins.intersectAttrs keys options.claude);
  };
}
