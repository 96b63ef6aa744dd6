# Where the values of an evaluated module were defined, as its options know it.
#
#   options -> [ { path = [ STEP ]; file; value; } ]    one for each definition that counts
#
# `options` is what lib.evalModules returns under that name, or a part of it. The modules' own system merges values,
# and merged values have no positions; their definitions still have the ones of the files they stand in.
let
  inherit (builtins)
    attrNames concatLists elem filter isAttrs isList length map seq toString tryEval typeOf;

  # Options of options are values; what is deeper is no tree of options, or has no end.
  maxDepth = 16;

  # An option that throws says nothing, and hides no other.
  listOr = list:
    let tried = tryEval (if isList list then seq (length list) list else [ ]); in
    if tried.success then tried.value else [ ];

  isOption = value: value ? _type && (let tried = tryEval value._type; in tried.success && tried.value == "option");

  definition = path: { file ? "", value, ... }: {
    inherit path value;
    file = if elem (typeOf file) [ "string" "path" ] then toString file else "";
  };

  walk = depth: path: value:
    let
      forced = tryEval value;
      below = name: walk (depth - 1) (path ++ [ name ]) value.${name};
    in
    if depth == 0 || !forced.success || !isAttrs value then [ ]
    else if isOption value then map (definition path) (listOr (value.definitionsWithLocations or [ ]))
    # The system's own options.
    else concatLists (map below (filter (name: name != "_module") (attrNames value)));
in
walk maxDepth [ ]
