# A `claudeContext` made of modules.
#
#   evalClaudeContext { lib; modules; pkgs ? null; specialArgs ? { }; }   ->   { claudeContext; claudeContextOptions; }
#   mkClaudeContext                                                      the same arguments   ->   the context
#
#   lib      that of nixpkgs: its module system evaluates
#   modules  any number of modules that set `claude.…`; they are those of NixOS and home-manager, too
#   pkgs     what modules are given under that name
#
# The second output says which file defined which value; `nixclaude why` and `nixclaude blame` read it.
rec {
  evalClaudeContext = { lib, modules, pkgs ? null, specialArgs ? { } }:
    let
      ours = {
        _file = "nixclaude";
        config = {
          claude.enable = lib.mkDefault true;
        } // (if pkgs == null then { } else { _module.args = { inherit pkgs; }; });
      };
      evaluated = lib.evalModules {
        modules = [ ../modules/options.nix ours ] ++ modules;
        inherit specialArgs;
      };
    in
    {
      claudeContext = evaluated.config.claude.context;
      claudeContextOptions = evaluated.config.claude.contextOptions;
    };

  mkClaudeContext = arguments: (evalClaudeContext arguments).claudeContext;
}
