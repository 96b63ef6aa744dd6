# As much of nixpkgs' `lib` and its module system as our modules use, for machines without nixpkgs. It is no copy: it
# merges lists, sets and values by priority and says the same in the cases that our tests have, which run with the real
# one, too (nixpkgs.modules.ts). What it does not know (assertions about types, orders, extended modules) is not tested with it.
let
  inherit (builtins)
    attrNames concatLists concatMap concatStringsSep elem elemAt filter foldl' genList head intersectAttrs isAttrs isFunction
    isList isPath length listToAttrs map mapAttrs removeAttrs tail toJSON toString;

  showOption = concatStringsSep ".";
  showDefs = defs: concatStringsSep "" (map (def: "\n- In `${toString def.file}'${showValue def.value}") defs);
  # Texts and numbers; of all else the file has to do.
  showValue = value:
    if isAttrs value || isList value || isFunction value || isPath value then "" else ": ${toJSON value}";

  # ---- marks

  mkIf = condition: content: { _type = "if"; inherit condition content; };
  mkMerge = contents: { _type = "merge"; inherit contents; };
  mkOverride = priority: content: { _type = "override"; inherit priority content; };
  isMark = type: value: isAttrs value && (value._type or null) == type;

  discharge = value:
    if isMark "if" value then (if value.condition then discharge value.content else [ ])
    else if isMark "merge" value then concatMap discharge value.contents
    else [ value ];

  # One level of a tree: a mark on a set is one on each of its values, so that no condition is asked for too early.
  spread = def:
    let
      inherit (def) value;
      pushed = mark: map (below: below // { value = mapAttrs (_: mark) below.value; }) (spread (def // { value = value.content; }));
    in
    if isMark "if" value then pushed (mkIf value.condition)
    else if isMark "merge" value then concatMap (content: spread (def // { value = content; })) value.contents
    else if isMark "override" value then pushed (mkOverride value.priority)
    else [ def ];

  prioritised = def: map
    (value:
      if isMark "override" value then def // { value = value.content; inherit (value) priority; }
      else def // { inherit value; priority = 100; })
    (discharge def.value);

  strongest = defs:
    let
      all = concatMap prioritised defs;
      best = foldl' (least: def: if def.priority < least then def.priority else least) 9999 all;
    in
    map (def: removeAttrs def [ "priority" ]) (filter (def: def.priority == best) all);

  # ---- values

  mergeDefinitions = loc: type: defs:
    let
      final = strongest defs;
      wrong = filter (def: !(type.check def.value)) final;
    in
    {
      definitions = final;
      isDefined = final != [ ];
      value =
        if wrong != [ ] then
          throw "A definition for option `${showOption loc}' is not of type `${type.description}'. Definition values:${showDefs wrong}"
        else if final == [ ] then throw "The option `${showOption loc}' was accessed but has no value defined. Try setting the option."
        else type.merge loc final;
    };

  mergeEqualOption = loc: defs:
    let others = filter (def: length defs > 1 && def.value != (head defs).value) (tail defs); in
    if others == [ ] then (head defs).value
    else throw "The option `${showOption loc}' has conflicting definition values:${showDefs [ (head defs) (head others) ]}";

  mkOptionType = type: { _type = "option-type"; getSubOptions = _: { }; } // type;
  values = defs: map (def: def.value) defs;

  types = rec {
    raw = mkOptionType { name = "raw"; description = "raw value"; check = _: true; merge = mergeEqualOption; };
    bool = mkOptionType { name = "bool"; description = "boolean"; check = builtins.isBool; merge = mergeEqualOption; };

    listOf = type: mkOptionType {
      name = "listOf";
      description = "list of ${type.description}";
      check = isList;
      getSubOptions = prefix: type.getSubOptions (prefix ++ [ "*" ]);
      merge = loc: defs: concatMap
        (def: genList
          (index: (mergeDefinitions (loc ++ [ "[definition ${toString index}]" ]) type [ (def // { value = elemAt def.value index; }) ]).value)
          (length def.value))
        defs;
    };

    attrsOf = type: mkOptionType {
      name = "attrsOf";
      description = "attribute set of ${type.description}";
      check = isAttrs;
      getSubOptions = prefix: type.getSubOptions (prefix ++ [ "<name>" ]);
      merge = loc: defs:
        let
          names = attrNames (foldl' (all: def: all // def.value) { } defs);
          of = name: mergeDefinitions (loc ++ [ name ]) type
            (concatMap (def: if def.value ? ${name} then [ (def // { value = def.value.${name}; }) ] else [ ]) defs);
        in
        listToAttrs (concatMap (name: let merged = of name; in if merged.isDefined then [{ inherit name; inherit (merged) value; }] else [ ]) names);
    };

    nullOr = type: type // {
      name = "nullOr";
      description = "null or ${type.description}";
      check = value: value == null || type.check value;
      merge = loc: defs:
        if builtins.all (value: value == null) (values defs) then null
        else if elem null (values defs) then throw "The option `${showOption loc}' is defined both null and not null, in:${showDefs defs}"
        else type.merge loc defs;
    };

    either = first: second: mkOptionType {
      name = "either";
      description = "${first.description} or ${second.description}";
      check = value: first.check value || second.check value;
      getSubOptions = prefix: first.getSubOptions prefix // second.getSubOptions prefix;
      merge = loc: defs:
        if builtins.all first.check (values defs) then first.merge loc defs
        else if builtins.all second.check (values defs) then second.merge loc defs
        else throw "The option `${showOption loc}' has conflicting definition values:${showDefs defs}";
    };

    coercedTo = from: change: to: to // {
      name = "coercedTo";
      check = value: from.check value || to.check value;
      merge = loc: defs: to.merge loc (map (def: if from.check def.value then def // { value = change def.value; } else def) defs);
    };

    submodule = module: mkOptionType {
      name = "submodule";
      description = "submodule";
      check = isAttrs;
      getSubOptions = prefix: (evalModules { modules = [ module ]; inherit prefix; }).options;
      merge = loc: defs: (evalModules {
        modules = [ module ] ++ map (def: { _file = def.file; config = def.value; }) defs;
        prefix = loc;
      }).config;
    };
  };

  # ---- modules

  evalModules = { modules, specialArgs ? { }, prefix ? [ ] }:
    let
      # What a module names is looked up only when it is used: it may come from another module.
      argument = name: { inherit config options lib; }.${name} or (specialArgs.${name} or (fromModules name));
      fromModules = name: head (concatMap
        (def: if def.value ? _module then map (args: args.${name}) (filter (args: args ? ${name}) [ def.value._module.args ]) else [ ])
        given);

      load = file: module:
        if isPath module || builtins.isString module then load (toString module) (import module)
        else if isFunction module then
          structured file (module (mapAttrs (name: _: argument name) (builtins.functionArgs module)))
        else structured file module;
      structured = file: module:
        let body = removeAttrs module [ "_file" "key" "imports" "freeformType" ]; in
        {
          file = module._file or file;
          key = module.key or file;
          imports = module.imports or [ ];
          options = module.options or { };
          freeform = if module ? freeformType then [ module.freeformType ] else [ ];
          config = if module ? config || module ? options then module.config or { } else body;
        };
      withImports = module: concatMap (imported: withImports (load module.file imported)) module.imports ++ [ module ];
      # A module that is imported twice counts once.
      once = foldl' (seen: module: if elem module.key (map (other: other.key) seen) && module.key != "<anonymous>" then seen else seen ++ [ module ]) [ ];
      all = once (concatMap (module: withImports (load "<anonymous>" module)) modules);

      given = concatMap (module: spread { inherit (module) file; value = module.config; }) all;
      freeform = concatMap (module: module.freeform) all;

      declared = foldl' mergeTrees { } (map (module: module.options) all);
      mergeTrees = a: b: a // mapAttrs (name: value: if a ? ${name} && !(isMark "option" value) then mergeTrees a.${name} value else value) b;

      definitionsOf = name: defs:
        concatMap (def: if def.value ? ${name} then [ (def // { value = def.value.${name}; }) ] else [ ]) defs;

      # { config; options; } of one level.
      level = loc: tree: defs:
        let
          unknown = filter (name: !(tree ? ${name}) && name != "_module") (concatMap (def: attrNames def.value) defs);
          result = mapAttrs
            (name: node:
              let
                here = definitionsOf name defs;
                below = loc ++ [ name ];
              in
              if isMark "option" node then option below node here
              else level below node (concatMap spread here))
            tree;
          free = map (def: def // { value = removeAttrs def.value (attrNames tree ++ [ "_module" ]); }) defs;
          others = if unknown == [ ] then { } else (mergeDefinitions loc (head freeform) free).value;
        in
        {
          config =
            if unknown != [ ] && (freeform == [ ] || loc != prefix) then
              throw "The option `${showOption (loc ++ [ (head unknown) ])}' does not exist. Definition values:${showDefs (definitionsOf (head unknown) defs)}"
            else others // mapAttrs (_: node: node.config) result;
          # What is declared can be asked before what is defined is known.
          options = mapAttrs (_: node: node.options) result;
        };

      option = loc: node: here:
        let
          default = if node ? default then [{ file = "<default>"; value = mkOverride 1500 node.default; }] else [ ];
          merged = mergeDefinitions loc (node.type or types.raw) (default ++ here);
        in
        {
          config = merged.value;
          options = node // {
            inherit loc;
            inherit (merged) value;
            isDefined = here != [ ];
            definitionsWithLocations = merged.definitions;
          };
        };

      evaluated = level prefix declared given;
      inherit (evaluated) config options;
    in
    { inherit config options; };

  lib = {
    inherit evalModules mergeEqualOption mkIf mkMerge mkOptionType mkOverride types;
    inherit (builtins) all any filter mapAttrs;
    literalExpression = text: { _type = "literalExpression"; inherit text; };
    mkOption = option: option // { _type = "option"; };
    mkDefault = mkOverride 1000;
    mkForce = mkOverride 50;
    nameValuePair = name: value: { inherit name value; };
    mapAttrs' = f: set: listToAttrs (map (name: f name set.${name}) (attrNames set));
    filterAttrs = keep: set: removeAttrs set (filter (name: !(keep name set.${name})) (attrNames set));
    optional = condition: value: if condition then [ value ] else [ ];
    optionalAttrs = condition: set: if condition then set else { };
  };
in
lib
