lib:
let
  withAddresses = import ../../../nix/lib/npm-addresses.nix;
  addresses =
    packages:
    builtins.mapAttrs (_: module: module.resolved or null)
      (withAddresses { registry = "https://registry"; } { inherit packages; }).packages;
  own = builtins.fromJSON (builtins.readFile ../../../package-lock.json);
in
{
  "are where npm keeps packages" = {
    expr = addresses {
      "node_modules/ajv".version = "8.20.0";
      "node_modules/@a/b".version = "1.0.0";
      "node_modules/@a/b/node_modules/c".version = "2.0.0-rc.1";
      "node_modules/c/node_modules/@d/e".version = "3.0.0";
    };
    expected = {
      "node_modules/ajv" = "https://registry/ajv/-/ajv-8.20.0.tgz";
      "node_modules/@a/b" = "https://registry/@a/b/-/b-1.0.0.tgz";
      "node_modules/@a/b/node_modules/c" = "https://registry/c/-/c-2.0.0-rc.1.tgz";
      "node_modules/c/node_modules/@d/e" = "https://registry/@d/e/-/e-3.0.0.tgz";
    };
  };
  "are those of the package behind another name" = {
    expr = addresses {
      "node_modules/old" = {
        name = "@a/new";
        version = "1.0.0";
      };
    };
    expected."node_modules/old" = "https://registry/@a/new/-/new-1.0.0.tgz";
  };
  "stay as the lock file has them, and are not given to what is not fetched" = {
    expr = addresses {
      "".version = "1.0.0";
      "node_modules/a" = {
        version = "1.0.0";
        resolved = "https://elsewhere/a.tgz";
      };
      "node_modules/b" = {
        link = true;
      };
    };
    expected = {
      "" = null;
      "node_modules/a" = "https://elsewhere/a.tgz";
      "node_modules/b" = null;
    };
  };
  "in this project's own lock file go with a hash, all of them" = {
    expr =
      let
        inherit (withAddresses { } own) packages;
      in
      builtins.filter (
        path: path != "" && !(packages.${path} ? resolved && packages.${path} ? integrity)
      ) (builtins.attrNames packages);
    expected = [ ];
  };
}
