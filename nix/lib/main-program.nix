# The program that a package runs, where nixpkgs' `lib.getExe` looks for it: `meta.mainProgram`, else `pname`, else the
# package's name without its version, in `bin` of the output `bin`, else of `out`.
#
#   mainProgram pkgs.ripgrep   ->   { name = "rg"; path = "/nix/store/…/bin/rg"; directory = "/nix/store/…/bin"; }
#
# `path` and `directory` carry the package as context: whatever they are written into depends on it.
package:
let
  chosen = package.outputSpecified or false;
  output = if chosen then package else package.bin or package.out or package;
  name = package.meta.mainProgram or package.pname or (builtins.parseDrvName package.name).name;
  directory = "${output}/bin";
in
{
  inherit name directory;
  path = "${directory}/${name}";
}
