# The text of `CLAUDE.md`, as src/artifacts/memory.ts makes it: the role first, then what must be kept, then the
# programs, then the machine. Null when the context says none of it.
#
#   { context; title ? "Claude in this repository"; }   ->   text or null
let
  inherit (builtins) attrNames concatLists concatStringsSep filter map;
  inherit (import ./characters.nix) oneLine trim;
  inherit (import ./memory-markdown.nix) asPlainText codeBlock codeSpan withClosedFence;
  inherit (import ../context-values.nix) members textOf toolProgram;

  paragraphs = concatStringsSep "\n\n";
  filled = filter (text: text != "");
  block = text: withClosedFence (trim text);
  section = title: texts: if texts == [ ] then "" else paragraphs ([ "## ${title}" ] ++ texts);

  policyText = policies: id: "### ${oneLine id}\n\n${block (textOf policies.${id})}";

  toolText = tool:
    let
      inherit (tool) name value;
      program = toolProgram tool;
      others = map (other: codeSpan (oneLine other)) (value.preferOver or [ ]);
      examples = value.examples or [ ];
      facts = (if program == name then [ ] else [ "Runs ${codeSpan (oneLine program)}." ])
        ++ (if others == [ ] then [ ] else [ "Use it instead of ${concatStringsSep ", " others}." ]);
    in
    paragraphs (filled [
      "### ${oneLine name}"
      (if value ? description then block (textOf value.description) else "")
      (concatStringsSep " " facts)
      (if examples == [ ] then "" else codeBlock (concatStringsSep "\n" examples) "sh")
    ]);

  systemText = system:
    let
      facts = [
        { name = "System"; value = concatStringsSep " " (concatLists (map (key: if system ? ${key} then [ system.${key} ] else [ ]) [ "type" "version" ])); }
        { name = "Desktop"; value = system.desktop or ""; }
        { name = "Shell"; value = system.shell or ""; }
      ];
    in
    concatStringsSep "\n" (map (fact: "- ${fact.name}: ${oneLine fact.value}") (filter (fact: fact.value != "") facts));
in
{ context, title ? "Claude in this repository" }:
let
  policies = context.policies or { };
  sections = filled [
    (if context ? persona then block (textOf context.persona) else "")
    (section "Policies" (map (policyText policies) (attrNames policies)))
    (section "Tools" (map toolText (members (context.tools or { }))))
    (section "System" (if context ? system then [ (systemText context.system) ] else [ ]))
  ];
in
# Front matter at the start of a memory file is taken out by the client, so the title comes first.
if sections == [ ] then null else asPlainText (paragraphs ([ "# ${oneLine title}" ] ++ sections)) + "\n"
