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
# docs/nix.md says what may stand there. Mistakes are found while evaluating, all at once; that a program which a command
# names by its place in the store exists, while building.
{
  # Package set: `runCommand` and `runtimeShell` are asked of it, and what the package `nixclaude` asks for, unless given.
  pkgs,
  # The package of the program (../package.nix).
  nixclaude ? pkgs.nixclaude or (pkgs.callPackage ../package.nix { }),
}:
server:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    isAttrs
    isString
    listToAttrs
    map
    toJSON
    ;
  mcpRule = import ./mcp-rule.nix;
  mainProgram = import ./main-program.nix;

  inherit (import ./mcp-tools.nix server)
    problems
    document
    environment
    packages
    programs
    ;
  inherit (document) name;

  complain = throw (
    concatStringsSep "\n  - " (
      [ "mkMcpServer: ${if isString (server.name or null) then "server `${server.name}`" else "a server"} cannot be made:" ]
      ++ problems
    )
  );

  # One word of shell, whatever stands in it.
  quote = text: "'" + builtins.replaceStrings [ "'" ] [ "'\\''" ] text + "'";
  exports = map (variable: "export ${variable}=${quote environment.${variable}}") (attrNames environment);
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
in
if problems != [ ] then
  complain
else
  pkgs.runCommand name
    {
      pname = name;
      version = document.version or "0";
      toolsFile = toJSON document;
      inherit wrapper;
      programs = concatStringsSep "\n" (map ({ tool, path }: "${path} ${tool}") programs);
      passAsFile = [
        "toolsFile"
        "wrapper"
        "programs"
      ];
      preferLocalBuild = true;
      allowSubstitutes = false;
      meta = {
        mainProgram = name;
        description = server.description or "MCP server with ${toString (builtins.length document.tools)} tools";
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
        test -z "$program" || test -x "$program" || {
          echo "mkMcpServer: server ${name}: tool $tool: there is no program $program" >&2
          exit 1
        }
      done < "$programsPath"
      mkdir -p "$out/bin" "$out/share/nixclaude"
      cp "$toolsFilePath" "$out/share/nixclaude/tools.json"
      cp "$wrapperPath" "$out/bin/${name}"
      chmod 555 "$out/bin/${name}"
    ''
