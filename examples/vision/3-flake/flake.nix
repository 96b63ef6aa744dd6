{
  description = "Layer 3: the flake is the specification";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";

  outputs =
    { nixpkgs, ... }:
    {
      claudeContext = {
        version = "2025-01";

        system = {
          type = "NixOS";
          version = "24.11";
          desktop = "GNOME";
          shell = "zsh";
        };

        persona = ''
          You help on a NixOS machine. You prefer declarative changes, and you say what you did not check.
        '';

        tools = import ./tools.nix { inherit nixpkgs; };

        policies.commits = "Never use --no-verify without asking";

        constraints = {
          nothing-leaves = {
            description = "Claude fetches and sends nothing without a person.";
            forbid.allow = [
              "WebFetch"
              "Bash(curl *)"
            ];
          };
          pinned-servers = {
            description = "The code of an MCP server changes only in a reviewed change.";
            require.pinned = true;
          };
        };

        skills = [ ./skills/review.nix ];

        autoApprove = [
          "Bash(git *)"
          "mcp__plugin_nixclaude_flake__nix-search"
        ];
      };
    };
}
