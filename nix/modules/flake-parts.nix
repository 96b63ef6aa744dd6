# flake-parts: what stands under `claude` becomes the flake's `claudeContext`.
{ config, lib, ... }:
{
  key = "nixclaude/flake-parts";
  imports = [ ./options.nix ];

  config = {
    claude.enable = lib.mkDefault true;
    flake = lib.mkIf config.claude.enable {
      claudeContext = config.claude.context;
      claudeContextOptions = config.claude.contextOptions;
    };
  };
}
