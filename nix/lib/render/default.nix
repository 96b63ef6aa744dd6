# A context as the files that the client reads, in pure Nix: the same texts and documents as `nixclaude render` writes.
#
#   import ./. { programs ? "names"; }   ->   { settings; mcp; memory; textUnits; problems; }
#
#   settings   CONTEXT -> the content of a settings file (.claude/settings.json, managed-settings.json), { } when empty
#   mcp        CONTEXT -> the content of .mcp.json, managed-mcp.json, { } when there is no server
#   memory     { context; title ?; } -> the text of CLAUDE.md, null when there is none
#   textUnits  { context; given ?; } -> skills, agents, commands and output styles by name: { text; } or { source; }
#   problems   { context; given ?; } -> [ { path; message; } ]: what the client would not take, and is left out
#   programs   "names": programs must be on PATH; "paths": they are named by their paths in the store
{ programs ? "names" }:
let
  settings = import ./settings.nix { inherit programs; };
  mcp = import ./mcp.nix { inherit programs; };
  textUnits = import ./text-units.nix { inherit programs; };
in
{
  settings = context: (settings context).document;
  mcp = context: (mcp context).document;
  memory = import ./memory.nix;
  textUnits = arguments: removeAttrs (textUnits arguments) [ "problems" ];
  problems = arguments:
    (settings arguments.context).problems ++ (mcp arguments.context).problems ++ (textUnits arguments).problems;
}
