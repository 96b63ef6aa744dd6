# The content of `.mcp.json`, as src/artifacts/mcp-servers.ts makes it.
#
#   CONTEXT   ->   { document; problems = [ { path; message; } ]; }    `document` is { } when there is no server
{ programs }:
let
  inherit (builtins) concatMap concatStringsSep elem filter foldl' head isString listToAttrs map mapAttrs match removeAttrs split;
  inherit (import ./plain.nix { inherit programs; }) plain program variable word;
  inherit (import ./paths.nix) below;
  inherit (import ../context-values.nix) isPackage members;
  fit = import ./shapes.nix;

  # The client keeps these names for servers of its own, and passes over others that have them.
  reserved = [ "workspace" "claude-in-chrome" "computer-use" ];

  text = { kind = "text"; nonEmpty = false; };
  filledText = { kind = "text"; nonEmpty = true; };
  positive = { kind = "number"; integer = true; least = 1; above = null; most = null; };
  common = { timeout = positive; alwaysLoad.kind = "boolean"; };
  record = keys: required: { kind = "record"; inherit keys required; };
  stdio = record
    (common // { command = filledText; args = { kind = "list"; of = text; }; env = { kind = "map"; of = text; }; })
    [ "command" ];
  remote = record
    (common // {
      url = filledText;
      headers = { kind = "map"; of = text; };
      headersHelper = text;
      oauth = record { clientId = text; callbackPort = positive; authServerMetadataUrl = text; scopes = text; } [ ];
    })
    [ "url" ];

  # As the client writes a server's name into the names of its tools.
  toolName = name: concatStringsSep "_" (filter isString (split "[^A-Za-z0-9_-]" name));

  nonEmpty = set: removeAttrs set (filter (key: set.${key} == { } || set.${key} == [ ]) (builtins.attrNames set));

  entryOf = path: server:
    let
      isRemote = elem (server.type or "stdio") [ "http" "sse" "ws" ];
      variables = mapAttrs (_: variable);
      own =
        if isRemote then
          { inherit (server) type; }
          // (if server ? url then { inherit (server) url; } else { })
          // nonEmpty { headers = variables (server.headers or { }); }
        else
          (if server ? command then { command = word server.command; } else { })
          // nonEmpty { args = map word (server.args or [ ]); env = variables (server.env or { }); };
      others = removeAttrs server ([ "name" "type" ] ++ (if isRemote then [ "url" "headers" ] else [ "command" "args" "env" ]));
    in
    if isPackage server then fit stdio path { command = program server; }
    else fit (if isRemote then remote else stdio) path (own // plain others);

  addServer = { seen, entries, problems }: { name, value, ... }:
    let
      path = below "mcpServers" name;
      known = toolName name;
      refuse = message: { inherit seen entries; problems = problems ++ [{ inherit path message; }]; };
      entry = entryOf path value;
    in
    if elem name reserved then refuse "the client keeps the name `${name}` for itself, and would not start this server"
    else if seen ? ${known} then
      refuse "the client knows its tools by the same name as those of ${seen.${known}}: mcp__${known}__…"
    else {
      seen = seen // { ${known} = path; };
      entries = entries ++ (if entry.fits then [{ inherit name; inherit (entry) value; }] else [ ]);
      problems = problems ++ entry.problems;
    };
in
context:
let
  all = foldl' addServer { seen = { }; entries = [ ]; problems = [ ]; } (members (context.mcpServers or { }));
in
{
  document = if all.entries == [ ] then { } else { mcpServers = listToAttrs all.entries; };
  inherit (all) problems;
}
