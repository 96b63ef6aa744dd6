{
  description = "Example Ltd: what we ask of Claude in every repository";

  outputs = _: {
    claudeContext = {
      version = "2025-01";

      # Shared values, for repositories to take over.
      policies.language = "Comments, commit messages and documentation are in English.";
      policies.commits = "Never rewrite history that somebody else may have.";
      permissions = {
        deny = [
          "Read(.env)"
          "Read(.env.*)"
          "Read(~/.ssh/**)"
        ];
        disableBypassPermissionsMode = "disable";
      };

      # Asked of every repository that imports this flake, and of this one.
      constraints = {
        no-force-push = {
          description = "History on shared branches is never rewritten by Claude.";
          docs = "https://example.com/claude-standards#no-force-push";
          forbid.allow = [
            "Bash(git push --force *)"
            "Bash(git push -f *)"
            "Bash(git push --force)"
            "Bash(git push -f)"
          ];
        };

        no-downloads = {
          description = "Nothing is fetched from the network or run with other rights unless a person says so.";
          forbid.allow = [
            "Bash(curl *)"
            "Bash(wget *)"
            "Bash(npx *)"
            "Bash(sudo *)"
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
          description = "The mode that asks nothing is not used and cannot be chosen.";
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

        no-local-inputs = {
          description = "What a flake imports is the same for everybody.";
          forbid.inputs = [ "path:*" ];
        };

        hooks-are-approved = {
          description = "A hook runs by itself, so a second person looks at every change of one.";
          changes.hooks = "approve";
        };
      };
    };
  };
}
