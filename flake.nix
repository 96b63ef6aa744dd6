{
  description = "The gate on claudeContext: what may Claude do after this change that it could not do before?";

  # For what is built: packages, apps, checks, formatter, devShells. As a plain tree it is fetched only when one of them
  # is asked for, and the gate need not look into it for constraints (docs/decisions/0019-nixpkgs-as-a-tree.md).
  inputs.nixpkgs = {
    url = "github:NixOS/nixpkgs/nixpkgs-unstable";
    flake = false;
  };

  outputs =
    { self, nixpkgs }:
    let
      # Where the tests run.
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];
      forEachSystem =
        output:
        builtins.listToAttrs (
          map (system: {
            name = system;
            value = output (import nixpkgs { inherit system; });
          }) systems
        );
      nixclaudeFor = pkgs: pkgs.callPackage ./nix/package.nix { };
    in
    {
      lib = import ./nix/lib;

      packages = forEachSystem (pkgs: rec {
        nixclaude = nixclaudeFor pkgs;
        default = nixclaude;
      });

      apps = forEachSystem (pkgs: rec {
        nixclaude = {
          type = "app";
          program = "${nixclaudeFor pkgs}/bin/nixclaude";
          meta.description = "The gate on claudeContext";
        };
        default = nixclaude;
      });

      overlays.default = final: _: { nixclaude = nixclaudeFor final; };

      checks = forEachSystem (
        pkgs:
        import ./nix/checks.nix {
          inherit pkgs;
          nixclaude = nixclaudeFor pkgs;
          inherit (self) lib templates;
        }
      );

      formatter = forEachSystem (pkgs: pkgs.nixfmt-tree);

      devShells = forEachSystem (pkgs: {
        default = pkgs.mkShell {
          packages = [
            pkgs.git
            pkgs.nixfmt
            pkgs.nodejs
          ];
        };
      });

      # As attribute sets, which every `nix flake check` takes; the files say where definitions stand.
      nixosModules.default.imports = [ ./nix/modules/nixos.nix ];
      homeModules.default.imports = [ ./nix/modules/home.nix ];
      flakeModules.default.imports = [ ./nix/modules/flake-parts.nix ];

      templates = rec {
        default = repository;
        repository = {
          path = ./templates/repository;
          description = "A repository with a claudeContext of its own";
        };
        organisation = {
          path = ./templates/organisation;
          description = "An organisation's standards: constraints that repositories import";
        };
      };

      # How Claude behaves in this repository. nixclaude judges itself, with `--attribute development.claudeContext`:
      # .github/workflows/dogfood.yml and test/nix/own-context.test.ts. Under its usual name, the constraints would bind
      # every flake that has this one as an input for the library or the modules.
      development.claudeContext = {
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
