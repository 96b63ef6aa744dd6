lib: {
  "names one tool" = {
    expr = lib.mcpRule "nix-tools" "nix-search";
    expected = "mcp__nix-tools__nix-search";
  };
  "names all tools of a server" = {
    expr = lib.mcpRule "nix-tools" null;
    expected = "mcp__nix-tools";
  };
  "is written as the client writes names" = {
    expr = lib.mcpRule "my server.x" "say hello!";
    expected = "mcp__my_server_x__say_hello_";
  };
  "is not guessed for letters that Nix and the client count differently" = {
    expr = (builtins.tryEval (lib.mcpRule "é" "x")).success;
    expected = false;
  };
  "needs a name" = {
    expr = (builtins.tryEval (lib.mcpRule "" "x")).success;
    expected = false;
  };
}
