# Hooks for git-hooks.nix (https://github.com/cachix/git-hooks.nix), as a pure function:
#
#   pre-commit-check = git-hooks.lib.${system}.run {
#     src = ./.;
#     hooks = nixclaude.lib.gitHooks { package = nixclaude.packages.${system}.default; };
#   };
#
# They run Nix and look at Git, so they run where commits are made and not in the sandbox of `nix flake check`: there
# they are for stages that it never reaches.
{
  # Derivation with bin/nixclaude.
  package,
}:
let
  hook = stage: name: {
    inherit name;
    enable = true;
    entry = "${package}/bin/nixclaude hook ${stage}";
    language = "system";
    stages = [ stage ];
    pass_filenames = false;
    always_run = true;
  };
in
{
  nixclaude = hook "pre-commit" "what Claude may do";
  nixclaude-push = hook "pre-push" "what Claude may do, in what is pushed";
}
