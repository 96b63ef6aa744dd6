# What the flake offers as `lib`: functions of what they are given, which use nothing else but `builtins`.
let
  context = import ./context.nix;
in
{
  # The version that a claudeContext of today names.
  contextVersion = "2025-01";

  # An MCP server out of tools.
  mkMcpServer = import ./mk-mcp-server.nix;
  mcpRule = import ./mcp-rule.nix;
  mainProgram = import ./main-program.nix;

  # A context out of modules, and what the client reads out of a context.
  inherit (context) mkClaudeContext evalClaudeContext;
  render = import ./render { };
  renderWith = import ./render;

  # Types for options of one's own: `types { lib = nixpkgs.lib; }`.
  types = import ./types.nix;

  # Hooks for git-hooks.nix (docs/hooks.md).
  gitHooks = import ../git-hooks.nix;
}
