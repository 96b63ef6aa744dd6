# What may stand in the argument of `mkMcpServer`: `{ description; check; }` by name.
let
  inherit (builtins)
    head
    isAttrs
    isList
    isPath
    isString
    match
    ;
  matches = pattern: value: isString value && match pattern value != null;
  isPackage = value: isAttrs value && value.type or null == "derivation";
  isProgram =
    value: isString value && match "[[:space:]]*" value == null || isPath value || isPackage value;
in
{
  package = {
    description = "package";
    check = isPackage;
  };

  program = {
    description = "program: text, a path or a package";
    check = isProgram;
  };

  command = {
    description = "command: text, a path, a package, or a list that starts with one";
    check = value: if isList value then value != [ ] && isProgram (head value) else isProgram value;
  };

  # The client and the API take up to 64 of these characters, with the server's name in front.
  toolName = {
    description = "name of a tool: 1 to 64 of A-Z a-z 0-9 _ -";
    check = matches "[A-Za-z0-9_-]{1,64}";
  };

  # `__` would make the end of the server's name and the start of the tool's a matter of opinion in `mcp__a__b__c`. The
  # name is that of a program, too, which `-` in front would make an option of.
  serverName = {
    description = "name of an MCP server: 1 to 56 of A-Z a-z 0-9 _ -, no - first, no two _ in a row";
    check = value: matches "[A-Za-z0-9_][A-Za-z0-9_-]{0,55}" value && !(matches ".*__.*" value);
  };

  # The client and the API call a tool with named arguments.
  inputSchema = {
    description = "JSON Schema with type = \"object\"";
    check = value: isAttrs value && !(isPackage value) && value.type or null == "object";
  };
}
