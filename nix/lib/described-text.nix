# What a text says, however its packages were built: places in the store without their hashes.
#
#   describedText "${pkgs.jq}/bin/jq --raw"   ->   "jq-1.7.1/bin/jq --raw"
#
# The hash of a file or directory that stands for itself stays, since it is that of the content, and that of a package
# without a version, such as a script that is written in Nix: its name would be the same whatever it does. That of a whole
# flake, which every commit changes, goes.
text:
let
  inherit (builtins)
    any
    attrNames
    concatStringsSep
    elemAt
    filter
    genList
    getContext
    head
    isList
    length
    parseDrvName
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

  parts = split "${storeDir}/([0-9a-z]{32})-" (unsafeDiscardStringContext text);
  # Of the place whose hash is the part before it.
  nameAt = index: head (split "[^0-9a-zA-Z+._?=-]" (elemAt parts index));
  isVersioned = name: name == "source" || (parseDrvName name).version != "";

  said =
    index:
    let
      part = elemAt parts index;
      hash = elemAt part 0;
    in
    if !isList part then
      part
    else if isContent hash || !(isVersioned (nameAt (index + 1))) then
      "${hash}-"
    else
      "";
in
concatStringsSep "" (genList said (length parts))
