# What is said about a server that cannot be made, all of it at once.
_:
let
  problems = import ../../../nix/lib/mcp-problems.nix;
  good = {
    name = "search";
    description = "Searches nixpkgs";
    command = "nix search nixpkgs";
  };
  server = tools: {
    name = "nix-tools";
    inherit tools;
  };
  # Of one tool, good but for what is given.
  tool = changes: problems (server [ (good // changes) ]);
  without = key: problems (server [ (removeAttrs good [ key ]) ]);
  text = length: builtins.concatStringsSep "" (builtins.genList (_: "x") length);
  package = {
    type = "derivation";
    outPath = "/out";
    pname = "x";
  };
  names = "is no name of a tool: 1 to 64 of A-Z a-z 0-9 _ -";
  serverNames = "is no name of an MCP server: 1 to 56 of A-Z a-z 0-9 _ -, no - first, no two _ in a row";
  toolKeys = "annotations, command, cwd, description, env, inputSchema, name, outputLimit, outputSchema, timeoutMs, title, pkg";
  pair = expr: expected: { inherit expr expected; };
in
{
  "none in a good one" = pair (problems (server [ good ])) [ ];
  "none in a good one with everything" = pair (tool {
    title = "Search";
    inputSchema = {
      type = "object";
      properties.query = {
        type = "string";
        pattern = "^[a-z]+$";
      };
      required = [ "query" ];
    };
    outputSchema = {
      type = "array";
      items = true;
    };
    annotations.readOnlyHint = true;
    command = [
      package
      "search"
      ./.
      package
      5
      "{query}"
    ];
    env = {
      HOME = "/tmp";
      DATA = package;
      LIMIT = 5;
    };
    cwd = ./.;
    timeoutMs = 1000;
    outputLimit = 1000;
    pkg = package;
  }) [ ];
  "none without a command where there is a package" = pair (problems (server {
    search = {
      inherit (good) description;
      pkg = package;
    };
  })) [ ];

  # The server.
  "server: not a set" = pair (problems "nix-tools") [
    "the argument should be { name = …; tools = …; }; it is a string"
  ];
  "server: nothing" = pair (problems { }) [
    "name: missing"
    "tools: missing"
  ];
  "server: no tools" = pair (problems (server [ ])) [
    "tools: empty; a server offers at least one tool"
  ];
  "server: no tools in a set" = pair (problems (server { })) [
    "tools: empty; a server offers at least one tool"
  ];
  "server: tools that are a package" = pair (problems (server package)) [
    "tools: should be a list of tools, or an attribute set of them; it is a package"
  ];
  "server: a name with __" = pair (problems (server [ good ] // { name = "a__b"; })) [
    "name: `a__b` ${serverNames}"
  ];
  "server: a name that is a path" = pair (problems (server [ good ] // { name = "../x"; })) [
    "name: `../x` ${serverNames}"
  ];
  "server: a name that is a flag" = pair (problems (server [ good ] // { name = "-x"; })) [
    "name: `-x` ${serverNames}"
  ];
  "server: a name that is no text" = pair (problems (server [ good ] // { name = 5; })) [
    "name: 5 ${serverNames}"
  ];
  "server: a key that is none" = pair (problems (server [ good ] // { tool = [ ]; })) [
    "tool: there is no such key; there are instructions, name, tools, version, description, env, runtimeInputs"
  ];
  "server: a version that cannot be in a name" =
    pair (problems (server [ good ] // { version = "1.0 beta"; }))
      [
        "version: should be a version such as \"1.2.0\", which is part of the package's name; it is a string"
      ];
  "server: inputs that are no packages" =
    pair (problems (server [ good ] // { runtimeInputs = [ "jq" ]; }))
      [
        "runtimeInputs: should be a list of packages; it is a list"
      ];
  "server: a variable with a name that a shell would run" =
    pair (problems (server [ good ] // { env."A=$(id); B" = "x"; }))
      [
        "env: should be an attribute set of texts, by names of variables; it is an attribute set"
      ];

  # Names of tools.
  "name: missing in a list" = pair (without "name") [
    "tools[0].name: missing; in a list every tool says its name"
  ];
  "name: with a space" = pair (tool { name = "nix search"; }) [
    "tools[0].name: `nix search` ${names}"
  ];
  "name: with a dot, which the API refuses" = pair (tool { name = "nix.search"; }) [
    "tools[0].name: `nix.search` ${names}"
  ];
  "name: empty" = pair (tool { name = ""; }) [ "tools[0].name: `` ${names}" ];
  "name: not a text" = pair (tool { name = [ ]; }) [ "tools[0].name: a list ${names}" ];
  "name: a bad attribute" = pair (problems (server {
    "a b" = removeAttrs good [ "name" ];
  })) [ "tools.a b: `a b` ${names}" ];
  "name: another than the attribute's" =
    pair
      (problems (server {
        find = good;
      }))
      [
        "tools.find.name: is `search`, and the attribute says `find`; leave one of them out"
      ];
  "name: too long with the server's" = pair (tool { name = text 50; }) [
    "tools[0].name: `mcp__nix-tools__${text 50}`, as the API is told, has 66 characters; 64 are allowed"
  ];
  "name: the longest that fits" = pair (tool { name = text 48; }) [ ];
  "name: the same twice" =
    pair
      (problems (server [
        good
        good
        (good // { name = "other"; })
        good
      ]))
      [
        "tools[1].name: `search` is the name of tools[0] already"
        "tools[3].name: `search` is the name of tools[0] already"
      ];

  # The rest of a tool.
  "tool: a string" = pair (problems (server [ "nix search" ])) [
    "tools[0]: should be a tool such as { name = …; description = …; command = …; }; it is a string"
  ];
  "tool: a package" =
    pair
      (problems (server {
        jq = package;
      }))
      [
        "tools.jq: should be a tool such as { name = …; description = …; command = …; }; it is a package"
      ];
  "tool: a key that is none" = pair (tool { alwaysApprove = true; }) [
    "tools[0].alwaysApprove: there is no such key; there are ${toolKeys}"
  ];
  "tool: no description" = pair (without "description") [
    "tools[0].description: missing; Claude decides by it when to call the tool"
  ];
  "tool: a blank description" = pair (tool { description = " \n"; }) [
    "tools[0].description: should be text, or the path of a text file; it is blank"
  ];
  "tool: no command" = pair (without "command") [
    "tools[0].command: missing; name a program, or a package with `pkg`"
  ];
  "tool: an empty command" = pair (tool { command = ""; }) [
    "tools[0].command: empty; it starts with a program"
  ];
  "tool: a command without words" = pair (tool { command = [ ]; }) [
    "tools[0].command: empty; it starts with a program"
  ];
  "tool: a command that starts with nothing" =
    pair
      (tool {
        command = [
          ""
          "x"
        ];
      })
      [
        "tools[0].command[0]: should be a program; it is blank"
      ];
  "tool: a word that is none" =
    pair
      (tool {
        command = [
          "nix"
          { }
          true
        ];
      })
      [
        "tools[0].command[1]: should be text, a path, a package or an integer; it is an attribute set"
        "tools[0].command[2]: should be text, a path, a package or an integer; it is true"
      ];
  "tool: a command that is a number" = pair (tool { command = 5; }) [
    "tools[0].command: should be text, a list of words, a path or a package; it is 5"
  ];
  "tool: a package that is none" = pair (tool { pkg = "jq"; }) [
    "tools[0].pkg: should be a package; it is a string"
  ];
  "tool: a schema that is a string" = pair (tool { inputSchema = "object"; }) [
    "tools[0].inputSchema: should be a JSON Schema in an attribute set; it is a string"
  ];
  "tool: a schema that is a package" = pair (tool { inputSchema = package; }) [
    "tools[0].inputSchema: should be a JSON Schema in an attribute set; it is a package"
  ];
  "tool: a schema without names" = pair (tool { inputSchema.type = "string"; }) [
    "tools[0].inputSchema.type: should be \"object\": a tool is called with named arguments"
  ];
  "tool: a schema with a function in it" =
    pair
      (tool {
        inputSchema = {
          type = "object";
          properties.query.enum = [
            "a"
            (x: x)
          ];
        };
      })
      [
        "tools[0].inputSchema.properties.query.enum[1]: a function; only what JSON can hold may stand here"
      ];
  "tool: an annotation that is none" = pair (tool { annotations.readonly = true; }) [
    "tools[0].annotations.readonly: there is no such key; there are destructiveHint, idempotentHint, openWorldHint, readOnlyHint, title"
  ];
  "tool: no time" = pair (tool { timeoutMs = 0; }) [
    "tools[0].timeoutMs: should be milliseconds, 1 to 86400000; it is 0"
  ];
  "tool: a limit that is a text" = pair (tool { outputLimit = "1 MB"; }) [
    "tools[0].outputLimit: should be bytes, 1 to 16777216; it is a string"
  ];
  "tool: variables that are none" = pair (tool { env.A = [ ]; }) [
    "tools[0].env: should be an attribute set of texts; it is an attribute set"
  ];

  "all at once" =
    pair
      (problems {
        name = "a b";
        tools = [
          { name = "x"; }
          5
        ];
      })
      [
        "name: `a b` ${serverNames}"
        "tools[0].description: missing; Claude decides by it when to call the tool"
        "tools[0].command: missing; name a program, or a package with `pkg`"
        "tools[1]: should be a tool such as { name = …; description = …; command = …; }; it is 5"
      ];
}
