{ lib, pkgs, ... }:
{
  claude = {
    enable = true;

    persona = lib.mkDefault ''
      You help a team that runs NixOS. You change configuration in Nix, never on the machine.
    '';

    tools.ripgrep = {
      pkg = pkgs.ripgrep;
      preferOver = [ "grep" ];
      examples = [ "rg --files-with-matches TODO" ];
      alwaysApprove = true;
    };

    policies = {
      commits = "Never use --no-verify without asking";
      tests = "Run the tests before you say that something works.";
    };

    mcpServers.tickets = {
      command = "npx";
      args = [
        "-y"
        "@example/tickets-mcp@2.3.1"
      ];
    };
  };
}
