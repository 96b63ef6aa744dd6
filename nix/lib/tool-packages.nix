# The packages of a context's tools: what Claude is told to use has to be on PATH.
context:
let
  inherit (import ./context-values.nix) members;
in
builtins.concatMap (tool: if tool.value ? pkg then [ tool.value.pkg ] else [ ]) (members (context.tools or { }))
