# Turns any value into plain data, without letting one broken value hide its neighbours.
#
#   (import ./extract.nix { token; label; }) value   ->   node
#
# Uses only builtins that Nix 2.8 has in pure mode. Every set is wrapped: a user's attribute can never be mistaken for
# a marker, and an attribute called outPath or __toString can never make the JSON printer collapse the set.
#
#   null | bool | int | float | string     themselves, without string context
#   [ node ]                               list
#   { a = { NAME = node; }; p = { NAME = [ FILE LINE COLUMN ]; }; }   attribute set with positions
#   { _ = KIND; ... }                      function | derivation | path | source | string-like | integer | error |
#                                          cut | skipped | external | imported
{ token            # random for each run: evaluated code can add frames to an error, but not with this
, label            # names the value handed in; paths in frames and in `skip` are "LABEL:PATH"
, maxDepth         # levels below the value handed in
, maxWidth         # attributes in a set, elements in a list
, maxFiles         # files listed below a directory
, positionWidth    # sets and lists wider than this carry no positions, nor do values in them
, positions ? true # false: none at all
, skill ? null     # what a `.nix` file stands for among the skills of the value handed in; null: for itself
, catch ? true     # false: the first throw or assert ends the run, so that its message can be read
, skip ? { }       # { "LABEL:PATH" = true; }: values to leave alone
}:
let
  inherit (builtins)
    addErrorContext attrNames baseNameOf deepSeq dirOf elem elemAt filter foldl' functionArgs genList hashFile head
    isAttrs isInt isString length listToAttrs map match pathExists readDir removeAttrs seq toJSON toString tryEval typeOf
    unsafeDiscardStringContext unsafeGetAttrPos;

  plain = unsafeDiscardStringContext;

  # Nix 2.26 and later refuse invalid UTF-8 while printing. Forced here, the failure falls under a frame with a path.
  text = value: let bare = plain value; in seq (toJSON bare) bare;

  # What is not forced under its frame fails later without one.
  now = value: deepSeq value value;

  step = name: if match "[A-Za-z_][A-Za-z0-9_'-]*" name != null then name else toJSON name;
  below = path: name: if path == "" then step name else "${path}.${step name}";
  element = path: index: "${path}[${toString index}]";
  place = path: "${label}:${path}";

  # tryEval catches only throw and assert. All else (abort, type errors, missing attributes, endless recursion) ends
  # the process; the innermost of these frames then says which value did it, and the next run skips it.
  frame = path: addErrorContext "@nixclaude ${token} ${toJSON (place path)}";
  attempt = value: if catch then tryEval value else { success = true; inherit value; };

  guard = path: show: value:
    if skip ? ${place path} then { _ = "skipped"; }
    else frame path (
      let tried = attempt value; in
      if tried.success then show tried.value else { _ = "error"; });

  positionOf = set: name:
    let position = unsafeGetAttrPos name set; in
    if position == null then null else [ (plain position.file) position.line position.column ];

  # Where members of a set or list stand; of interest down to the members of `skills`.
  standsIn = level: name:
    if skill == null then null
    else if level.at == "context" && name == "skills" then "skills"
    else if level.at == "skills" then "skill"
    else null;

  showSet = level: path: set:
    let
      names = attrNames set;
      placed = level.positions && length names <= positionWidth;
      next = name: { depth = level.depth - 1; positions = placed; at = standsIn level name; inList = false; };
    in
    if length names > maxWidth then { _ = "cut"; limit = "width"; count = length names; }
    else {
      a = listToAttrs (map
        (name:
          let path' = below path name; in
          { inherit name; value = guard path' (show (next name) path') set.${name}; })
        names);
    } // (if placed then {
      p = listToAttrs (filter (entry: entry.value != null)
        (map (name: { inherit name; value = positionOf set name; }) names));
    } else { });

  showList = level: path: list:
    let
      count = length list;
      next = {
        depth = level.depth - 1;
        positions = level.positions && count <= positionWidth;
        at = standsIn level null;
        inList = true;
      };
    in
    if count > maxWidth then { _ = "cut"; limit = "width"; inherit count; }
    else genList
      (index: let path' = element path index; in guard path' (show next path') (elemAt list index))
      count;

  # A package: only what says which program it is. Its derivation is never forced, nothing is built.
  showDerivation = path: package:
    let
      field = set: name: if set ? ${name} then attempt set.${name} else { success = true; value = null; };
      meta = field package "meta";
      fields = {
        name = field package "name";
        pname = field package "pname";
        version = field package "version";
        mainProgram =
          if meta.success && isAttrs meta.value then field meta.value "mainProgram" else meta // { value = null; };
      };
      names = attrNames fields;
    in
    if !(foldl' (good: name: good && fields.${name}.success) true names) then { _ = "error"; }
    else now ({ _ = "derivation"; } // listToAttrs (map
      (name: { inherit name; value = text fields.${name}.value; })
      (filter (name: isString fields.${name}.value) names)));

  storePath = "${builtins.storeDir}/[0-9a-z]{32}-[^/]*";
  isStoreRoot = string: match ".*${storePath}" string != null;
  isInStore = string: match ".*${storePath}(/.*)?" string != null;

  # Kind of a file without following a symlink; readFileType is younger than 2.8.
  kindOf = path:
    let string = toString path; in
    if !(isInStore string) then "outside"
    else if isStoreRoot string then (if pathExists (path + "/.") then "directory" else "regular")
    else if !(pathExists (dirOf path)) then "missing"
    else (readDir (dirOf path)).${plain (baseNameOf path)} or "missing";

  hash = path: { sha256 = hashFile "sha256" path; };

  filesBelow = directory: prefix: left:
    let kinds = readDir directory; in
    foldl'
      (found: name:
        let
          kind = kinds.${name};
          relative = if prefix == "" then name else "${prefix}/${name}";
        in
        if found.left <= 0 then found // { truncated = true; }
        else if kind == "directory" then
          let inner = filesBelow (directory + "/${name}") relative found.left; in
          {
            inherit (inner) left;
            files = found.files ++ inner.files;
            truncated = found.truncated || inner.truncated;
          }
        else found // {
          left = found.left - 1;
          files = found.files ++ [
            ({ path = text relative; inherit kind; } // (if kind == "regular" then hash (directory + "/${name}") else { }))
          ];
        })
      { inherit left; files = [ ]; truncated = false; }
      (attrNames kinds);

  showPath = path:
    let kind = kindOf path; base = { _ = "path"; path = text (toString path); inherit kind; }; in
    now (
      if kind == "regular" then base // hash path
      else if kind == "directory" then base // { inherit (filesBelow path "" maxFiles) files truncated; }
      else base);

  isNixFile = value:
    (typeOf value == "path" || isInStore value) && match ".*/[^/]+\\.nix" (toString value) != null
    && kindOf value == "regular";

  # As if what is in the file stood in its place. In a list it has the name of its file, unless it says another.
  showSkill = level: path: file:
    let
      named = value:
        if level.inList && isAttrs value && !(value ? outPath) && !(value ? name)
        then { name = head (match "(.*)\\.nix" (baseNameOf (plain (toString file)))); } // value
        else value;
      node = guard path (value: show (level // { depth = level.depth - 1; }) path (named value)) (skill file);
      place = text (toString file);
    in
    if level.positions then seq place { _ = "imported"; file = place; inherit node; } else node;

  # JSON readers keep integers exactly only up to 2^53.
  showInteger = value:
    if value > 9007199254740991 || value < -9007199254740991 then { _ = "integer"; text = toString value; } else value;

  show = level: path: value:
    let
      type = typeOf value;
      isSkill = level.at == "skill" && elem type [ "path" "string" ] && isNixFile value;
      says = name: word:
        value ? ${name} && (let tried = tryEval value.${name}; in tried.success && isString tried.value && tried.value == word);
    in
    if isSkill then (if level.depth <= 0 then { _ = "cut"; limit = "depth"; } else showSkill level path value)
    else if type == "string" then text value
    else if isInt value then showInteger value
    # JSON has no infinity: some versions print null, others what no reader takes.
    else if type == "float" then
      (if value - value == 0.0 then value else { _ = "external"; type = "number without an end"; })
    else if type == "bool" || type == "null" then value
    else if type == "path" then showPath value
    else if type == "lambda" then { _ = "function"; arguments = attrNames (functionArgs value); }
    else if type == "list" then
      (if level.depth <= 0 then { _ = "cut"; limit = "depth"; } else showList level path value)
    else if type != "set" then { _ = "external"; inherit type; }
    else if says "type" "derivation" then showDerivation path value
    else if value ? outPath && (says "_type" "flake" || value ? narHash || (value ? inputs && value ? sourceInfo))
    then now { _ = "source"; text = text (toString value.outPath); }
    else if level.depth <= 0 then { _ = "cut"; limit = "depth"; }
    else if value ? __toString || value ? outPath then
      let string = text (toString value); in
      seq string {
        _ = "string-like";
        text = string;
        set = showSet level path (removeAttrs value [ "__toString" "outPath" ]);
      }
    else showSet level path value;
in
value: guard "" (show { depth = maxDepth; inherit positions; at = "context"; inList = false; } "") value
