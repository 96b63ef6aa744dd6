# NixOS: what stands under `claude` becomes managed settings of the machine, which stand above those of every user and
# project: a rule that denies here is lifted by nobody, and a value that is set here is the one that counts.
{ config, lib, pkgs, ... }:
let
  cfg = config.claude;
  context = cfg.context;
  render = import ../lib/render { programs = "paths"; };

  settings = render.settings context;
  servers = render.mcp context;
  memory = render.memory { inherit context; title = "Claude on this machine"; };

  # Only where the client looks for them in a home directory or a project.
  ofUsers = lib.filter (key: context.${key} or { } != { }) [ "skills" "agents" "commands" "outputStyles" ];

  etc = name: text: { "claude-code/${name}" = { inherit text; }; };
in
{
  key = "nixclaude/nixos";
  imports = [ ./options.nix ];

  options.claude.managed.exclusiveMcpServers = lib.mkOption {
    type = lib.types.bool;
    default = false;
    example = true;
    description = "Whether the servers of `mcpServers` are the only ones of this machine. They are written to `managed-mcp.json`, beside which the client starts no server of a user or project.";
  };

  config = lib.mkIf cfg.enable {
    assertions =
      map ({ path, message }: { assertion = false; message = "claude.${path}: ${message}"; })
        (render.problems { inherit context; given = { inherit lib pkgs; }; })
      ++ map
        (key: {
          assertion = false;
          message = "claude.${key}: the client reads them from home directories and projects, and NixOS writes only what is managed for the whole machine. Set them in home-manager (homeModules.default).";
        })
        ofUsers
      ++ [{
        assertion = servers == { } || cfg.managed.exclusiveMcpServers;
        message = "claude.mcpServers: servers of a whole machine stand in managed-mcp.json, beside which the client starts no other server. Set claude.managed.exclusiveMcpServers = true where that is meant, else set them in home-manager (homeModules.default) or in the project.";
      }];

    environment.etc = lib.mkMerge [
      (lib.mkIf (settings != { }) (etc "managed-settings.json" (builtins.toJSON settings)))
      (lib.mkIf (memory != null) (etc "CLAUDE.md" memory))
      (lib.mkIf cfg.managed.exclusiveMcpServers
        (etc "managed-mcp.json" (builtins.toJSON (if servers == { } then { mcpServers = { }; } else servers))))
    ];

    environment.systemPackages = import ../lib/tool-packages.nix context;
  };
}
