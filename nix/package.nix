# The program as a package for nixpkgs: `pkgs.callPackage ./package.nix { }`.
#
# No hash of all dependencies stands here that every new one would change: importNpmLock fetches each by the hash that
# package-lock.json has for it.
{
  lib,
  buildNpmPackage,
  importNpmLock,
  nodejs,
  git,
}:
let
  inherit (builtins)
    elem
    fromJSON
    head
    isString
    filter
    readFile
    split
    stringLength
    substring
    ;
  manifest = fromJSON (readFile ../package.json);
  withAddresses = import ./lib/npm-addresses.nix { };

  # What the program is built of and published with: an edit elsewhere builds nothing anew.
  parts = [
    "LICENSE"
    "README.md"
    "examples"
    "hooks"
    "nix"
    "package-lock.json"
    "package.json"
    "schema"
    "scripts"
    "src"
    "templates"
    "tsconfig.json"
  ];
  root = toString ../.;
  partOf = path: head (filter isString (split "/" (substring (stringLength root + 1) (-1) path)));
in
buildNpmPackage {
  pname = manifest.name;
  inherit (manifest) version;

  src = builtins.path {
    path = ../.;
    name = "nixclaude-source";
    filter = path: _: elem (partOf path) parts;
  };

  inherit nodejs;
  npmDeps = importNpmLock {
    package = manifest;
    packageLock = withAddresses (fromJSON (readFile ../package-lock.json));
    inherit (manifest) version;
  };
  inherit (importNpmLock) npmConfigHook;

  # For installing, every dependency was an archive in the store. The program holds what stands in these files, and would
  # depend on all those archives.
  preBuild = ''
    cp --no-preserve=mode "$src/package.json" "$src/package-lock.json" .
  '';

  # It is built already when the files to install are listed, and the list is all that may be printed then.
  npmPackFlags = [ "--ignore-scripts" ];

  # The program holds its dependencies; beside it they would only be in the way.
  dontNpmPrune = true;
  postInstall = ''
    rm -rf "$out/lib/node_modules/nixclaude/node_modules"
  '';

  # Behind what the user has: the Nix and the Git of the machine are the ones to judge with.
  makeWrapperArgs = [
    "--suffix"
    "PATH"
    ":"
    (lib.makeBinPath [ git ])
  ];

  passthru = {
    # What mkMcpServer starts: Node, and below the package's own path the program that serves a file of tools.
    node = "${nodejs}/bin/node";
    mcpServer = "lib/node_modules/nixclaude/dist/mcp.js";
  };

  meta = {
    inherit (manifest) description;
    license = lib.licenses.mit;
    mainProgram = "nixclaude";
  };
}
