# home-manager: what stands under `claude` becomes what the client reads in the home directory. Where home-manager has
# `programs.claude-code`, it is handed over to that, so that both can be set side by side; else the files are written.
{ config, lib, options, pkgs, ... }:
let
  inherit (lib) mapAttrs mapAttrs' mkIf nameValuePair optionalAttrs;

  cfg = config.claude;
  render = import ../lib/render { programs = "paths"; };
  given = { inherit lib pkgs; };

  program = if options ? programs.claude-code then options.programs.claude-code else { };
  isHandedOver = surface: program ? ${surface};

  servers = (render.mcp cfg.context).mcpServers or { };
  context =
    if servers != { } && isHandedOver "mcpServers" then import ./plugin-names.nix cfg.context else cfg.context;

  settings = render.settings context;
  memory = render.memory { inherit context; title = "Claude in this home directory"; };
  units = render.textUnits { inherit context given; };

  content = unit: unit.text or (if builtins.isPath unit.source then unit.source else "${unit.source}");

  # ---- handed over

  surfaces = {
    settings = mkIf (settings != { }) settings;
    mcpServers = mkIf (servers != { }) servers;
    context = mkIf (memory != null) memory;
  } // mapAttrs (_: ofKind: mkIf (ofKind != { }) (mapAttrs (_: content) ofKind)) units;

  handedOver = builtins.intersectAttrs program surfaces
    # The name of `context` in earlier versions.
    // optionalAttrs (!(isHandedOver "context") && isHandedOver "memory") { memory.text = surfaces.context; };

  # ---- written here

  file = path: unit: nameValuePair ".claude/${path}" (if unit ? text then { inherit (unit) text; } else { inherit (unit) source; });
  textFile = condition: path: text: optionalAttrs condition { ".claude/${path}".text = text; };
  skillFile = name: unit: if unit ? text then file "skills/${name}/SKILL.md" unit else file "skills/${name}" unit;

  unlessHandedOver = surface: files: optionalAttrs (!(isHandedOver surface)) files;
  files =
    unlessHandedOver "settings" (textFile (settings != { }) "settings.json" (builtins.toJSON settings))
    // optionalAttrs (!(isHandedOver "context" || isHandedOver "memory")) (textFile (memory != null) "CLAUDE.md" memory)
    // unlessHandedOver "mcpServers" (textFile (servers != { }) "mcp-servers.json" (builtins.toJSON { mcpServers = servers; }))
    // unlessHandedOver "skills" (mapAttrs' skillFile units.skills)
    // unlessHandedOver "agents" (mapAttrs' (name: file "agents/${name}.md") units.agents)
    // unlessHandedOver "commands" (mapAttrs' (name: file "commands/${name}.md") units.commands)
    // unlessHandedOver "outputStyles" (mapAttrs' (name: file "output-styles/${name}.md") units.outputStyles);
in
{
  key = "nixclaude/home";
  imports = [ ./options.nix ];

  config = mkIf cfg.enable ({
    assertions = map ({ path, message }: { assertion = false; message = "claude.${path}: ${message}"; })
      (render.problems { inherit context given; });

    warnings = lib.optional (servers != { } && !(isHandedOver "mcpServers"))
      "claude.mcpServers: this home-manager has no programs.claude-code.mcpServers, and the client's own list of a user's servers, ~/.claude.json, is written by the client itself. The servers stand in ~/.claude/mcp-servers.json; start the client with `claude --mcp-config ~/.claude/mcp-servers.json`.";

    home.file = files;
    home.packages = import ../lib/tool-packages.nix cfg.context;
  } // optionalAttrs (program != { }) {
    programs.claude-code = handedOver // optionalAttrs (isHandedOver "enable") { enable = lib.mkDefault true; };
  });
}
