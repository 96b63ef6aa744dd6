# What the program of a server reads.
_:
let
  made = import ../../../nix/lib/mcp-document.nix;
  document = server: (made server).document;
  package = name: {
    type = "derivation";
    outPath = "${builtins.storeDir}/00000000000000000000000000000000-${name}";
    pname = name;
  };
  place = name: "${package name}/bin/${name}";
  tool =
    changes:
    builtins.head
      (document {
        name = "s";
        tools.t = {
          description = "d";
        }
        // changes;
      }).tools;
in
{
  "is what was written" = {
    expr = document {
      name = "nix-tools";
      version = "1.2";
      instructions = "Search first.";
      description = "for the package only";
      tools = [
        {
          name = "nix-search";
          description = "Searches nixpkgs";
          inputSchema.type = "object";
          command = "nix search nixpkgs";
        }
      ];
    };
    expected = {
      name = "nix-tools";
      version = "1.2";
      instructions = "Search first.";
      tools = [
        {
          name = "nix-search";
          description = "Searches nixpkgs";
          inputSchema.type = "object";
          command = "nix search nixpkgs";
        }
      ];
    };
  };
  "has tools of an attribute set by name" = {
    expr =
      map (tool: tool.name)
        (document {
          name = "s";
          tools = {
            b = {
              description = "b";
              command = "b";
            };
            a = {
              description = "a";
              command = "a";
            };
          };
        }).tools;
    expected = [
      "a"
      "b"
    ];
  };
  "has the main program of a package for a command" = {
    expr = (tool { pkg = package "jq"; }).command;
    expected = [ (place "jq") ];
  };
  "has the main program of a package at the start of a command, and its place further on" = {
    expr =
      (tool {
        command = [
          (package "jq")
          (package "data")
          5
          "{query}"
        ];
      }).command;
    expected = [
      (place "jq")
      "${package "data"}"
      "5"
      "{query}"
    ];
  };
  "has a text as it stands" = {
    expr = (tool { command = "  jq --arg q '{query}' "; }).command;
    expected = "  jq --arg q '{query}' ";
  };
  "has a path as its place in the store" = {
    expr = builtins.match "${builtins.storeDir}/[a-z0-9]{32}-mcp-rule.nix" (
      builtins.unsafeDiscardStringContext (builtins.head (tool { command = ./mcp-rule.nix; }).command)
    );
    expected = [ ];
  };
  "depends on what commands name" = {
    expr = builtins.hasContext (
      builtins.toJSON (tool {
        command = [
          "cat"
          ./mcp-rule.nix
        ];
      })
    );
    expected = true;
  };
  "has the text of a file as description" = {
    expr =
      (tool {
        description = ../pairs.nix;
        command = "x";
      }).description;
    expected = builtins.readFile ../pairs.nix;
  };
  "has variables as texts" = {
    expr =
      (tool {
        command = "x";
        env = {
          LIMIT = 5;
          JQ = package "jq";
        };
      }).env;
    expected = {
      LIMIT = "5";
      JQ = "${package "jq"}";
    };
  };
  "has no packages beside commands; their programs are found" = {
    expr =
      map (package: package.pname)
        (made {
          name = "s";
          runtimeInputs = [ (package "git") ];
          tools.t = {
            description = "d";
            pkg = package "jq";
            command = "jq .";
          };
        }).packages;
    expected = [
      "git"
      "jq"
    ];
  };
  "names programs that can be looked for" = {
    expr =
      (made {
        name = "s";
        tools = {
          a = {
            description = "d";
            command = "${package "jq"}/bin/jq --raw {q}";
          };
          b = {
            description = "d";
            command = "nix search";
          };
          c = {
            description = "d";
            pkg = package "rg";
          };
        };
      }).programs;
    expected = [
      {
        tool = "a";
        path = place "jq";
      }
      {
        tool = "c";
        path = place "rg";
      }
    ];
  };
}
