# An MCP server out of tools that are written in Nix: a package whose program speaks the protocol on standard input and
# output, as `nixclaude mcp serve` does with the same argument in JSON.
#
#   mkMcpServer { inherit pkgs; } {
#     name = "nix-tools";
#     tools = [
#       {
#         name = "nix-search";
#         description = "Searches nixpkgs";
#         inputSchema = { type = "object"; properties.query.type = "string"; required = [ "query" ]; };
#         command = "nix search nixpkgs";
#       }
#     ];
#   }
#
# docs/nix.md says what may stand there. Mistakes are found while evaluating, all at once; while building, what the
# program itself finds, and programs that a command names by a place in the store where there is none.
{
  # Package set: `runCommand`, `writeText` and `runtimeShell` are asked of it, and what ../package.nix asks for, where
  # `nixclaude` is not given.
  pkgs,
  # The package of the program (../package.nix).
  nixclaude ? pkgs.nixclaude or (pkgs.callPackage ../package.nix { }),
  # Whether the server is started once when it is built, which finds what Nix cannot: a schema that is none, a placeholder
  # that names no argument. Not possible where it is built for another machine.
  check ? true,
}:
server:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    isString
    listToAttrs
    map
    toJSON
    ;
  mcpRule = import ./mcp-rule.nix;
  mainProgram = import ./main-program.nix;

  problems = import ./mcp-problems.nix server;
  inherit (import ./mcp-document.nix server)
    document
    environment
    packages
    programs
    digest
    ;
  inherit (document) name;

  complain = throw (
    concatStringsSep "\n  - " (
      [
        "mkMcpServer: ${
          if isString (server.name or null) then "server `${server.name}`" else "a server"
        } cannot be made:"
      ]
      ++ problems
    )
  );

  # A package is known by its name. One that does something else has another, so that the gate sees what a server does
  # change without building it. Short ends of a digest can be made to agree: of 48 bits, within a minute.
  version = "${document.version or "0"}-${builtins.substring 0 40 digest}";

  # One word of shell, whatever stands in it.
  quote = text: "'" + builtins.replaceStrings [ "'" ] [ "'\\''" ] text + "'";
  exports = map (variable: "export ${variable}=${quote environment.${variable}}") (
    attrNames environment
  );
  path = concatStringsSep ":" (map (input: (mainProgram input).directory) packages);

  wrapper = concatStringsSep "\n" (
    [ "#!${pkgs.runtimeShell}" ]
    ++ exports
    ++ (if path == "" then [ ] else [ "export PATH=${quote path}\"\${PATH:+:$PATH}\"" ])
    ++ [
      "exec ${nixclaude.node} ${nixclaude}/${nixclaude.mcpServer} ${placeholder "out"}/share/nixclaude/tools.json"
      ""
    ]
  );

  # Nobody is there to ask it anything, so that it ends at once.
  started = ''
    "$out/bin/${name}" < /dev/null > /dev/null 2> problems || {
      cat problems >&2
      exit 1
    }
  '';
in
if problems != [ ] then
  complain
else
  pkgs.runCommand "${name}-${version}"
    {
      pname = name;
      inherit version;
      inherit wrapper;
      preferLocalBuild = true;
      allowSubstitutes = false;
      meta = {
        mainProgram = name;
        description =
          server.description or "MCP server with ${toString (builtins.length document.tools)} tools";
      };
      passthru = {
        # tool -> the permission rule that names it, for `autoApprove` and the lists of `permissions`.
        rules = listToAttrs (
          map (tool: {
            inherit (tool) name;
            value = mcpRule name tool.name;
          }) document.tools
        );
        # The same for all tools.
        rule = mcpRule name null;
        # What the server offers, as it is written into its file.
        inherit document;
      };
    }
    ''
      while read -r program tool; do
        test -x "$program" || {
          echo "mkMcpServer: server ${name}: tool $tool: there is no program $program" >&2
          exit 1
        }
      done < ${
        pkgs.writeText "${name}-programs" (
          concatStringsSep "" (map ({ tool, path }: "${path} ${tool}\n") programs)
        )
      }
      mkdir -p "$out/bin" "$out/share/nixclaude"
      cp ${pkgs.writeText "${name}-tools.json" (toJSON document)} "$out/share/nixclaude/tools.json"
      printf '%s' "$wrapper" > "$out/bin/${name}"
      chmod 555 "$out/bin/${name}"
      ${if check then started else ""}
    ''
