# Types of options, made from the published schema.
#
#   import ./types.nix { inherit lib; } NODE   ->   { type; written; }
#
#   type      what the module system checks and merges. Lists add up, attribute sets merge by name; of all else, two
#             definitions must say the same
#   written   the merged value without what nobody set
#
# An option that nobody set is null. A null that somebody wrote stays only where the schema has a place for it: under
# names of the user's own (`constraints.<id>.require.policies.<id>`) and in plain values.
{ lib }:
let
  inherit (builtins)
    attrNames concatStringsSep elem filter head intersectAttrs isAttrs isBool isFloat isFunction isInt isList isPath isString
    length listToAttrs map mapAttrs replaceStrings split;
  inherit (import ./schema.nix) definitions nameOf propertiesOf;
  inherit (import ../lib/context-values.nix) isPackage memberName;
  inherit (lib) mkOption mkOptionType types;

  listOf = value: if isList value then value else [ value ];

  read = node: if node ? "$ref" then named (nameOf node."$ref") else structural node;

  named = name: special.${name} or (structural definitions.${name});

  special = {
    json = { type = plainValue; written = value: value; };
    jsonObject = { type = plainSet; written = value: value; };
    clientObject = { type = plainSet; written = value: value; };
    # Words of one command: those of another definition are another command.
    commandLine = leaf definitions.commandLine (value:
      if isList value then lib.all (fits definitions.program) value else fits definitions.commandLine value);
    mcpServer = oneOf (leaf definitions.mcpServer isPackage) (attributes (definitions.mcpServer // {
      properties = propertiesOf definitions.localServer // propertiesOf definitions.remoteServer // {
        # Each of the two names its own.
        type = definitions.remoteServer.properties.type // {
          enum = [ definitions.localServer.properties.type.const ] ++ definitions.remoteServer.properties.type.enum;
        };
      };
    }));
  };

  structural = node:
    if node ? not then leaf node (_: false)
    else if node ? "if" && node ? "else" then textUnit node
    else if node ? const || node ? enum then leaf node (value: elem value (node.enum or [ node.const ]))
    else if isCollection node then collection node
    else if elem "array" (listOf node.type) then list node
    else if isSet node then (if propertiesOf node == { } then namedSet node else attributes node)
    else leaf node (fits node);

  isCollection = node: listOf node.type == [ "object" "array" ];
  isSet = node: elem "object" (listOf node.type) && !isOwnWord node;
  # A package, a path or a function, as JSON shows it.
  isOwnWord = node: elem "$nix" (node.required or [ ]) || (node.properties."$nix" or false) != false;

  # ---- leaves

  leaf = node: check: {
    type = mkOptionType {
      name = "claude";
      description = node."x-expected" or (inWords node);
      descriptionClass = "nonRestrictiveClause";
      inherit check;
      merge = lib.mergeEqualOption;
    };
    written = value: value;
  };

  inWords = node:
    if node ? enum then "one of ${concatStringsSep ", " (map builtins.toJSON node.enum)}"
    else if node ? const then builtins.toJSON node.const
    else concatStringsSep " or " (map kindInWords (listOf node.type));
  kindInWords = kind: { boolean = "true or false"; integer = "a whole number"; number = "a number"; string = "a string"; }.${kind};

  fits = node: value:
    lib.any (kind: fitsKind kind node value) (listOf node.type)
    && (!(isString value && node ? pattern) || matches node.pattern value)
    && (!(isInt value && node ? minimum) || value >= node.minimum)
    && (!((isInt value || isFloat value) && node ? exclusiveMinimum) || value > node.exclusiveMinimum);

  fitsKind = kind: node: value:
    if kind == "string" then isString value
    else if kind == "boolean" then isBool value
    else if kind == "integer" then isInt value
    else if kind == "number" then isInt value || isFloat value
    else if kind == "null" then value == null
    else if kind == "object" then isOwnWord node && lib.any (word: isNamedBy word value) (wordsOf node.properties."$nix")
    else false;

  wordsOf = said: said.enum or [ said.const ];
  isNamedBy = word: value:
    if word == "package" then isPackage value
    else if word == "path" then isPath value
    else isFunction value || (isAttrs value && value ? __functor);

  # The schema's patterns are JavaScript's; of its classes they use these two.
  matches = pattern: text:
    length (split (replaceStrings [ "\\S" "\\d" ] [ "[^[:space:]]" "[0-9]" ] pattern) text) > 1;

  # ---- plain values

  isScalar = value:
    value == null || isString value || isBool value || isInt value || isFloat value || isPath value || isPackage value;
  scalar = (leaf definitions.json isScalar).type;
  # Without end: they hold themselves.
  withoutOptions = type: node: type // { description = node."x-expected"; getSubOptions = _: { }; };
  plainValue = withoutOptions (types.either scalar (types.either (types.listOf plainValue) plainSet)) definitions.json;
  plainSet = withoutOptions (types.attrsOf plainValue) definitions.jsonObject;

  # ---- sets and lists

  list = node:
    let
      items = if node ? items then read node.items else special.json;
      scalars = filter (kind: kind != "array") (listOf node.type);
      several = { type = types.listOf items.type; written = map items.written; };
    in
    if scalars == [ ] then several
    else oneOf (leaf (node // { type = scalars; }) (fits (node // { type = scalars; }))) several;

  # Names of the user's own.
  namedSet = node:
    let members = read node.additionalProperties; in
    {
      type = types.attrsOf members.type // lib.optionalAttrs (node ? "x-expected") { description = node."x-expected"; };
      written = mapAttrs (_: members.written);
    };

  # By name, or a list whose members say their names.
  collection = node:
    let
      set = namedSet node;
      entry = value:
        let name = memberName value; in
        if name == null then throw "${node."x-expected"}: a member of this list says no name" else { inherit name value; };
      byName = members:
        let
          entries = map entry members;
          names = map (one: one.name) entries;
          twice = filter (name: length (filter (other: other == name) names) > 1) names;
        in
        if twice != [ ] then throw "${node.title}: two members of one list have the name `${head twice}`"
        else listToAttrs entries;
      aList = mkOptionType { name = "list"; description = "list"; check = isList; merge = lib.mergeEqualOption; };
    in
    set // {
      type = types.coercedTo aList byName set.type // { description = node."x-expected"; };
    };

  # Keys that are known; others are plain values where the schema lets them be.
  attributes = node:
    let
      properties = propertiesOf node;
      members = mapAttrs (_: read) properties;
      required = node.required or [ ];
      options = mapAttrs (key: property: optionOf { inherit property; required = elem key required; }) properties;
      isOpen = (node.additionalProperties or false) != false;
    in
    {
      type = types.submodule ({ inherit options; } // lib.optionalAttrs isOpen {
        freeformType = types.attrsOf plainValue;
      }) // { description = node."x-expected" or "an attribute set"; };
      written = value:
        let
          set = filter (key: !(properties ? ${key}) || value.${key} != null) (attrNames value);
          kept = intersectAttrs (listToAttrs (map (name: { inherit name; value = null; }) set)) value;
        in
        mapAttrs (key: item: if members ? ${key} then members.${key}.written item else item) kept;
    };

  # A text, path or package, or an attribute set that says the same in Nix.
  textUnit = node:
    let
      own = {
        type = [ "object" ] ++ filter (kind: kind == "string") (listOf node.type);
        required = [ "$nix" ];
        inherit (node."then") properties;
      };
      set = node."else"."then" or node."else";
    in
    oneOf (leaf node (fits own)) (read set);

  oneOf = first: second: {
    type = types.either first.type second.type // { inherit (first.type) description; inherit (second.type) getSubOptions; };
    written = value: if first.type.check value then first.written value else second.written value;
  };

  # ---- options

  # null: nobody set it.
  optionOf = { property, required ? false }:
    let inherit (read property) type; in
    mkOption ({
      type = if required then type else types.nullOr type // { inherit (type) description; };
      description = property.description;
    } // lib.optionalAttrs (!required) { default = null; }
      // lib.optionalAttrs ((property.examples or [ ]) != [ ]) { example = exampleOf (head property.examples); });

  # What JSON cannot say.
  exampleOf = example:
    if example."$nix" or null == "package" then lib.literalExpression "pkgs.${(builtins.parseDrvName example.name).name}"
    else if example."$nix" or null == "function" then lib.literalExpression "{ before, after, changes }: [ ]"
    else example;
in
{ inherit optionOf read; }
