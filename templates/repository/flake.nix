{
  description = "How Claude behaves in this repository";

  # An organisation's standards come in as an input; their constraints then apply to what stands below.
  # inputs.company-standards.url = "github:example/claude-standards";

  outputs = _: {
    claudeContext = {
      version = "2025-01";

      # Who Claude is here.
      persona = ''
        You help maintain this repository. You make small changes, and you say what you did not check.
      '';

      # Programs Claude should know. A package from nixpkgs may stand here: pkg = pkgs.ripgrep;
      tools.rg = {
        description = "Searches file contents";
        preferOver = [ "grep" ];
        examples = [ "rg --files-with-matches TODO" ];
      };

      # Instructions. The names are stable, so that a constraint can ask for them.
      policies = {
        commits = "Never use --no-verify or rewrite published history.";
        tests = "Run the tests before you say that something works.";
      };

      permissions = {
        # Runs without asking. Every rule added here is what `nixclaude check` looks at first.
        allow = [
          "Bash(git status)"
          "Bash(git diff)"
        ];
        # A person is asked, whatever `allow` says.
        ask = [ "Bash(git push *)" ];
        # Refused, whatever the other lists say.
        deny = [
          "Read(.env)"
          "Read(.env.*)"
          "Read(~/.ssh/**)"
        ];
        defaultMode = "default";
        disableBypassPermissionsMode = "disable";
      };

      # Servers are programs with your rights: name a version that cannot move, or let Nix make the server out of tools
      # (nixclaude.lib.mkMcpServer, with nixclaude as an input).
      # mcpServers.tickets = { command = "npx"; args = [ "-y" "@example/tickets-mcp@1.4.2" ]; };

      # A directory with a SKILL.md, compared by content.
      # skills.release-notes = ./skills/release-notes;
    };
  };
}
