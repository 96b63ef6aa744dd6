# What values of a claudeContext look like, for those who check before the gate does: `{ name; description; check; }`
# each, which is what nixpkgs' `lib.mkOptionType` takes.
#
#   options.rules = lib.mkOption { type = lib.types.listOf (lib.mkOptionType nixclaude.lib.types.permissionRule); };
#
# They tell shapes apart. What a rule means, and whether the client reads it, only `nixclaude check` says.
let
  inherit (builtins)
    concatStringsSep
    elem
    fromJSON
    isAttrs
    isList
    isPath
    isString
    match
    readFile
    ;
  schema = fromJSON (readFile ../../schema/claude-context.schema.json);
  inherit (schema) properties;
  modes = schema."$defs".mode.enum;

  type = name: description: check: { inherit name description check; };
  matches = pattern: value: isString value && match pattern value != null;
  isPackage = value: isAttrs value && value.type or null == "derivation";
  isProgram = value: isString value && match "[[:space:]]*" value == null || isPath value || isPackage value;
in
{
  contextVersion =
    type "contextVersion" "the version \"${properties.version.const}\""
      (value: value == properties.version.const);

  # `Tool` or `Tool(specifier)`, on one line.
  permissionRule =
    type "permissionRule" "permission rule such as \"Bash(git status)\""
      (matches "[A-Za-z*_][A-Za-z0-9_*.-]*(\\([^\n]*\\))?");

  permissionMode = type "permissionMode" "one of ${concatStringsSep ", " modes}" (value: elem value modes);

  # The client and the API take up to 64 of these characters, with the server's name in front.
  toolName = type "toolName" "name of a tool: 1 to 64 of A-Z a-z 0-9 _ -" (matches "[A-Za-z0-9_-]{1,64}");

  # `__` would make the end of the server's name and the start of the tool's a matter of opinion in `mcp__a__b__c`.
  serverName =
    type "serverName" "name of an MCP server: 1 to 56 of A-Z a-z 0-9 _ -, no - first, no two _ in a row"
      (value: matches "[A-Za-z0-9_][A-Za-z0-9_-]{0,55}" value && !(matches ".*__.*" value));

  inherit (rec {
    package = type "package" "package" isPackage;
    program = type "program" "program: text, a path or a package" isProgram;
    command =
      type "command" "command: text, a path, a package, or a list that starts with one"
        (value: if isList value then value != [ ] && isProgram (builtins.head value) else isProgram value);
  })
    package
    program
    command
    ;

  # JSON Schema of what a tool is given: the client and the API take objects.
  inputSchema = type "inputSchema" "JSON Schema with type = \"object\"" (
    value: isAttrs value && !(isPackage value) && value.type or null == "object"
  );
}
