# What stands below a tree of sources where a text goes on behind it, as one text; null where that cannot be told.
#
#   namedContent "/nix/store/…-source" "/bin/run.sh --strict"   ->   "<hash of the content>"
#
# A name may hold blanks and quotes, and they may end it: whatever is there by one of these readings counts.
let
  inherit (builtins)
    attrNames
    concatLists
    concatStringsSep
    elem
    elemAt
    filter
    genList
    hashFile
    hashString
    isList
    isString
    length
    map
    readDir
    split
    substring
    toJSON
    ;

  # Longer texts are no commands, and directories with more files nothing that a command names.
  maxReadings = 256;
  maxFiles = 1000;

  # From the start of the text to each character that can end a name.
  readings =
    text:
    let
      parts = split "([^0-9A-Za-z._/-])" text;
      upTo =
        count:
        concatStringsSep "" (
          genList (
            index:
            let
              part = elemAt parts index;
            in
            if isList part then elemAt part 0 else part
          ) count
        );
    in
    if length parts > 2 * maxReadings then
      null
    else
      genList (index: upTo (2 * index + 1)) ((length parts + 1) / 2);

  stepsOf = name: filter (step: !(isList step) && step != "" && step != ".") (split "/" name);

  # Of a regular file and a directory of such; a link may lead anywhere, so of one nothing is known.
  kindOf =
    root: steps:
    let
      entries = readDir root;
      first = elemAt steps 0;
      kind = entries.${first} or "missing";
      rest = genList (index: elemAt steps (index + 1)) (length steps - 1);
    in
    if length steps == 1 || kind != "directory" then
      (if length steps == 1 || kind == "symlink" then kind else "missing")
    else
      kindOf "${root}/${first}" rest;

  filesBelow =
    directory: prefix:
    let
      entries = readDir directory;
    in
    concatLists (
      map (
        name:
        if entries.${name} == "directory" then
          filesBelow "${directory}/${name}" "${prefix}${name}/"
        else
          [
            {
              path = "${prefix}${name}";
              kind = entries.${name};
            }
          ]
      ) (attrNames entries)
    );

  hashOf =
    root: steps:
    let
      place = "${root}/${concatStringsSep "/" steps}";
      kind = kindOf root steps;
      files = filesBelow place "";
    in
    if kind == "regular" then
      hashFile "sha256" place
    else if
      kind != "directory"
      || length files > maxFiles
      || filter ({ kind, ... }: kind != "regular") files != [ ]
    then
      null
    else
      hashString "sha256" (
        toJSON (map ({ path, ... }: "${hashFile "sha256" "${place}/${path}"} ${path}") files)
      );
in
root: text:
let
  withoutQuotes = concatStringsSep "" (filter isString (split "['\"\\]" text));
  read = map readings ([ text ] ++ (if withoutQuotes == text then [ ] else [ withoutQuotes ]));
  steps = filter (steps: steps != [ ]) (map stepsOf (concatLists read));
  there = filter (steps: kindOf root steps != "missing") steps;
  hashes = map (hashOf root) there;
in
if
  substring 0 1 text != "/"
  || elem null read
  || filter (elem "..") steps != [ ]
  || there == [ ]
  || elem null hashes
then
  null
else
  hashString "sha256" (concatStringsSep " " hashes)
