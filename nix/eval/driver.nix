# Evaluates several flakes, whose inputs are already resolved, in one process.
#
#   inputs   source id -> locked tree: the inputs of the generated flake, all `flake = false`, fetched when needed
#   graph    what to evaluate (src/nix/tool-flake.ts writes it):
#     nodes    { ID = { source; dir; flake; inputs = { NAME = ID; }; }; }    inputs of the flakes
#     flakes   { NAME = { source; dir; inputs = { NAME = ID; }; attribute; native; }; }
#     wanted   [ ID ]: nodes whose own context is asked for
#     dates    { SOURCE-ID = { lastModified; lastModifiedDate; }; }    where Nix would take them from the disk
#     attribute [ STEP ]: what to look for in the nodes
#     limits
#   A source is { flake = NAME; } (the tree of that flake), { input = ID; }, or { tree = { type; ... }; }.
#   `native` is null, or the reference by which Nix itself resolves the flake (input graphs that have no order).
{ inputs
, graph
, token
, catch ? true
, skip ? { }
}:
let
  inherit (builtins)
    addErrorContext attrNames elem elemAt filter functionArgs getFlake isAttrs isFunction length listToAttrs map
    mapAttrs nixVersion toJSON unsafeDiscardStringContext unsafeGetAttrPos;

  # Nix 2.21 to 2.29 find each position by reading the file again from its start: large sets would take seconds.
  positionsAreSlow =
    builtins.compareVersions nixVersion "2.21" >= 0 && builtins.compareVersions nixVersion "2.30" < 0;
  positionWidth = if positionsAreSlow then 64 else graph.limits.maxWidth;

  frame = label: addErrorContext "@nixclaude ${token} ${toJSON label}";
  extract = label: value:
    import ./extract.nix (graph.limits // { inherit token catch skip positionWidth label; }) value;

  join = base: dir: if dir == "" then base else base + "/" + dir;
  rootOf = source: unsafeDiscardStringContext "${source}";

  # What Nix does with a flake once its inputs are known.
  call = { sourceInfo, outPath, inputs }:
    let
      flake = import (outPath + "/flake.nix");
      outputs = flake.outputs (inputs // { self = result; });
      result = outputs // sourceInfo // { inherit outPath inputs outputs sourceInfo; _type = "flake"; };
    in
    { inherit flake result; };

  # The commit that carries a tree is ours and says nothing: it must not show up as a change of `self.rev`.
  withoutCommit = info: info // {
    rev = "0000000000000000000000000000000000000000";
    shortRev = "0000000";
    lastModified = 0;
    lastModifiedDate = "19700101000000";
  };

  sourceOf = source:
    if source ? flake then sourceOf graph.flakes.${source.flake}.source
    else if source ? input then (inputs.${source.input}.sourceInfo or inputs.${source.input}) // graph.dates.${source.input} or { }
    else trees.${toJSON source.tree};

  trees = listToAttrs (filter (entry: entry != null) (map
    (name:
      let source = graph.flakes.${name}.source; in
      if source ? tree then { name = toJSON source.tree; value = withoutCommit (fetchTree source.tree); } else null)
    (attrNames graph.flakes)));

  nodes = mapAttrs
    (_: node:
      let
        sourceInfo = sourceOf node.source;
        outPath = join sourceInfo.outPath node.dir;
      in
      {
        inherit sourceInfo;
        result =
          if node.flake then (call { inherit sourceInfo outPath; inputs = resultsOf node.inputs; }).result
          else sourceInfo // { inherit sourceInfo outPath; };
      })
    graph.nodes;
  resultsOf = mapAttrs (_: id: nodes.${id}.result);

  # The value at an attribute path, where it stands, or that it is not there.
  find = attribute: set:
    let
      walk = index: value:
        if !(isAttrs value && value ? ${elemAt attribute index}) then { present = false; }
        else if index + 1 < length attribute then walk (index + 1) value.${elemAt attribute index}
        else {
          present = true;
          value = value.${elemAt attribute index};
          position =
            let position = unsafeGetAttrPos (elemAt attribute index) value; in
            if position == null then null
            else [ (unsafeDiscardStringContext position.file) position.line position.column ];
        };
    in
    walk 0 set;

  present = label: attribute: result:
    let found = find attribute result; in
    if !found.present then { present = false; }
    else { present = true; inherit (found) position; node = extract label found.value; };

  # Inputs that the flake asks for and the lock file does not have.
  unlockedOf = flake: locked:
    let
      formals = if isFunction flake.outputs then functionArgs flake.outputs else { };
      declared = attrNames (flake.inputs or { });
      required = filter (name: !formals.${name} && !(elem name declared)) (attrNames formals);
    in
    filter (name: name != "self" && !(locked ? ${name})) (declared ++ required);

  # A frame reaches no further than the value it wraps: attributes are forced later, each under a frame of its own.
  framed = label: mapAttrs (_: frame label);

  evaluate = label: spec:
    let
      sourceInfo = sourceOf spec.source;
      called = call {
        inherit sourceInfo;
        outPath = join sourceInfo.outPath spec.dir;
        inputs = resultsOf spec.inputs;
      };
      native = getFlake spec.native;
      unlocked = if spec.native == null then unlockedOf called.flake spec.inputs else [ ];
      result = if spec.native == null then called.result else native;
    in
    framed label {
      root = rootOf sourceInfo;
      inherit unlocked;
      declared = extract "${label}#inputs" (called.flake.inputs or { });
      nixConfig = if called.flake ? nixConfig then extract "${label}#nixConfig" called.flake.nixConfig else null;
      context = if unlocked == [ ] then present label spec.attribute result else { present = false; };
      # Only where Nix resolved the inputs itself; otherwise they are among the nodes.
      inputs =
        if spec.native == null then { }
        else mapAttrs
          (name: input: framed "${label}/${name}" {
            context = present "${label}/${name}" graph.attribute input;
            root = rootOf (input.sourceInfo or input);
          })
          native.inputs;
    };
in
{
  # Store paths of the trees: asked for alone when an error has to be placed.
  roots = mapAttrs (_: spec: rootOf (sourceOf spec.source)) graph.flakes;
  evaluation = {
    inherit nixVersion;
    inherit (builtins) storeDir;
    flakes = mapAttrs evaluate graph.flakes;
    nodes = listToAttrs (map
      (id: {
        name = id;
        value = framed id {
          context = present id graph.attribute nodes.${id}.result;
          root = rootOf nodes.${id}.sourceInfo;
        };
      })
      graph.wanted);
  };
}
