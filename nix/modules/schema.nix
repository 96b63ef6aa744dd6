# The published schema of `claudeContext`: the one place where keys, their types and their descriptions are written.
let
  schema = builtins.fromJSON (builtins.readFile ../../schema/claude-context.schema.json);

  # "#/$defs/tool" -> "tool"
  nameOf = reference: builtins.substring 8 (builtins.stringLength reference) reference;
in
{
  inherit schema nameOf;
  definitions = schema."$defs";

  # Keys of an object; `$nix: false` only says that it is no package, path or function.
  propertiesOf = node: removeAttrs (node.properties or { }) [ "$nix" ];
}
