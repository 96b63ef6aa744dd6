# Values of free form as a client's file holds them.
#
#   programs   "names": a package is its program's name, which must be on PATH, as `nixclaude render` writes it
#              "paths": the path of that program in the store, which is then built with the file
{ programs }:
let
  inherit (builtins) isAttrs isBool isFloat isInt isList isPath map mapAttrs toJSON toString;
  inherit (import ../context-values.nix) isPackage;
in
rec {
  program = package:
    let main = import ../main-program.nix package; in
    if programs == "names" then main.name else main.path;

  # Paths come into the store with the file that names them, where programs do.
  place = path: if programs == "names" then toString path else "${path}";

  word = value: if isPackage value then program value else if isPath value then place value else value;

  plain = value:
    if isPackage value || isPath value then word value
    else if isList value then map plain value
    else if isAttrs value then mapAttrs (_: plain) value
    else value;

  # Of `env` and `headers`: numbers and booleans are the text they become.
  variable = value:
    if isBool value then (if value then "true" else "false")
    else if isInt value then toString value
    else if isFloat value then toJSON value
    else word value;
}
