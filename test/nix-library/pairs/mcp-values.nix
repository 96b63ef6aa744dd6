_:
let
  values = import ../../../nix/lib/mcp-values.nix;
  inherit (builtins)
    filter
    listToAttrs
    map
    ;
  package = {
    type = "derivation";
    outPath = "/out";
  };
  # kind -> what it takes and what it refuses.
  cases = {
    toolName = {
      takes = [
        "nix-search"
        "a"
        "A_1"
        "a__b"
      ];
      refuses = [
        ""
        "nix search"
        "nix.search"
        "é"
        "a\n"
        (builtins.concatStringsSep "" (builtins.genList (_: "x") 65))
        1
      ];
    };
    serverName = {
      takes = [
        "nix-tools"
        "_x"
        "a"
      ];
      refuses = [
        ""
        "a__b"
        "-x"
        "nix tools"
        "nix/tools"
        "../x"
        (builtins.concatStringsSep "" (builtins.genList (_: "x") 57))
      ];
    };
    package = {
      takes = [ package ];
      refuses = [
        "/out"
        { outPath = "/out"; }
        ./types.nix
      ];
    };
    program = {
      takes = [
        "rg"
        ./types.nix
        package
      ];
      refuses = [
        ""
        " \n"
        1
        [ "rg" ]
        { }
      ];
    };
    command = {
      takes = [
        "rg --json"
        ./types.nix
        package
        [
          package
          "--json"
        ]
        [ "rg" ]
      ];
      refuses = [
        ""
        [ ]
        [ "" ]
        [ 1 ]
        null
        { }
      ];
    };
    inputSchema = {
      takes = [ { type = "object"; } ];
      refuses = [
        { }
        { type = "string"; }
        "object"
        package
        [ ]
      ];
    };
  };
in
listToAttrs (
  map (name: {
    name = "${name} takes what it describes, and nothing else";
    value = {
      expr = {
        refused = filter (value: !(values.${name}.check value)) cases.${name}.takes;
        taken = filter values.${name}.check cases.${name}.refuses;
      };
      expected = {
        refused = [ ];
        taken = [ ];
      };
    };
  }) (builtins.attrNames cases)
)
// {
  "all are tried" = {
    expr = builtins.attrNames cases;
    expected = builtins.attrNames values;
  };
}
