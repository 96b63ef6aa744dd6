# What is in a skill that is written as a `.nix` file: an attribute set, or a function that makes one.
#
#   import ./skill.nix { inherit lib pkgs; } ./skills/review.nix   ->   { name; description; text; … }
#
#   given   `lib` and `pkgs`, or what there is of them: all that a skill can ask for
#   file    a path, or text that names a file in the store
given: file:
let
  inherit (builtins) attrNames elem filter functionArgs head intersectAttrs isFunction;

  written = import file;
  asked = functionArgs written;
  missing = filter (name: !asked.${name} && !(given ? ${name})) (attrNames asked);
  refuse = name: throw (
    if elem name [ "lib" "pkgs" ]
    then "a skill asks for `${name}`, which comes from the flake's input `nixpkgs` (`lib`, `legacyPackages`); it is not there"
    else "a skill asks for `${name}`; only `lib` and `pkgs` can be asked for"
  );
in
if !isFunction written then written
else if missing != [ ] then refuse (head missing)
# What names nothing (`arguments: …`) may use all there is.
else written (if asked == { } then given else intersectAttrs asked given)
