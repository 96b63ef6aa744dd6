lib:
let
  inherit (builtins)
    all
    filter
    listToAttrs
    map
    ;
  package = {
    type = "derivation";
    outPath = "/out";
  };
  # type -> what it takes and what it refuses.
  cases = {
    contextVersion = {
      takes = [ lib.contextVersion ];
      refuses = [ "2031-01" 2025 null ];
    };
    permissionRule = {
      takes = [
        "Bash"
        "Bash(git status)"
        "Read(~/.ssh/**)"
        "Bash(echo (a) b)"
        "mcp__nix-tools__nix-search"
        "mcp__github__get_*"
        "*"
      ];
      refuses = [
        ""
        "git status"
        "Bash("
        "Bash(git status"
        "Bash(git\nstatus)"
        [ "Bash" ]
        package
      ];
    };
    permissionMode = {
      takes = [ "default" "plan" "acceptEdits" "bypassPermissions" ];
      refuses = [ "bypass" "" null ];
    };
    toolName = {
      takes = [ "nix-search" "a" "A_1" "a__b" ];
      refuses = [ "" "nix search" "nix.search" "é" "a\n" (builtins.concatStringsSep "" (builtins.genList (_: "x") 65)) 1 ];
    };
    serverName = {
      takes = [ "nix-tools" "_x" "a" ];
      refuses = [ "" "a__b" "-x" "nix tools" "nix/tools" "../x" (builtins.concatStringsSep "" (builtins.genList (_: "x") 57)) ];
    };
    package = {
      takes = [ package ];
      refuses = [ "/out" { outPath = "/out"; } ./types.nix ];
    };
    program = {
      takes = [ "rg" ./types.nix package ];
      refuses = [ "" " \n" 1 [ "rg" ] { } ];
    };
    command = {
      takes = [ "rg --json" ./types.nix package [ package "--json" ] [ "rg" ] ];
      refuses = [ "" [ ] [ "" ] [ 1 ] null { } ];
    };
    inputSchema = {
      takes = [ { type = "object"; } ];
      refuses = [ { } { type = "string"; } "object" package [ ] ];
    };
  };
in
listToAttrs (
  map (name: {
    name = "${name} takes what it describes, and nothing else";
    value = {
      expr = {
        refused = filter (value: !(lib.types.${name}.check value)) cases.${name}.takes;
        taken = filter lib.types.${name}.check cases.${name}.refuses;
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
    expected = builtins.attrNames lib.types;
  };
  "all are what mkOptionType takes" = {
    expr = all (type: builtins.attrNames type == [ "check" "description" "name" ]) (builtins.attrValues lib.types);
    expected = true;
  };
}
