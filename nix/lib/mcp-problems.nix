# What is wrong with the argument of `mkMcpServer`, all of it: [ "tools[0].command: …" ].
server:
let
  inherit (builtins)
    attrNames
    concatLists
    concatStringsSep
    elem
    elemAt
    filter
    fromJSON
    genList
    groupBy
    hasAttr
    head
    isAttrs
    isInt
    isList
    isPath
    isString
    length
    match
    readFile
    stringLength
    typeOf
    ;
  values = import ./mcp-values.nix;
  mcpRule = import ./mcp-rule.nix;
  problemsInJson = import ./json-problems.nix;

  schema = fromJSON (readFile ../../schema/mcp-tools.schema.json);
  keysOfServer = attrNames schema.properties ++ [
    "description"
    "env"
    "runtimeInputs"
  ];
  toolSchema = schema."$defs".tool.properties;
  keysOfTool = attrNames toolSchema ++ [ "pkg" ];

  optional = condition: problem: if condition then [ problem ] else [ ];
  isBlank = text: match "[[:space:]]*" text != null;
  isPackage = values.package.check;
  isText = value: isString value && !(isBlank value);

  unknownIn =
    path: known: set:
    map (key: "${path}${key}: there is no such key; there are ${concatStringsSep ", " known}") (
      filter (key: !(elem key known)) (attrNames set)
    );

  # What may be there, and has to be `what` then.
  given =
    set: path: key: what: holds:
    optional (
      hasAttr key set && !(holds set.${key})
    ) "${path}${key}: should be ${what}; it is ${show set.${key}}";
  show =
    value:
    if isString value then
      (if isBlank value then "blank" else "a string")
    else if isPackage value then
      "a package"
    else
      {
        set = "an attribute set";
        list = "a list";
        lambda = "a function";
        int = toString value;
        bool = if value then "true" else "false";
        null = "null";
      }
      .${typeOf value} or "a ${typeOf value}";

  isCount = maximum: value: isInt value && value >= 1 && value <= maximum;
  isValue = value: isString value || isInt value || isPath value || isPackage value;
  isVariables =
    value:
    isAttrs value
    && !(isPackage value)
    && filter (key: !(isValue value.${key})) (attrNames value) == [ ];
  text = value: if isInt value then toString value else "${value}";

  entries = import ./mcp-entries.nix server.tools;
  hasTools =
    isList (server.tools or null) || isAttrs (server.tools or null) && !(isPackage server.tools);

  named = filter (entry: isString entry.name) entries;

  problemsOfName =
    {
      path,
      tool,
      key,
      name,
    }:
    let
      rule = mcpRule server.name name;
      where = if tool ? name then "${path}.name" else path;
    in
    if name == null then
      [ "${path}.name: missing; in a list every tool says its name" ]
    else if key != null && name != key then
      [
        "${path}.name: is ${
          if isString name then "`${name}`" else show name
        }, and the attribute says `${key}`; leave one of them out"
      ]
    else if !(values.toolName.check name) then
      [
        "${where}: ${if isString name then "`${name}`" else show name} is no ${values.toolName.description}"
      ]
    else
      optional (values.serverName.check (server.name or null) && stringLength rule > 64)
        "${where}: `${rule}`, as the API is told, has ${toString (stringLength rule)} characters; 64 are allowed";

  problemsOfCommand =
    path: command:
    let
      wrong =
        index:
        "${path}.command[${toString index}]: should be text, a path, a package or an integer; it is ${show (elemAt command index)}";
      words = filter (index: !(isValue (elemAt command index))) (genList (index: index) (length command));
    in
    if isList command then
      if command == [ ] then
        [ "${path}.command: empty; it starts with a program" ]
      else
        map wrong words
        ++ optional (
          words == [ ] && !(values.command.check command)
        ) "${path}.command[0]: should be a program; it is ${show (head command)}"
    else if isString command && isBlank command then
      [ "${path}.command: empty; it starts with a program" ]
    else
      optional (
        !(values.command.check command)
      ) "${path}.command: should be text, a list of words, a path or a package; it is ${show command}";

  problemsOfSchema =
    tool: path: key:
    if !(hasAttr key tool) then
      [ ]
    else if !(isAttrs tool.${key}) || isPackage tool.${key} then
      [ "${path}.${key}: should be a JSON Schema in an attribute set; it is ${show tool.${key}}" ]
    else
      problemsInJson "${path}.${key}" tool.${key};

  problemsOfTool =
    entry@{ path, tool, ... }:
    if !(isAttrs tool) || isPackage tool then
      [
        "${path}: should be a tool such as { name = …; description = …; command = …; }; it is ${show tool}"
      ]
    else
      problemsOfName entry
      ++ unknownIn "${path}." keysOfTool tool
      ++ optional (
        !(tool ? description)
      ) "${path}.description: missing; Claude decides by it when to call the tool"
      ++ given tool "${path}." "description" "text, or the path of a text file" (
        value: isText value || isPath value
      )
      ++ given tool "${path}." "title" "text" isText
      ++ given tool "${path}." "cwd" "text or a path" (value: isText value || isPath value)
      ++ given tool "${path}." "env" "an attribute set of texts" isVariables
      ++ given tool "${path}." "annotations" "an attribute set" (
        value: isAttrs value && !(isPackage value)
      )
      ++ given tool "${path}." "timeoutMs" "milliseconds, 1 to ${toString toolSchema.timeoutMs.maximum}" (
        isCount toolSchema.timeoutMs.maximum
      )
      ++ given tool "${path}." "outputLimit" "bytes, 1 to ${toString toolSchema.outputLimit.maximum}" (
        isCount toolSchema.outputLimit.maximum
      )
      ++ given tool "${path}." "pkg" "a package" isPackage
      ++ problemsOfSchema tool path "inputSchema"
      ++ optional (
        isAttrs (tool.inputSchema or null)
        && !(isPackage tool.inputSchema)
        && !(values.inputSchema.check tool.inputSchema)
      ) "${path}.inputSchema.type: should be \"object\": a tool is called with named arguments"
      ++ problemsOfSchema tool path "outputSchema"
      ++ (
        if isAttrs (tool.annotations or null) && !(isPackage tool.annotations) then
          unknownIn "${path}.annotations." (attrNames toolSchema.annotations.properties) tool.annotations
          ++ problemsInJson "${path}.annotations" tool.annotations
        else
          [ ]
      )
      ++ (
        if tool ? command then
          problemsOfCommand path tool.command
        else
          optional (!(tool ? pkg)) "${path}.command: missing; name a program, or a package with `pkg`"
      );

  # The second and any further tool with one name; in an attribute set there is none.
  namesakes = groupBy (entry: entry.name) named;
  repeated = concatLists (
    map (
      { path, name, ... }:
      let
        first = (head namesakes.${name}).path;
      in
      optional (path != first) "${path}.name: `${name}` is the name of ${first} already"
    ) named
  );
