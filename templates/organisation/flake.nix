{
  description = "What our organisation asks of Claude";

  # Repositories import this flake as an input; nothing else is needed for the constraints to apply:
  #   inputs.company-standards.url = "github:example/claude-standards";
  outputs = _: {
    claudeContext = {
      version = "2025-01";

      # Shared values. A repository takes what it wants:
      #   policies = company-standards.claudeContext.policies // { … };
      policies.commits = "Never use --no-verify or rewrite published history.";

      # What is asked of every repository, and of this one.
      permissions = {
        deny = [
          "Read(.env)"
          "Read(.env.*)"
          "Read(~/.ssh/**)"
        ];
        disableBypassPermissionsMode = "disable";
      };

      constraints = {
        no-force-push = {
          description = "History on shared branches is never rewritten by Claude.";
          forbid.allow = [
            "Bash(git push --force *)"
            "Bash(git push -f *)"
          ];
        };

        secrets-denied = {
          description = "Claude never reads secrets.";
          waivable = false;
          require.deny = [
            "Read(.env)"
            "Read(.env.*)"
            "Read(~/.ssh/**)"
          ];
        };

        no-bypass = {
          description = "Somebody is asked before something unusual runs.";
          waivable = false;
          forbid.modes = [ "bypassPermissions" ];
        };

        pinned-servers = {
          description = "The code of an MCP server changes only in a reviewed change.";
          require.pinned = true;
        };

        commit-policy = {
          description = "Every repository tells Claude how to commit.";
          severity = "warning";
          require.policies.commits = null; # null: any text
        };
      };
    };
  };
}
