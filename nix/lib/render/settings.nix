# The content of a settings file of the client, as src/artifacts/settings.ts and hooks.ts make it.
#
#   CONTEXT   ->   { document; problems = [ { path; message; } ]; }
#
# The client reads a settings file whole or not at all: one value of a wrong type, and the rules that deny are gone with
# it. So what the client would not take is left out, and is a problem.
{ programs }:
let
  inherit (builtins)
    attrNames concatMap elem elemAt filter foldl' genList head intersectAttrs isAttrs isString length listToAttrs map mapAttrs
    match removeAttrs;
  inherit (import ./plain.nix { inherit programs; }) plain variable word;
  inherit (import ./paths.nix) below element;
  inherit (import ../context-values.nix) members toolProgram;
  fit = import ./shapes.nix;
  shapes = import ./client-shapes.nix;

  record = keys: { kind = "record"; inherit keys; required = [ ]; };
  unique = foldl' (seen: one: if elem one seen then seen else seen ++ [ one ]) [ ];
  isFilled = value: value != { } && value != [ ];
  withoutEmpty = set: removeAttrs set (filter (name: !isFilled set.${name}) (attrNames set));
  optional = condition: set: if condition then set else { };

  # Keys of a settings file that a context says elsewhere.
  ownSurfaces = [ "permissions" "env" "hooks" "model" "sandbox" ];

  rulesOfTools = tools: map (tool: "Bash(${toolProgram tool} *)")
    (filter (tool: tool.value.alwaysApprove or false == true) (members tools));

  permissionsOf = context:
    let
      said = context.permissions or { };
      lists = {
        allow = (context.autoApprove or [ ]) ++ (said.allow or [ ]) ++ rulesOfTools (context.tools or { });
        ask = said.ask or [ ];
        deny = said.deny or [ ];
        additionalDirectories = said.additionalDirectories or [ ];
      };
      own = [ "allow" "ask" "deny" "defaultMode" "additionalDirectories" "disableBypassPermissionsMode" ];
      others = fit (record shapes.permissions) "permissions" (plain (removeAttrs said own));
    in
    {
      inherit (others) problems;
      document = withoutEmpty (mapAttrs (name: list: if name == "additionalDirectories" then list else unique list) lists)
        # The client's other word for it.
        // optional (said ? defaultMode) { defaultMode = if said.defaultMode == "manual" then "default" else said.defaultMode; }
        // optional (said.disableBypassPermissionsMode or null == "disable") { disableBypassPermissionsMode = "disable"; }
        // others.value;
    };

  envOf = env:
    let
      isName = name: name != "" && match "[^=]*" name != null;
      wrong = filter (name: !isName name) (attrNames env);
    in
    {
      document = mapAttrs (_: variable) (removeAttrs env wrong);
      problems = map
        (name: {
          path = below "env" name;
          message = "no environment can hold it: a name is not empty and has no `=`";
        })
        wrong;
    };

  # What runs, by the key the client reads for each type of hook.
  subjects = { command = "command"; http = "url"; prompt = "prompt"; agent = "prompt"; mcp_tool = "tool"; };

  hookOf = path: hook:
    let
      type = hook.type or "command";
      said = filter (key: isString (word (hook.${key} or null))) [ "command" "url" "prompt" "tool" ];
      others = plain (removeAttrs hook ([ "type" ] ++ (if said == [ ] then [ ] else [ (head said) ])));
      key = subjects.${type};
      written =
        if others ? ${key} then others
        else others // { ${key} = if said == [ ] then "" else word hook.${head said}; };
      fitted = fit shapes.hooks.${type} path ({ inherit type; } // written);
    in
    if subjects ? ${type} then fitted
    else {
      fits = false;
      problems = [{
        inherit path;
        message = "the client knows no such type of hook, and would drop the file: it takes ${builtins.concatStringsSep ", " [ "command" "http" "prompt" "agent" "mcp_tool" ]}";
      }];
    };

  hooksOf = hooks:
    let
      groupOf = path: group:
        let
          fitted = genList (index: hookOf (element "${path}.hooks" index) (elemAt group.hooks index)) (length group.hooks);
          written = map (one: one.value) (filter (one: one.fits) fitted);
        in
        {
          problems = concatMap (one: one.problems) fitted;
          document = optional (written != [ ])
            (optional (group.matcher or "" != "") { inherit (group) matcher; } // { hooks = written; });
        };
      events = mapAttrs
        (event: groups: genList (index: groupOf (element (below "hooks" event) index) (elemAt groups index)) (length groups))
        hooks;
    in
    {
      document = withoutEmpty (mapAttrs (_: groups: filter isFilled (map (one: one.document) groups)) events);
      problems = concatMap (event: concatMap (one: one.problems) events.${event}) (attrNames events);
    };

  settingsOf = settings:
    let
      misplaced = attrNames (intersectAttrs (listToAttrs (map (name: { inherit name; value = null; }) ownSurfaces)) settings);
      fitted = fit (record shapes.settings) "settings" (plain (removeAttrs settings misplaced));
    in
    {
      document = fitted.value;
      problems = fitted.problems ++ map
        (name: { path = below "settings" name; message = "it has its own place in a context, beside `settings`"; })
        misplaced;
    };

  sandboxOf = sandbox:
    let fitted = fit shapes.sandbox "sandbox" (plain sandbox); in
    { document = if isAttrs fitted.value then fitted.value else { }; inherit (fitted) problems; };
in
context:
let
  surfaces = {
    permissions = permissionsOf context;
    env = envOf (context.env or { });
    hooks = hooksOf (context.hooks or { });
    sandbox = sandboxOf (context.sandbox or { });
  };
  others = settingsOf (context.settings or { });
in
{
  document = withoutEmpty (mapAttrs (_: surface: surface.document) surfaces)
    // optional (context ? model) { inherit (context) model; }
    // others.document;
  problems = concatMap (surface: surface.problems)
    [ surfaces.hooks surfaces.permissions surfaces.env surfaces.sandbox others ];
}
