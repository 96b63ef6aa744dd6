{
  description = "A service of Example Ltd, and how Claude behaves in its repository";

  inputs.company-standards.url = "github:example/claude-standards";

  outputs =
    { company-standards, ... }:
    {
      claudeContext = {
        version = "2025-01";

        persona = ''
          You maintain the payment service of Example Ltd. You make small changes with tests, and you say what you
          did not check.
        '';

        tools.rg = {
          description = "Searches file contents";
          preferOver = [ "grep" ];
          examples = [ "rg --files-with-matches TODO src" ];
        };

        policies = company-standards.claudeContext.policies // {
          commits = "Never use --no-verify without asking";
          tests = "Run `npm test` before you say that something works.";
        };

        permissions = {
          allow = [
            "Bash(git status)"
            "Bash(git diff)"
            "Bash(npm test)"
          ];
          deny = company-standards.claudeContext.permissions.deny;
          defaultMode = "default";
          disableBypassPermissionsMode = "disable";
        };

        mcpServers.tickets = {
          command = "npx";
          args = [
            "-y"
            "@example/tickets-mcp@2.3.1"
          ];
          env.LOG_LEVEL = "warn";
        };

        skills.release-notes = ./skills/release-notes;
      };
    };
}
