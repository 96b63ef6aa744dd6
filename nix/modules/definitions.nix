# The definitions of options, as blame reads them: without the marks of the module system.
#
#   { NAME = OPTION; }   ->   { NAME = { _type = "option"; definitionsWithLocations = [ { file; value; } ]; }; }
#
# The module system takes `mkIf`, `mkMerge` and `mkForce` off a definition as a whole; inside one they are still
# there. Attributes are never mapped, since Nix would forget where they stand.
let
  inherit (builtins) attrNames concatMap filter isAttrs map mapAttrs;

  isMark = value: isAttrs value && value ? _type && builtins.elem value._type [ "if" "merge" "override" "order" ];
  isSet = value: isAttrs value && !(value ? _type) && (value.type or null) != "derivation";

  # Any number of values for one: each says a part of it.
  parts = depth: value:
    if isMark value then concatMap (parts depth) (contentsOf value)
    else if depth == 0 || !isSet value then [ value ]
    else
      let
        marked = filter (name: holdsMark (depth - 1) value.${name}) (attrNames value);
        rest = removeAttrs value marked;
        below = name: map (part: { ${name} = part; }) (parts (depth - 1) value.${name});
      in
      (if rest == { } && marked != [ ] then [ ] else [ rest ]) ++ concatMap below marked;

  contentsOf = mark:
    if mark._type == "if" then (if mark.condition then [ mark.content ] else [ ])
    else if mark._type == "merge" then mark.contents
    else [ mark.content ];

  holdsMark = depth: value:
    isMark value || (depth > 0 && isSet value && builtins.any (name: holdsMark (depth - 1) value.${name}) (attrNames value));

  # Deeper than any option is, and an end for what has none.
  maxDepth = 8;

  # null is what nobody set.
  withoutMarks = { file, value, ... }:
    if value == null then [ ] else map (part: { inherit file; value = part; }) (parts maxDepth value);
in
mapAttrs (_: option: {
  _type = "option";
  definitionsWithLocations = concatMap withoutMarks option.definitionsWithLocations;
})
