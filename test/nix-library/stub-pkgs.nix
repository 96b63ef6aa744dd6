# As much of nixpkgs as the library asks for, out of the machine's own programs: builders run without a sandbox.
{
  # Path of the built program, copied instead of building it.
  dist,
  # Paths of programs, by the package's name; the program is called as in its path.
  programs,
  system,
}:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    functionArgs
    intersectAttrs
    map
    mapAttrs
    removeAttrs
    ;
  search = packages: concatStringsSep ":" (map (package: "${package}/bin") packages);

  # Attributes that are the package's and not its builder's.
  package =
    attrs: script:
    derivation (
      {
        inherit system;
        name = "${attrs.pname}-${attrs.version}";
        builder = "/bin/sh";
        args = [
          "-ec"
          script
        ];
        PATH = search (attrs.nativeBuildInputs or [ ]) + ":/usr/bin:/bin";
      }
      // removeAttrs attrs [
        "meta"
        "nativeBuildInputs"
        "passthru"
      ]
    )
    // removeAttrs attrs [ "nativeBuildInputs" ]
    // attrs.passthru or { };

  pkgs = mapAttrs machineProgram programs // {
    inherit system;
    runtimeShell = "/bin/sh";
    runCommand = name: attrs: package ({ pname = name; } // attrs // { inherit name; });
    writeText =
      name: text:
      package {
        inherit name text;
        passAsFile = [ "text" ];
        pname = name;
      } ''cp "$textPath" "$out"'';
    mkShell =
      attrs:
      package {
        pname = "shell";
        version = "0";
        nativeBuildInputs = attrs.packages;
      } ''touch "$out"'';
    callPackage =
      file: arguments:
      let
        function = import file;
      in
      function (intersectAttrs (functionArgs function) pkgs // arguments);

    lib = {
      licenses.mit.spdxId = "MIT";
      makeBinPath = search;
    };

    # What nixpkgs fetches for a lock file: the addresses, instead of what is there.
    importNpmLock = {
      __functor =
        _:
        { packageLock, ... }:
        concatStringsSep "\n" (
          map (path: packageLock.packages.${path}.resolved or path) (attrNames packageLock.packages)
        );
      npmConfigHook = "hook";
    };

    # Takes what is built already, and installs it as npm's own hook does.
    buildNpmPackage =
      attrs:
      package (removeAttrs attrs [ "src" ]) ''
        installed=$out/lib/node_modules/nixclaude
        mkdir -p "$out/bin" "$installed"
        cp -r ${dist} "$installed/dist"
        for part in examples hooks nix package.json schema templates; do
          cp -r "${attrs.src}/$part" "$installed/$part"
        done
        printf '#!/bin/sh\nexec %s %s/dist/cli.js "$@"\n' ${attrs.nodejs}/bin/node "$installed" > "$out/bin/nixclaude"
        chmod 755 "$out/bin/nixclaude"
      '';
  };

  # A package with one program, which is the machine's.
  machineProgram =
    name: path:
    package {
      pname = name;
      version = "0";
      meta.mainProgram = baseNameOf path;
    } ''mkdir -p "$out/bin"; ln -s ${path} "$out/bin/${baseNameOf path}"'';
in
pkgs
