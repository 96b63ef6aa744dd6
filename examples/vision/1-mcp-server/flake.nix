{
  description = "Layer 1: tools declared in Nix are an MCP server";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";
  inputs.nixclaude = {
    url = "github:nixclaude/nixclaude";
    inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { nixpkgs, nixclaude, ... }:
    let
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      inherit (nixclaude.lib) mkMcpServer;

      nix-tools = mkMcpServer { inherit pkgs; } {
        name = "nix-tools";
        tools = [
          {
            name = "nix-search";
            description = "Searches nixpkgs for packages";
            inputSchema = {
              type = "object";
              properties.query = {
                type = "string";
                description = "A regular expression over names and descriptions";
              };
              required = [ "query" ];
            };
            command = "nix search nixpkgs";
          }
        ];
      };
    in
    {
      packages.x86_64-linux.default = nix-tools;

      claudeContext = {
        version = "2025-01";
        mcpServers = [ nix-tools ];
        autoApprove = [ nix-tools.rules.nix-search ];
      };
    };
}
