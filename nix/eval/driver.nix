# Evaluates several flakes, whose inputs are already resolved, in one process.
#
#   inputs   source id -> locked tree: the inputs of the generated flake, all `flake = false`, fetched when needed
#   graph    what to evaluate (src/nix/tool-flake.ts writes it):
#     nodes    { ID = { source; dir; flake; inputs = { NAME = ID; }; }; }    inputs of the flakes
#     flakes   { NAME = { source; dir; inputs = { NAME = ID; }; attribute; native; }; }
#     hybrids  the same, with `like`: the flake whose tree it has, or null, and `unhashed`: { PATH = SOURCE-ID; }, inputs
#              whose store path has to be asked for. What is asked of them is asked beside the flakes, and never
#              instead: whatever fails in them leaves the flakes alone.
#     when     "always" | "if-sides-differ": then no hybrid is looked at where `before` and `after` are the same
#     wanted   [ ID ]: nodes whose own context is asked for
#     wantedByHybrids [ ID ]: further ones that only hybrids have
#     dates    { SOURCE-ID = { lastModified; lastModifiedDate; }; }    where Nix would take them from the disk
#     attribute [ STEP ]: what to look for in the nodes
#     limits
#   A source is { flake = NAME; } (the tree of that flake or hybrid), { input = ID; }, or { tree = { type; ... }; }.
#   `native` is null, or the reference by which Nix itself resolves the flake (input graphs that have no order).
{ inputs
, graph
, token
, catch ? true
, skip ? { }
, hybrids ? true    # false: as if there were none
}:
let
  inherit (builtins)
    addErrorContext any attrNames elem elemAt filter functionArgs genList getFlake isAttrs isFunction isList length
    listToAttrs map mapAttrs nixVersion seq stringLength substring toJSON unsafeDiscardStringContext unsafeGetAttrPos;

  # Nix 2.21 to 2.29 find each position by reading the file again from its start: large sets would take seconds.
  positionsAreSlow =
    builtins.compareVersions nixVersion "2.21" >= 0 && builtins.compareVersions nixVersion "2.30" < 0;
  positionWidth = if positionsAreSlow then 64 else graph.limits.maxWidth;

  frame = label: addErrorContext "@nixclaude ${token} ${toJSON label}";
  extractor = arguments: import ./extract.nix (graph.limits // { inherit token catch skip positionWidth; } // arguments);
  extract = label: extractor { inherit label; };

  # A context, in which skills may be written as `.nix` files; of what a flake has as its input `nixpkgs`, they get
  # what is the same on every machine.
  extractContext = arguments: inputs: extractor (arguments // { skill = import ./skill.nix (offered inputs); });
  offered = inputs:
    let
      nixpkgs = inputs.nixpkgs or { };
      packages = nixpkgs.legacyPackages or { };
      systems = filter (system: packages ? ${system}) ([ "x86_64-linux" ] ++ attrNames packages);
    in
    (if nixpkgs ? lib then { inherit (nixpkgs) lib; } else { })
    // (if systems == [ ] then { } else { pkgs = packages.${elemAt systems 0}; });

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

  specs = graph.flakes // graph.hybrids;

  sourceOf = source:
    if source ? flake then sourceOf specs.${source.flake}.source
    else if source ? input then (inputs.${source.input}.sourceInfo or inputs.${source.input}) // graph.dates.${source.input} or { }
    else trees.${toJSON source.tree};

  trees = listToAttrs (filter (entry: entry != null) (map
    (name:
      let source = specs.${name}.source; in
      if source ? tree then { name = toJSON source.tree; value = withoutCommit (fetchTree source.tree); } else null)
    (attrNames specs)));

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

  presentBy = show: attribute: result:
    let found = find attribute result; in
    if !found.present then { present = false; }
    else { present = true; inherit (found) position; node = show found.value; };
  present = label: presentBy (extract label);

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

  # A flake with its inputs, not yet looked at.
  open = spec:
    let
      sourceInfo = sourceOf spec.source;
      called = call {
        inherit sourceInfo;
        outPath = join sourceInfo.outPath spec.dir;
        inputs = resultsOf spec.inputs;
      };
      native = getFlake spec.native;
    in
    {
      inherit native;
      inherit (called) flake;
      root = rootOf sourceInfo;
      unlocked = if spec.native == null then unlockedOf called.flake spec.inputs else [ ];
      result = if spec.native == null then called.result else native;
      inputs = if spec.native == null then resultsOf spec.inputs else native.inputs;
    };

  declaredIn = label: flake: {
    declared = extract "${label}#inputs" (flake.inputs or { });
    nixConfig = if flake ? nixConfig then extract "${label}#nixConfig" flake.nixConfig else null;
  };

  # Only where Nix resolved the inputs itself; otherwise they are among the nodes.
  foreignIn = label: spec: { native, ... }:
    if spec.native == null then { }
    else mapAttrs
      (name: input: framed "${label}/${name}" {
        context = present "${label}/${name}" graph.attribute input;
        root = rootOf (input.sourceInfo or input);
      })
      native.inputs;

  evaluate = label: spec:
    let opened = open spec; in
    framed label ({
      inherit (opened) root unlocked;
      context =
        if opened.unlocked != [ ] then { present = false; }
        else presentBy (extractContext { inherit label; } opened.inputs) spec.attribute opened.result;
      inputs = foreignIn label spec opened;
      definitions = definitionsIn label spec.attribute opened;
    } // declaredIn label opened.flake);

  # Says only where values stand: when anything is wrong with it, all of it is left out.
  definitionsIn = label: attribute: { result, unlocked, ... }:
    let
      place = "${label}#options";
      last = length attribute - 1;
      options = find (genList (i: elemAt attribute i + (if i == last then "Options" else "")) (length attribute)) result;
      isBroken = any (name: substring 0 (stringLength place + 1) name == "${place}:") (attrNames skip);
    in
    if !catch || isBroken || unlocked != [ ] || !options.present then null
    else extract place (import ./definitions.nix options.value);

  flakes = mapAttrs evaluate graph.flakes;

  contextsOf = show: ids: listToAttrs (map
    (id: {
      name = id;
      value = framed id {
        context = show id graph.attribute nodes.${id}.result;
        root = rootOf nodes.${id}.sourceInfo;
      };
    })
    ids);
  contexts = contextsOf present graph.wanted;

  # A value that throws as a whole is nothing to compare with: forced here, it ends the run with its own words.
  presentLoudly = label: attribute: result:
    let found = find attribute result; in
    if found.present then seq found.value (present label attribute result) else found;

  # What extract.nix made, without positions: as hybrids have it.
  bare = node:
    if isList node then map bare node
    else if !isAttrs node then node
    else if node ? a then { a = mapAttrs (_: bare) node.a; }
    else if node ? node then bare node.node
    else if node ? set then node // { set = bare node.set; }
    else node;
  bareContext = { present, node ? null, ... }: if present then { node = bare node; } else { };

  # What could make a difference between two flakes, as far as Nix can tell.
  comparable = mapAttrs
    (label: spec: {
      context = bareContext flakes.${label}.context;
      nixConfig = bare flakes.${label}.nixConfig;
      inputs =
        if spec.native == null
        then mapAttrs (_: id: if elem id graph.wanted then bareContext contexts.${id}.context else { }) spec.inputs
        else mapAttrs (_: input: bareContext input.context) flakes.${label}.inputs;
    })
    graph.flakes;
  isNeeded = hybrids && graph.hybrids != { } && (graph.when == "always" || comparable.before != comparable.after);

  # The nearer side first: what changes nothing is told in a word.
  sidesLike = like:
    let names = filter (name: graph.flakes ? ${name}) [ "after" "before" ]; in
    filter (name: name == like) names ++ filter (name: name != like) names;

  # As `presentLoudly`, without positions.
  presentHybrid = label: spec: { result, inputs, ... }:
    let
      found = find spec.attribute result;
      # Without a side there is nothing to compare with, and it is looked at outside all frames.
      node = frame label (seq found.value
        (extractContext { inherit label; positions = false; } inputs found.value));
      same = filter (name: comparable.${name}.context == { inherit node; }) (sidesLike spec.like);
    in
    if !found.present then { present = false; }
    else { present = true; } // (if same == [ ] then { inherit node; } else { same = elemAt same 0; });

  evaluateHybrid = label: spec:
    let opened = open spec; in
    if skip ? ${label} then null
    else framed label ({
      inherit (opened) root unlocked;
      context = if opened.unlocked == [ ] then presentHybrid label spec opened else { present = false; };
      inputs = foreignIn label spec opened;
      unhashed = framed label (mapAttrs (_: id: rootOf inputs.${id}) spec.unhashed);
    } // (if spec.like == null then declaredIn label opened.flake else { }));
in
{
  # Store paths of the trees: asked for alone when an error has to be placed.
  roots = mapAttrs (_: spec: rootOf (sourceOf spec.source)) specs;
  evaluation = {
    inherit nixVersion flakes;
    inherit (builtins) storeDir;
    nodes = contexts;
  } // (if !isNeeded then { } else {
    hybrids = mapAttrs evaluateHybrid graph.hybrids;
    hybridNodes = contextsOf presentLoudly (filter (id: !(skip ? ${id})) graph.wantedByHybrids);
  });

  # For checks.nix: a context as it is, in which functions are still functions, and the way to print what they return.
  extract = extractor;
  contextOf = from:
    let opened = open graph.flakes.${from.flake}; in
    if from ? node then (find graph.attribute nodes.${from.node}.result).value
    else if from ? input then (find graph.attribute opened.native.inputs.${from.input}).value
    else (find graph.flakes.${from.flake}.attribute opened.result).value;
}
