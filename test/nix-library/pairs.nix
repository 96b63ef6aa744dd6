# Expressions and what they have to be, `{ NAME = { expr; expected; }; }`; pairs/ has one file for each part of `lib`.
lib:
let
  directory = ./pairs;
  pairsIn =
    file:
    let
      pairs = import (directory + "/${file}") lib;
      part = builtins.head (builtins.split "\\.nix" file);
    in
    builtins.map (name: {
      name = "${part}: ${name}";
      value = pairs.${name};
    }) (builtins.attrNames pairs);
in
builtins.listToAttrs (
  builtins.concatLists (map pairsIn (builtins.attrNames (builtins.readDir directory)))
)
