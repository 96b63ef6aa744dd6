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
    expr = describedText "${
      builtins.path {
        name = "source";
        path = ./.;
      }
    }/run.sh";
    expected = "source/run.sh";
  };
  "needs no dependency on what it names" = {
    expr = builtins.hasContext (describedText "${jq}${file}");
    expected = false;
  };
}
