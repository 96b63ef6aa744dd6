{ lib, pkgs, ... }:
{
  description = "Reviews a change before it is committed";
  allowedTools = [
    "Bash(git diff *)"
    "Read"
  ];
  text = ''
    Read the whole diff. Look for uses of what was renamed with ${pkgs.ripgrep.meta.mainProgram}.

    ${lib.concatMapStringsSep "\n" (question: "- ${question}") [
      "What breaks?"
      "What is not tested?"
    ]}
  '';
}
