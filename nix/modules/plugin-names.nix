# A context for home-manager, which starts MCP servers as those of a plugin.
#
# The tool `list` of a server `tickets` is then `mcp__plugin_hm_tickets__list`, and a rule for `mcp__tickets__list`
# neither allows nor denies it. So whatever says `mcp__…` says both. home-manager's plugin has had two names.
context:
let
  inherit (builtins)
    concatMap concatStringsSep filter intersectAttrs isAttrs isList isString map mapAttrs match replaceStrings split substring;

  plugins = [ "hm" "claude-code-home-manager" ];
  prefixed = plugin: replaceStrings [ "mcp__" ] [ "mcp__plugin_${plugin}_" ];

  isServerRule = rule: isString rule && substring 0 5 rule == "mcp__" && match "mcp__plugin_.*" rule == null;
  bothRules = rule: [ rule ] ++ (if isServerRule rule then map (plugin: prefixed plugin rule) plugins else [ ]);
  rules = concatMap bothRules;

  # A list of names, or a regular expression.
  matcher = text:
    let others = map (plugin: prefixed plugin text) plugins; in
    if replaceStrings [ "mcp__" ] [ "" ] text == text then text else concatStringsSep "|" ([ text ] ++ others);
  group = one: if one ? matcher then one // { matcher = matcher one.matcher; } else one;

  change = keys: set: set // mapAttrs (key: how: how set.${key}) (intersectAttrs set keys);

  # Rules as a list, or in one text, where others are added at its end.
  named = text: map builtins.head (filter isList (split "(mcp__[^ ,]+)" text));
  ruleField = value:
    if isList value then rules value
    else concatStringsSep ", " ([ value ] ++ concatMap (rule: builtins.tail (bothRules rule)) (named value));
  unit = change {
    allowed-tools = ruleField;
    allowedTools = ruleField;
    disallowed-tools = ruleField;
    disallowedTools = ruleField;
    tools = ruleField;
  };
  units = mapAttrs (_: value: if isAttrs value && (value.type or null) != "derivation" then unit value else value);
in
change
{
  autoApprove = rules;
  permissions = change { allow = rules; ask = rules; deny = rules; };
  hooks = mapAttrs (_: map group);
  skills = units;
  agents = units;
  commands = units;
}
  context
