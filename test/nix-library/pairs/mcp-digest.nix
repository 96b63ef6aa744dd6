# Two servers have one digest when they do the same: it is in the name of the package, by which the gate knows it.
_:
let
  digest = server: (import ../../../nix/lib/mcp-document.nix server).digest;
  package =
    hash: name:
    derivation {
      inherit name hash;
      system = "none";
      builder = "/bin/sh";
    };
  # One version, built of different things.
  jq = package "a" "jq-1.7";
  jqRebuilt = package "b" "jq-1.7";
  jqBumped = package "a" "jq-1.8";

  tool = {
    name = "t";
    description = "d";
    command = "jq .";
  };
  server =
    changes:
    digest (
      {
        name = "s";
        tools = [ tool ];
      }
      // changes
    );
  ofTool = changes: server { tools = [ (tool // changes) ]; };
  same = a: b: {
    expr = a == b;
    expected = true;
  };
  differs = a: b: {
    expr = a == b;
    expected = false;
  };
  # Two commits of a flake.
  tree =
    commit:
    builtins.path {
      name = "source";
      path = ./. + "/../trees/${commit}";
    };
  inTrees = expected: changes: {
    expr = ofTool (changes (tree "a")) == ofTool (changes (tree "b"));
    inherit expected;
  };
in
{
  "is the same for a list and a set" = same (server { }) (server {
    tools.t = removeAttrs tool [ "name" ];
  });
  "is the same for a package that was built anew" = same (ofTool { pkg = jq; }) (ofTool {
    pkg = jqRebuilt;
  });
  "is the same for a word with a package that was built anew" =
    same (ofTool { command = "${jq}/bin/jq ."; })
      (ofTool {
        command = "${jqRebuilt}/bin/jq .";
      });
  "is the same for what only the package says of itself" = same (server { }) (server {
    description = "x";
  });

  "differs with the command" = differs (server { }) (ofTool {
    command = "rm -rf .";
  });
  "differs with a word of the command" =
    differs
      (ofTool {
        command = [
          "jq"
          "."
        ];
      })
      (ofTool {
        command = [
          "jq"
          ".."
        ];
      });
  "differs with the version of a package" = differs (ofTool { pkg = jq; }) (ofTool {
    pkg = jqBumped;
  });
  "differs with the version of a command's package" = differs (ofTool { command = [ jq ]; }) (ofTool {
    command = [ jqBumped ];
  });
  "differs with the version in a word" = differs (ofTool { command = "${jq}/bin/jq"; }) (ofTool {
    command = "${jqBumped}/bin/jq";
  });
  "differs with the text of a script, which has no version" =
    differs (ofTool { command = package "exit 2" "guard"; })
      (ofTool {
        command = package "exit 0" "guard";
      });
  "differs with the text of a script in a word" =
    differs (ofTool { command = "${package "exit 2" "guard"}/bin/guard {x}"; })
      (ofTool {
        command = "${package "exit 0" "guard"}/bin/guard {x}";
      });
  "differs with the text of a script on PATH" =
    differs (server { runtimeInputs = [ (package "exit 2" "guard") ]; })
      (server {
        runtimeInputs = [ (package "exit 0" "guard") ];
      });
  "differs with the content of a file" = differs (ofTool { command = ./mcp-rule.nix; }) (ofTool {
    command = ./mcp-digest.nix;
  });
  "differs with the content of a file in a text" =
    differs (ofTool { command = "${builtins.toFile "x" "1"} ."; })
      (ofTool {
        command = "${builtins.toFile "x" "2"} .";
      });
  "differs with a directory" = differs (ofTool { cwd = ./.; }) (ofTool {
    cwd = ../pairs.nix;
  });
  "differs with the content of a file of the flake" = inTrees false (flake: {
    command = "${flake}/edited.sh {x}";
  });
  "differs with the content of a file of the flake in a word" = inTrees false (flake: {
    command = [
      "bash"
      "${flake}/edited.sh"
    ];
  });
  "differs with the content of a directory of the flake in a variable" = inTrees false (flake: {
    env.PATH = "${flake}/edited:/bin";
  });
  "differs with all of the flake that it runs in" = inTrees false (flake: {
    cwd = flake;
  });
  "differs with the directory of the flake that it runs in" = inTrees false (flake: {
    cwd = "${flake}/edited";
  });
  "is the same for other files of the flake" = inTrees true (flake: {
    command = "${flake}/same.sh {x}";
    cwd = "${flake}/directory";
  });
  "differs with the description, which Claude is told" = differs (server { }) (ofTool {
    description = "e";
  });
  "differs with the schema" = differs (server { }) (ofTool {
    inputSchema = {
      type = "object";
      properties.x = true;
    };
  });
  "differs with a variable of the tool" = differs (server { }) (ofTool {
    env.PATH = "/tmp";
  });
  "differs with a variable of the server" = differs (server { }) (server {
    env.PATH = "/tmp";
  });
  "differs with what is on PATH" = differs (server { }) (server {
    runtimeInputs = [ jq ];
  });
  "differs with the version of what is on PATH" =
    differs (server { runtimeInputs = [ jq ]; })
      (server {
        runtimeInputs = [ jqBumped ];
      });
  "differs with the name" = differs (server { }) (server {
    name = "r";
  });
  "differs with the instructions" = differs (server { }) (server {
    instructions = "x";
  });

  "is known without looking into packages, which would take long" = {
    expr =
      let
        named = {
          type = "derivation";
          name = "jq-1.7";
          pname = "jq";
          outPath = throw "was evaluated";
          drvPath = throw "was evaluated";
        };
      in
      builtins.stringLength (digest {
        name = "s";
        runtimeInputs = [ named ];
        tools.t = {
          description = "d";
          pkg = named;
          command = [
            named
            named
          ];
        };
      });
    expected = 64;
  };
}
