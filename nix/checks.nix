# What `nix flake check` builds.
{
  pkgs,
  # The package of the program (./package.nix).
  nixclaude,
  # Outputs of the flake.
  lib,
  templates,
}:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    filter
    listToAttrs
    map
    ;

  # Every file of pairs of an expression and what it has to be; test/nix-library/pairs.test.ts runs the same.
  pairs = import ../test/nix-library/pairs.nix lib;
  wrong = filter (name: pairs.${name}.expr != pairs.${name}.expected) (attrNames pairs);

  # Kept in nixfmt's own layout.
  formatted = [
    ../flake.nix
    ../templates/organisation/flake.nix
    ../templates/repository/flake.nix
    ./checks.nix
    ./git-hooks.nix
    ./package.nix
  ]
  ++ map (name: ./lib + "/${name}") [
    "default.nix"
    "described-text.nix"
    "json-problems.nix"
    "main-program.nix"
    "mcp-document.nix"
    "mcp-entries.nix"
    "mcp-problems.nix"
    "mcp-rule.nix"
    "mcp-values.nix"
    "mk-mcp-server.nix"
    "named-content.nix"
    "npm-addresses.nix"
    "types.nix"
  ];

  # The gate, on what `nix flake init` writes.
  checkedTemplate =
    name: template:
    pkgs.runCommand "nixclaude-template-${name}"
      {
        nativeBuildInputs = [
          nixclaude
          pkgs.git
          pkgs.nix
        ];
      }
      ''
        export HOME="$PWD/home" NIX_REMOTE="$PWD/store" XDG_CACHE_HOME="$PWD/cache"
        mkdir "$HOME"
        cp -r ${template.path} repository
        chmod -R u+w repository
        cd repository
        git init -q
        git add .
        git -c user.name=check -c user.email=check@localhost commit -q -m template
        nixclaude check --base none
        touch "$out"
      '';
in
{
  package = nixclaude;

  library =
    if wrong == [ ] then
      pkgs.runCommand "nixclaude-library" { } ''touch "$out"''
    else
      throw "these are not as expected: ${concatStringsSep ", " wrong}";

  mcp-server = lib.mkMcpServer { inherit pkgs nixclaude; } {
    name = "nix-tools";
    tools.nix-search = {
      description = "Searches nixpkgs";
      inputSchema = {
        type = "object";
        properties.query.type = "string";
        required = [ "query" ];
      };
      command = "nix search nixpkgs";
    };
  };

  formatting = pkgs.runCommand "nixclaude-formatting" { nativeBuildInputs = [ pkgs.nixfmt ]; } ''
    nixfmt --check ${concatStringsSep " " (map (file: "${file}") formatted)}
    touch "$out"
  '';
}
// listToAttrs (
  map (name: {
    name = "template-${name}";
    value = checkedTemplate name templates.${name};
  }) (filter (name: name != "default") (attrNames templates))
)
