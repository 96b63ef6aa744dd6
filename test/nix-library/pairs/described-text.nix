_:
let
  describedText = import ../../../nix/lib/described-text.nix;
  jq = derivation {
    name = "jq-1.7";
    system = "none";
    builder = "/bin/sh";
  };
  script = derivation {
    name = "guard";
    system = "none";
    builder = "/bin/sh";
  };
  otherScript = derivation {
    name = "guard";
    system = "none";
    builder = "/bin/false";
  };
  file = builtins.toFile "words" "some";
  hash = builtins.substring (builtins.stringLength builtins.storeDir + 1) 32 (
    builtins.unsafeDiscardStringContext file
  );

  # Two commits of a flake.
  tree =
    commit:
    builtins.path {
      name = "source";
      path = ./. + "/../trees/${commit}";
    };
  sameIn = text: describedText (text (tree "a")) == describedText (text (tree "b"));
in
{
  "is a text without packages as it stands" = {
    expr = describedText "nix search nixpkgs#{query} /nix/store";
    expected = "nix search nixpkgs#{query} /nix/store";
  };
  "names packages without the hash of how they were built" = {
    expr = describedText "${jq}/bin/jq --from ${jq}";
    expected = "jq-1.7/bin/jq --from jq-1.7";
  };
  "names a script, which has no version, with the hash of what it is built of" = {
    expr = describedText "${script} ${jq}" != describedText "${otherScript} ${jq}";
    expected = true;
  };
  "names files with the hash of their content" = {
    expr = describedText "cat ${file} | ${jq}/bin/jq";
    expected = "cat ${hash}-words | jq-1.7/bin/jq";
  };
  "names a flake without the hash of all that is in it" = {
    expr = describedText "rg {query} ${tree "a"}";
    expected = "rg {query} source";
  };
  "names a file of a flake with what is in it" = {
    expr = map (name: sameIn (flake: "bash ${flake}${name} --strict")) [
      "/same.sh"
      "/edited.sh"
      "/sa''me.sh"
      "/sa\\me.sh"
      "/directory"
      "/edited"
      "/edited/run.sh"
      "/edited/*.sh"
    ];
    expected = [
      true
      false
      true
      true
      true
      false
      false
      false
    ];
  };
  "names two files of a flake" = {
    expr = map sameIn [
      (flake: "${flake}/same.sh ${flake}/directory")
      (flake: "${flake}/same.sh ${flake}/edited.sh")
    ];
    expected = [
      true
      false
    ];
  };
  "names a file of a flake whose name holds what could end it" = {
    expr = map (name: sameIn (flake: "${flake}${name}")) [
      "/with blank.sh"
      "/with\\ blank.sh"
      "/w'ith bl'ank.sh"
    ];
    expected = [
      false
      false
      false
    ];
  };
  # Every commit is a change, then.
  "names a flake with the hash of all that is in it where nobody can tell what of it is meant" = {
    expr = map sameIn [
      (flake: "${flake}/missing.sh")
      (flake: "${flake}/directory/../same.sh")
      (flake: "'${flake}'/same.sh")
      (flake: "nix run ${flake}#deploy")
      (flake: builtins.unsafeDiscardStringContext "${flake}/same.sh")
      (flake: "${flake}/same.sh${builtins.concatStringsSep " " (builtins.genList toString 300)}")
    ];
    expected = builtins.genList (_: false) 6;
  };
  "needs no dependency on what it names" = {
    expr = builtins.hasContext (describedText "${jq}${file}");
    expected = false;
  };
}