in
if !(isAttrs server) || isPackage server then
  [ "the argument should be { name = …; tools = …; }; it is ${show server}" ]
else
  optional (!(server ? name)) "name: missing"
  ++
    optional (server ? name && !(values.serverName.check server.name))
      "name: ${
        if isString server.name then "`${server.name}`" else show server.name
      } is no ${values.serverName.description}"
  ++ unknownIn "" keysOfServer server
  ++ given server "" "version" "a version such as \"1.2.0\", which is part of the package's name" (
    value: isString value && match "[0-9A-Za-z.+_-]+" value != null
  )
  ++ given server "" "instructions" "text" isString
  ++ given server "" "description" "text" isText
  ++ given server "" "env" "an attribute set of texts, by names of variables" (
    value:
    isVariables value
    && filter (key: match "[A-Za-z_][A-Za-z0-9_]*" key == null) (attrNames value) == [ ]
  )
  ++ given server "" "runtimeInputs" "a list of packages" (
    value: isList value && filter (item: !(isPackage item)) value == [ ]
  )
  ++ (
    if !(server ? tools) then
      [ "tools: missing" ]
    else if !hasTools then
      [ "tools: should be a list of tools, or an attribute set of them; it is ${show server.tools}" ]
    else
      optional (entries == [ ]) "tools: empty; a server offers at least one tool"
      ++ concatLists (map problemsOfTool entries)
      ++ repeated
  )
