# Skills, agents, commands and output styles as files, as src/artifacts/text-units.ts makes them.
#
#   { context; given ? { }; }   ->   { skills; agents; commands; outputStyles; problems; }
#
#   each of the four: { NAME = { text; } or { source; }; }; `source` is a directory, of a path or of a package
#   given   `lib` and `pkgs`, or what there is of them, for skills that are `.nix` files
{ programs }:
let
  inherit (builtins)
    attrNames baseNameOf concatMap concatStringsSep elemAt filter foldl' fromJSON genList head isPath isString length
    listToAttrs map match pathExists removeAttrs replaceStrings split stringLength substring tail toJSON;
  inherit (import ./plain.nix { inherit programs; }) plain;
  inherit (import ./paths.nix) below;
  inherit (import ./characters.nix) lines startsWith toLower trim;
  inherit (import ../context-values.nix) isPackage members textOf;

  problem = path: message: { problems = [{ inherit path message; }]; };
  written = text: { unit.text = text; problems = [ ]; };

  # ---- front matter

  # JSON is YAML, and has one spelling. What leads comes first, then all others by name.
  compose = leading: attributes: body:
    let
      keys = filter (key: attributes ? ${key}) leading ++ attrNames (removeAttrs attributes leading);
      line = key: "${key}: ${toJSON attributes.${key}}";
    in
    concatStringsSep "\n" ([ "---" ] ++ map line keys ++ [ "---" "" body ]);

  hasFrontMatter = text: length (lines text) > 1 && match "---[ \t]*\r?" (withoutMark (head (lines text))) != null;
  withoutMark = text: replaceStrings [ (fromJSON ''"\ufeff"'') ] [ "" ] text;

  # What stands between the two lines `---`; null where the second is not there.
  frontMatter = text:
    let
      opened = "\n" + concatStringsSep "\n" (tail (lines text));
      pieces = split "\n---[ \t]*\r?(\n|$)" opened;
    in
    if length pieces == 1 then null else head pieces;
  says = key: text: length (split "\n${key}:[ \t]*[^ \t\r\n]" (frontMatter text)) > 1;

  withoutFirstLineEnd = text: if startsWith "\n" text then substring 1 (-1) text else text;

  firstLine = body:
    let
      bare = line: let found = match "#+(.*)" line; in trim (if found == null then line else head found);
      found = filter (line: line != "") (map bare (lines body));
    in
    if found == [ ] then null else head found;

  # ---- one unit

  # Front matter as Nix attributes are spelled. An agent's `disallowedTools` is the client's own word.
  spellings = { allowedTools = "allowed-tools"; disallowedTools = "disallowed-tools"; };
  spelled = words: set: listToAttrs (map (key: { name = words.${key} or key; value = set.${key}; }) (attrNames set));

  # An attribute set: its text, and the front matter of its file.
  ofSet = { kind, name, path }: unit:
    let
      body = textOf (unit.text or (unit.prompt or ""));
      ownWords = if kind == "skills" || kind == "commands" then spellings else { };
      twice = filter (key: unit ? ${key} && unit ? ${ownWords.${key}}) (attrNames ownWords);
      said = spelled ownWords (plain (removeAttrs unit [ "text" "prompt" "description" ]))
        // (if unit ? description then { description = textOf unit.description; } else { });
      attributes = { inherit name; } // said;
      described = attributes // { description = firstNonEmpty [ (attributes.description or "") (firstLine body) name ]; };
      isComplete = isFilled attributes.name && isFilled (attributes.description or "");
    in
    if twice != [ ] then
      problem (below path (head twice)) "it stands beside `${ownWords.${head twice}}`, which is the same: write one of them"
    else if hasFrontMatter body then
      problem path "its text has front matter of its own: write those keys beside `text`"
    else if kind == "agents" && !isComplete then
      written (compose [ "name" "description" ] (described // { name = firstNonEmpty [ attributes.name name ]; }) (withoutFirstLineEnd body))
    else written (compose [ "name" ] attributes body);

  isFilled = value: isString value && value != "";
  firstNonEmpty = values: head (filter isFilled values ++ [ "" ]);

  # The client passes over an agent whose front matter says no name or no description.
  ofText = { kind, name, path }: text:
    if kind != "agents" then written text
    else if !(hasFrontMatter text) then
      written (compose [ "name" "description" ] { inherit name; description = firstNonEmpty [ (firstLine text) name ]; } (withoutFirstLineEnd text))
    else if frontMatter text == null then problem path "its front matter is never closed with `---`"
    else if says "name" text && says "description" text then written text
    else problem path "its front matter says no name or no description, and the client would pass over it: add them, or write it as an attribute set";

  isDirectory = path: pathExists (path + "/.");
  isNixFile = path: match ".*\\.nix" (baseNameOf path) != null;

  unitOf = given: at: unit:
    if isPackage unit then { unit.source = unit; problems = [ ]; }
    else if at.kind == "skills" && isPath unit && isNixFile unit then unitOf given at (import ../skill.nix given unit)
    else if isPath unit && isDirectory unit then
      if at.kind != "skills" then problem at.path "it is a directory; a file is expected"
      else if !(pathExists (unit + "/SKILL.md")) then problem at.path "it is a directory without SKILL.md"
      else { unit.source = unit; problems = [ ]; }
    else if isPath unit then ofText at (textOf unit)
    else if isString unit then ofText at unit
    else ofSet at unit;

  # ---- names

  steps = name: filter isString (split "/" name);
  stepProblem = step:
    if step == "" then "is empty"
    else if match ".*[/\\].*" step != null then "holds a slash"
    else if step == "." || step == ".." then "is no name but a direction"
    else if match "(\\.[gG][iI][tT]|[gG][iI][tT]~[0-9]+|\\.[hH][gG])(:.*)?" step != null then
      "is that of a directory from which Git or Mercurial take orders"
    else if length (split "[[:cntrl:]]" step) > 1 then "holds characters that cannot be seen"
    else if trim step != step || substring (stringLength step - 1) 1 step == "." then "starts with a blank, or ends with a blank or a dot"
    else if stringLength step > 252 then "is too long for a file name"
    else null;
  nameProblem = kind: name:
    let wrong = filter (found: found != null) (map stepProblem (if kind == "skills" then [ name ] else steps name)); in
    if wrong == [ ] then null else head wrong;

  unitsOf = given: kind: collection:
    let
      one = { name, value }:
        let
          path = below kind name;
          wrong = nameProblem kind name;
          made = unitOf given { inherit kind name path; } value;
        in
        { inherit name; }
        // (if wrong == null then made else problem path "its name ${wrong}, and cannot be the name of a file");
      all = foldl' (withoutCollision kind) { files = { }; directories = { }; units = [ ]; problems = [ ]; } (map one (members collection));
    in
    {
      units = listToAttrs (map (made: { inherit (made) name; value = made.unit; }) all.units);
      inherit (all) problems;
    };

  # One file for each path, and no file where another needs a directory. Names that differ in case are one file on some
  # systems.
  withoutCollision = kind: seen: made:
    let
      path = toLower (if kind == "skills" then "${made.name}/SKILL.md" else "${made.name}.md");
      parts = steps path;
      parents = genList (index: concatStringsSep "/" (genList (elemAt parts) (index + 1))) (length parts - 1);
      others = map (key: seen.files.${key}) (filter (key: seen.files ? ${key}) ([ path ] ++ parents))
        ++ (if seen.directories ? ${path} then [ seen.directories.${path} ] else [ ]);
      named = key: { name = key; value = below kind made.name; };
    in
    if !(made ? unit) then seen // { problems = seen.problems ++ made.problems; }
    else if others != [ ] then
      seen // { problems = seen.problems ++ (problem (below kind made.name) "its file would be in the place of that of ${head others}").problems; }
    else {
      files = seen.files // listToAttrs [ (named path) ];
      directories = listToAttrs (map named parents) // seen.directories;
      units = seen.units ++ [ made ];
      problems = seen.problems ++ made.problems;
    };
in
{ context, given ? { } }:
let
  kinds = [ "skills" "agents" "commands" "outputStyles" ];
  made = listToAttrs (map (kind: { name = kind; value = unitsOf given kind (context.${kind} or { }); }) kinds);
in
builtins.mapAttrs (_: kind: kind.units) made // { problems = concatMap (kind: made.${kind}.problems) kinds; }
