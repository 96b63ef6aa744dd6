# Tools of the argument of `mkMcpServer`, a list or an attribute set, each with where it stands.
#
#   mcpEntries [ { name = "a"; … } ]   ->   [ { path = "tools[0]"; key = null; tool = { … }; name = "a"; } ]
#   mcpEntries { a = { … }; }          ->   [ { path = "tools.a"; key = "a"; tool = { … }; name = "a"; } ]
tools:
let
  inherit (builtins)
    attrNames
    elemAt
    genList
    isList
    length
    map
    ;
  entry = path: key: tool: {
    inherit path key tool;
    name = tool.name or key;
  };
in
if isList tools then
  genList (index: entry "tools[${toString index}]" null (elemAt tools index)) (length tools)
else
  map (key: entry "tools.${key}" key tools.${key}) (attrNames tools)
