# What the client takes for one value of a file: the shapes of src/artifacts/shapes.ts, in client-shapes.nix.
#
#   fit SHAPE PATH VALUE   ->   { fits; value; problems = [ { path; message; } ]; }
#
# `value` is without all that the client would not take, each with a problem under its path. Of lists and sets only the
# members that do not fit are left out; `fits` is false when nothing is left.
let
  inherit (builtins)
    all any attrNames concatMap concatStringsSep elem elemAt filter genList head isAttrs isBool isFloat isInt isList
    isString length listToAttrs map match toJSON;
  inherit (import ./paths.nix) below element;

  anything = { kind = "any"; };
  taken = value: { fits = true; inherit value; problems = [ ]; };
  refused = path: message: { fits = false; value = null; problems = [{ inherit path message; }]; };

  fit = shape: path: value:
    if isList value && shape.kind == "list" then fitList shape path value
    else if isAttrs value && shape.kind == "map" then fitEntries (_: shape.of) path value
    else if isAttrs value && shape.kind == "record" then fitRecord shape path value
    else if shape.kind == "either" then fitEither shape path value
    else if accepts shape value then taken value
    else refused path "the client takes ${inWords shape} here";

  fitList = shape: path: value:
    let fitted = genList (index: fit shape.of (element path index) (elemAt value index)) (length value); in
    {
      fits = true;
      value = map (one: one.value) (filter (one: one.fits) fitted);
      problems = concatMap (one: one.problems) fitted;
    };

  fitEntries = shapeOf: path: value:
    let fitted = map (name: { inherit name; } // fit (shapeOf name) (below path name) value.${name}) (attrNames value); in
    {
      fits = true;
      value = listToAttrs (filter (one: one.fits) fitted);
      problems = concatMap (one: one.problems) fitted;
    };

  fitRecord = shape: path: value:
    let
      missing = filter (key: !(value ? ${key})) shape.required;
      entries = fitEntries (key: shape.keys.${key} or anything) path value;
    in
    if missing != [ ] then refused path "the client takes it only with `${head missing}`"
    else entries // { fits = all (key: entries.value ? ${key}) shape.required; };

  # The first alternative that takes all of it; else what the first of the same type leaves of it.
  fitEither = { shapes, ... }: path: value:
    let
      isNear = shape: if isList value then shape.kind == "list" else isAttrs value && elem shape.kind [ "map" "record" ];
      near = filter isNear shapes;
    in
    if any (takesAll value) shapes then taken value
    else if near != [ ] then fit (head near) path value
    else refused path "the client takes ${concatStringsSep " or " (map inWords shapes)} here";

  takesAll = value: shape: let fitted = fit shape "" value; in fitted.fits && fitted.problems == [ ];

  accepts = shape: value: {
    any = true;
    boolean = isBool value;
    text = isString value && (value != "" || !shape.nonEmpty);
    # Fewer than the client takes: one with a scheme and a host.
    url = isString value && match "[A-Za-z][A-Za-z0-9+.-]*://[^[:space:]]+" value != null;
    number = (isInt value || isFloat value) && isWithin shape value;
    word = isString value && elem value shape.words;
    list = false;
    map = false;
    record = false;
  }.${shape.kind};

  isWithin = { integer, least, above, most, ... }: value:
    (least == null || value >= least)
    && (above == null || value > above)
    && (most == null || value <= most)
    && (!integer || isInt value);

  inWords = shape: {
    any = "any value";
    boolean = "true or false";
    text = if shape.nonEmpty then "a string that is not empty" else "a string";
    number = numberInWords shape;
    url = "an address";
    word = concatStringsSep " or " (map toJSON shape.words);
    list = "a list";
    map = "an attribute set";
    record = "an attribute set";
    either = concatStringsSep " or " (map inWords shape.shapes);
  }.${shape.kind};

  numberInWords = { integer, least, above, most, ... }: concatStringsSep " " (
    [ (if integer then "a whole number" else "a number") ]
    ++ (if least == null then [ ] else [ "from ${toJSON least}" ])
    ++ (if above == null then [ ] else [ "above ${toJSON above}" ])
    ++ (if most == null then [ ] else [ "up to ${toJSON most}" ])
  );
in
fit
