{
  description = "The gate on claudeContext: what may Claude do after this change that it could not do before?";

  outputs = { self }: {
    # The version that a claudeContext of today names.
    lib.contextVersion = "2025-01";

    # Hooks for git-hooks.nix (docs/hooks.md).
    lib.gitHooks = import ./nix/git-hooks.nix;

    templates = {
      default = {
        path = ./templates/repository;
        description = "A repository with a claudeContext of its own";
      };
      organisation = {
        path = ./templates/organisation;
        description = "An organisation's standards: constraints that repositories import";
      };
    };

    # How Claude behaves in this repository. nixclaude judges itself: .github/workflows/dogfood.yml and test/nix/own-flake.test.ts.
    claudeContext = {
      version = "2025-01";

      persona = ''
        You help maintain nixclaude, a security gate. You make small changes, prove each with a test that fails without it,
        and say what you did not check.
      '';

      # Instructions. The names are stable, so that a constraint can ask for them.
      policies = {
        commits = "Write commit messages in the imperative. Leave published history as it is.";
        doubt = "What could not be told is never a pass: when you are unsure whether something widened, it widened.";
        fixtures = "Everything under test/recorded was measured. Change it only by measuring again.";
        secrets = "Leave credentials, tokens and the environment of the machine alone.";
      };

      permissions = {
        # Runs without asking: looking, and nothing else. The scripts of package.json are edited here, so that running
        # them is asked for.
        allow = [
          "Bash(git status)"
          "Bash(git diff --stat)"
          "Bash(git log --oneline)"
        ];
        # A person is asked, whatever `allow` says.
        ask = [
          "Bash(git push *)"
          "Edit(/.github/**)"
          "Edit(/flake.nix)"
        ];
        # Refused, whatever the other lists say.
        deny = [
          "Read(.env)"
          "Read(.env.*)"
          "Read(~/.ssh/**)"
          "Edit(/test/recorded/**)"
        ];
        defaultMode = "default";
        disableBypassPermissionsMode = "disable";
        disableAutoMode = "disable";
      };

      # What has to hold of all of the above, whoever changes it.
      constraints = {
        nothing-leaves = {
          description = "Claude pushes, publishes and fetches nothing without a person.";
          forbid.allow = [
            "Bash(git push *)"
            "Bash(npm publish *)"
            "Bash(gh *)"
            "Bash(curl *)"
            "Bash(wget *)"
            "WebFetch"
          ];
        };

        secrets-denied = {
          description = "Claude reads no secrets.";
          waivable = false;
          require.deny = [
            "Read(.env)"
            "Read(.env.*)"
            "Read(~/.ssh/**)"
          ];
        };

        a-person-decides = {
          description = "Sessions start in a mode that asks, and cannot leave it for one that asks nothing.";
          waivable = false;
          forbid.modes = [
            "acceptEdits"
            "auto"
            "bypassPermissions"
            "dontAsk"
          ];
        };

        workflows-asked = {
          description = "Workflows and this file are edited only when a person agrees.";
          require.ask = [
            "Edit(/.github/**)"
            "Edit(/flake.nix)"
          ];
        };

        pinned-servers = {
          description = "The code of an MCP server changes only in a reviewed change.";
          require.pinned = true;
        };

        few-words = {
          description = "The policies that this project stands on are there.";
          severity = "warning";
          require.policies = {
            doubt = null; # null: any text
            fixtures = null;
          };
        };
      };
    };
  };
}
