# The permission rule that names one tool of an MCP server, or, without a tool, all of them.
#
#   mcpRule "nix-tools" "nix-search"   ->   "mcp__nix-tools__nix-search"
#   mcpRule "my tools" null            ->   "mcp__my_tools"
#
# The client writes `_` for every character of a name that is none of A-Z a-z 0-9 _ -, and a rule with the raw name
# matches nothing.
server: tool:
let
  inherit (builtins)
    concatStringsSep
    filter
    isString
    match
    split
    ;
  normalised =
    name:
    # Nix sees the bytes of other letters, the client sees letters: the number of `_` would differ.
    if match "[ -~]+" name == null then
      throw "mcpRule: `${name}` should be a name in ASCII, on one line"
    else
      concatStringsSep "_" (filter isString (split "[^A-Za-z0-9_-]" name));
in
"mcp__${normalised server}" + (if tool == null then "" else "__${normalised tool}")
