# What the flake offers as `lib`: functions that use nothing but `builtins` and what they are given.
let
  types = import ./types.nix;
in
{
  # The version that a claudeContext of today names.
  contextVersion = "2025-01";

  inherit types;
  mkMcpServer = import ./mk-mcp-server.nix;
  mcpRule = import ./mcp-rule.nix;
  mainProgram = import ./main-program.nix;

  # Hooks for git-hooks.nix (docs/hooks.md).
  gitHooks = import ../git-hooks.nix;
}
