# What a text says, however its packages were built: places in the store without their hashes.
#
#   describedText "${pkgs.jq}/bin/jq --raw"   ->   "jq-1.7.1/bin/jq --raw"
#
# The hash of a file or directory that stands for itself stays, since it is that of the content; only that of a whole
# flake, which every commit changes, goes.
text:
let
  inherit (builtins)
    any
    attrNames
    concatStringsSep
    elemAt
    filter
    getContext
    isList
    map
    split
    storeDir
    stringLength
    substring
    unsafeDiscardStringContext
    ;
  context = getContext text;
  hashLength = 32;
  nameOf = path: substring (stringLength storeDir + 1 + hashLength + 1) (-1) path;
  sources = filter (path: context.${path}.path or false && nameOf path != "source") (
    attrNames context
  );
  isContent = hash: any (path: substring (stringLength storeDir + 1) hashLength path == hash) sources;

  said =
    part: if isList part then (if isContent (elemAt part 0) then "${elemAt part 0}-" else "") else part;
in
concatStringsSep "" (
  map said (split "${storeDir}/([0-9a-z]{32})-" (unsafeDiscardStringContext text))
)
