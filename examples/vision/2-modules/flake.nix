{
  description = "Layer 2: persona, tools and policies as modules, from the team to the person";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";
  inputs.nixclaude = {
    url = "github:nixclaude/nixclaude";
    inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { nixpkgs, nixclaude, ... }:
    {
      # The same modules go into `imports` of NixOS and home-manager, beside nixclaude.nixosModules.default and
      # nixclaude.homeModules.default.
      nixosModules.team = ./team.nix;

      inherit
        (nixclaude.lib.evalClaudeContext {
          inherit (nixpkgs) lib;
          pkgs = nixpkgs.legacyPackages.x86_64-linux;
          modules = [
            ./team.nix
            ./person.nix
          ];
        })
        claudeContext
        claudeContextOptions
        ;
    };
}
