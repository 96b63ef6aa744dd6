{ pkgs, ... }:
{
  claude = {
    # Stronger than the team's default.
    persona = ''
      You help a team that runs NixOS. You change configuration in Nix, never on the machine. You answer in short sentences.
    '';

    tools.fd = {
      pkg = pkgs.fd;
      preferOver = [ "find" ];
    };
  };
}
