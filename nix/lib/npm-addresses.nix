# A package-lock.json with the address of every package.
#
#   withAddresses (fromJSON (readFile ./package-lock.json))   ->   the same, with `resolved`
#
# Ours has none, so that `npm ci` asks whatever registry a machine is set up with. Nix has to name one: the public one,
# or `registry`. What is fetched is checked against the lock file's own `integrity`, so the address is not trusted.
{
  registry ? "https://registry.npmjs.org",
}:
lock:
let
  inherit (builtins)
    elemAt
    filter
    isString
    length
    mapAttrs
    split
    ;
  last = list: elemAt list (length list - 1);

  # "node_modules/a/node_modules/@scope/b" -> "@scope/b"; a package under another name says its own.
  nameAt = path: module: module.name or (last (filter isString (split "node_modules/" path)));
  # "@scope/b" -> "b": the file's name leaves the scope out.
  fileName = name: last (filter isString (split "/" name));

  addressed =
    path: module:
    if path == "" || module ? resolved || module.link or false then
      module
    else
      let
        name = nameAt path module;
      in
      module
      // {
        resolved = "${registry}/${name}/-/${fileName name}-${module.version}.tgz";
      };
in
lock // { packages = mapAttrs addressed lock.packages; }
