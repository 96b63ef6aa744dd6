# What a text says, however its packages were built: places in the store without their hashes.
#
#   describedText "${pkgs.jq}/bin/jq --raw"   ->   "jq-1.7.1/bin/jq --raw"
#
# The hash of a file or directory that stands for itself stays, since it is that of the content, and that of a package
# without a version, such as a script that is written in Nix: its name would be the same whatever it does. That of a whole
# flake, which every commit changes, goes, and the content of the files in it that the text names comes in its place; it
# stays where they cannot be told.
text:
let
  inherit (builtins)
    any
    appendContext
    attrNames
    concatStringsSep
    elemAt
    filter
    genList
    getContext
    head
    isList
    length
    match
    parseDrvName
    split
    storeDir
    stringLength
    substring
    unsafeDiscardStringContext
    ;
  namedContent = import ./named-content.nix;
  context = getContext text;
  hashLength = 32;
  nameOf = path: substring (stringLength storeDir + 1 + hashLength + 1) (-1) path;
  hashIn = path: substring (stringLength storeDir + 1) hashLength path;
  sources = filter (path: context.${path}.path or false) (attrNames context);
  contents = filter (path: nameOf path != "source") sources;
  isContent = hash: any (path: hashIn path == hash) contents;
  treesOf = hash: filter (path: hashIn path == hash && nameOf path == "source") sources;
  # As Nix reads it, wherever the store lies.
  readable = path: appendContext path { ${path} = context.${path}; };

  parts = split "${storeDir}/([0-9a-z]{32})-" (unsafeDiscardStringContext text);
  # Of the place whose hash is the part before it.
  nameAt = index: head (split "[^0-9a-zA-Z+._?=-]" (elemAt parts index));
  isVersioned = name: (parseDrvName name).version != "";

  # Of a whole flake, as far as the text says what of it is meant. One without context may not be looked into.
  ofTree =
    hash: rest:
    let
      trees = treesOf hash;
      content = namedContent (readable (head trees)) rest;
    in
    if match "([[:space:]:,;].*)?" rest != null then
      ""
    else if trees == [ ] || content == null then
      "${hash}-"
    else
      "${content}-";

  said =
    index:
    let
      part = elemAt parts index;
      hash = elemAt part 0;
      name = nameAt (index + 1);
    in
    if !isList part then
      part
    else if name == "source" then
      ofTree hash (substring (stringLength name) (-1) (elemAt parts (index + 1)))
    else if isContent hash || !(isVersioned name) then
      "${hash}-"
    else
      "";
in
concatStringsSep "" (genList said (length parts))
