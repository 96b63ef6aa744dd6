# What the values of a `claudeContext` are, before anything is made of them.
let
  inherit (builtins)
    attrNames baseNameOf dirOf elem filter head isAttrs isList isPath isString length map match readFile split;
in
rec {
  isPackage = value: isAttrs value && (value.type or null) == "derivation";

  # `ripgrep` for `ripgrep-14.1.0`: the name ends where a dash is followed by something that is not a letter.
  packageName = package: package.pname or (builtins.parseDrvName package.name).name;

  packageProgram = package: (import ./main-program.nix package).name;

  # The name that a member of a list has: what it says itself, else what it is called; null when it has none.
  memberName = value:
    if isPackage value then packageName value
    else if isPath value then fileName value
    else if isAttrs value && isString (value.name or null) then value.name
    else null;

  # `review` for ./skills/review, ./skills/review.md and ./skills/review/SKILL.md.
  fileName = path:
    let
      last = baseNameOf path;
      owner = if match "[Ss][Kk][Ii][Ll][Ll]\\.[Mm][Dd]" last != null then baseNameOf (dirOf path) else last;
      stem = match "(.*)\\.(md|nix|txt)" owner;
    in
    if stem == null then owner else head stem;

  # Members of what is written as an attribute set or as a list, as [ { name; value; } ].
  members = collection:
    if isList collection then map (value: { name = memberName value; inherit value; }) collection
    else map (name: { inherit name; value = collection.${name}; }) (attrNames collection);

  # The program that a tool runs: its package's, else the first word of its command, else its own name.
  toolProgram = { name, value, ... }:
    let
      package = value.pkg or null;
      command = if isList (value.command or null) then head (value.command ++ [ null ]) else value.command or null;
      word = if isPackage command then packageProgram command else if isPath command then toString command else command;
      first = filter (part: isString part && part != "") (split "[[:space:]]+" (if word == null then "" else word));
    in
    package.meta.mainProgram or (package.pname or (
      if first != [ ] then head first
      else if package != null then packageProgram package
      else name
    ));

  # Text where a path may stand for it.
  textOf = value: if isPath value then readFile value else value;
}
