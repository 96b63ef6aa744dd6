# What `mkMcpServer` is given, without mistakes -> what its program reads.
#
#   { document; environment; packages; programs; digest; }
#
#   document     as schema/mcp-tools.schema.json describes it: packages and paths are places in the store, with their
#                context, so that whatever it is written into depends on them
#   environment  variables of the server
#   packages     those whose programs a command may name by themselves
#   programs     [ { tool; path; } ]: those that commands name by their place in the store
#   digest       of all that the server does, but for how its packages were built
server:
let
  inherit (builtins)
    attrNames
    concatLists
    filter
    fromJSON
    hasAttr
    hashFile
    hashString
    head
    isAttrs
    isInt
    isList
    isPath
    isString
    listToAttrs
    map
    mapAttrs
    parseDrvName
    pathExists
    readFile
    removeAttrs
    split
    storeDir
    stringLength
    substring
    tail
    toJSON
    ;
  mainProgram = import ./main-program.nix;
  describedText = import ./described-text.nix;

  schema = fromJSON (readFile ../../schema/mcp-tools.schema.json);
  entries = import ./mcp-entries.nix server.tools;

  # How programs and other words are written: by their places in the store, or by what they are called.
  places = {
    program = package: (mainProgram package).path;
    package = package: "${package}";
    path = path: "${path}";
    text = text: text;
    directory = text: text;
  };
  names = {
    program = package: "${names.package package}/${(mainProgram package).name}";
    # A version says what a package does; of one without, such as a script, only what it is built of does.
    package =
      package:
      if (parseDrvName (package.name or "")).version != "" then
        package.name
      else
        describedText "${package}";
    # A directory, unlike a file, has no other hash.
    path =
      path: if pathExists "${toString path}/." then describedText "${path}" else hashFile "sha256" path;
    text = describedText;
    # Of a whole flake, all may be run that is in it.
    directory = text: describedText "${text}/.";
  };

  said =
    words: value:
    if isInt value then
      toString value
    else if isAttrs value then
      words.package value
    else if isPath value then
      words.path value
    else
      words.text value;

  commandOf =
    words: tool:
    let
      command = tool.command or tool.pkg;
      program = value: if isAttrs value then words.program value else said words value;
    in
    if isList command then
      [ (program (head command)) ] ++ map (said words) (tail command)
    else if isString command then
      words.text command
    else
      [ (program command) ];

  variables = words: mapAttrs (_: said words);

  toolOf =
    words:
    { tool, name, ... }:
    removeAttrs tool [ "pkg" ]
    // {
      inherit name;
      description = if isPath tool.description then readFile tool.description else tool.description;
      command = commandOf words tool;
    }
    // (if tool ? env then { env = variables words tool.env; } else { })
    // (if tool ? cwd then { cwd = said (words // { text = words.directory; }) tool.cwd; } else { });

  documentIn =
    words:
    listToAttrs (
      map (name: {
        inherit name;
        value = server.${name};
      }) (filter (key: hasAttr key server) (attrNames schema.properties))
    )
    // {
      tools = map (toolOf words) entries;
    };

  packages =
    (server.runtimeInputs or [ ])
    ++ concatLists (
      map ({ tool, ... }: if tool ? pkg && tool ? command then [ tool.pkg ] else [ ]) entries
    );

  programIn = command: head (split "[[:space:]]" (if isList command then head command else command));
  inStore = program: substring 0 (stringLength storeDir + 1) program == "${storeDir}/";
in
{
  inherit packages;
  document = documentIn places;
  environment = variables places (server.env or { });

  programs = filter ({ path, ... }: inStore path) (
    map (
      { tool, name, ... }:
      {
        tool = name;
        path = programIn (commandOf places tool);
      }
    ) entries
  );

  digest = hashString "sha256" (
    describedText (toJSON [
      (documentIn names)
      (variables names (server.env or { }))
      (map names.package packages)
    ])
  );
}
