# Attribute paths as reports write them: `mcpServers."a b".args[0]`.
let
  inherit (builtins) match toJSON toString;
  step = name: if match "[A-Za-z_][A-Za-z0-9_'-]*" name != null then name else toJSON name;
in
{
  below = path: name: if path == "" then step name else "${path}.${step name}";
  element = path: index: "${path}[${toString index}]";
}
