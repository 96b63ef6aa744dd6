{ nixpkgs }:
let
  pkgs = nixpkgs.legacyPackages.x86_64-linux;
in
{
  rg = {
    pkg = pkgs.ripgrep;
    description = "Searches file contents";
    preferOver = [ "grep" ];
    examples = [ "rg --files-with-matches TODO" ];
  };

  # With a command and a schema it is a tool that Claude can call: `nixclaude mcp` serves it.
  nix-search = {
    description = "Searches nixpkgs for packages";
    inputSchema = {
      type = "object";
      properties.query.type = "string";
      required = [ "query" ];
    };
    command = "nix search nixpkgs";
  };
}
