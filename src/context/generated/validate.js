// Made by scripts/compile-schemas.mjs from schema/claude-context.schema.json; do not edit.
"use strict";
export const validateContext = validate52;
const schema19 = {"$id":"urn:nixclaude:claude-context:2025-01","$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","required":["version"],"properties":{"version":{"const":"2025-01","x-expected":"\"2025-01\""},"system":{"$ref":"#/$defs/system","x-expected":"an attribute set with type and version"},"persona":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"tools":{"$ref":"#/$defs/tools","x-expected":"an attribute set of tools, or a list of tools with a name"},"policies":{"$ref":"#/$defs/policies","x-expected":"an attribute set of texts"},"autoApprove":{"$ref":"#/$defs/rules","x-expected":"a list of permission rules"},"permissions":{"$ref":"#/$defs/permissions","x-expected":"an attribute set of allow, ask, deny and modes"},"mcpServers":{"$ref":"#/$defs/mcpServers","x-expected":"an attribute set of MCP servers, or a list of packages"},"skills":{"$ref":"#/$defs/skills","x-expected":"an attribute set or a list of skills"},"agents":{"$ref":"#/$defs/agents","x-expected":"an attribute set of agents"},"commands":{"$ref":"#/$defs/commands","x-expected":"an attribute set of commands"},"outputStyles":{"$ref":"#/$defs/outputStyles","x-expected":"an attribute set of output styles"},"hooks":{"$ref":"#/$defs/hooks","x-expected":"an attribute set of events such as PreToolUse"},"env":{"$ref":"#/$defs/variables","x-expected":"an attribute set of variables"},"model":{"$ref":"#/$defs/clientText","x-expected":"a string"},"sandbox":{"$ref":"#/$defs/sandbox","x-expected":"an attribute set"},"settings":{"$ref":"#/$defs/settings","x-expected":"an attribute set"},"constraints":{"$ref":"#/$defs/constraints","x-expected":"an attribute set of constraints"},"waivers":{"$ref":"#/$defs/waivers","x-expected":"an attribute set of waivers"}},"additionalProperties":false,"x-expected":"an attribute set with version = \"2025-01\"","$defs":{"text":{"type":["string","object"],"required":["$nix"],"properties":{"$nix":{"const":"path","x-expected":"text, or the path of a text file"},"content":{"const":"file","x-expected":"text, or the path of a text file"}},"x-expected":"text, or the path of a text file"},"place":{"type":["string","object"],"required":["$nix"],"properties":{"$nix":{"const":"path","x-expected":"text, or a path that exists"},"content":{"enum":["file","directory"],"x-expected":"text, or a path that exists"}},"x-expected":"text, or a path that exists"},"program":{"type":["string","object"],"required":["$nix"],"properties":{"$nix":{"enum":["package","path"],"x-expected":"a program: a string, a package or the path of a file"},"content":{"const":"file","x-expected":"a program: a string, a package or the path of a file"}},"x-expected":"a program: a string, a package or the path of a file"},"package":{"type":"object","required":["$nix"],"properties":{"$nix":{"const":"package","x-expected":"a package"}},"x-expected":"a package"},"function":{"type":"object","required":["$nix"],"properties":{"$nix":{"const":"function","x-expected":"a function { before, after, changes }: [ { message, severity?, path? } ]"}},"x-expected":"a function { before, after, changes }: [ { message, severity?, path? } ]"},"json":{"type":["null","boolean","number","string","array","object"],"items":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"properties":{"$nix":{"enum":["package","path"],"x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"jsonObject":{"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set of plain values"},"x-expected":"an attribute set of plain values"}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"an attribute set of plain values"},"strings":{"type":"array","items":{"type":"string","x-expected":"a list of strings"},"x-expected":"a list of strings"},"clientStrings":{"type":"array","items":{"type":"string","x-expected":"a list of strings"},"x-expected":"a list of strings","x-drops-file":true},"globs":{"type":"array","items":{"type":"string","pattern":"\\S","x-expected":"a name or pattern such as \"github\" or \"acme-*\""},"x-expected":"a list of names or patterns"},"rule":{"type":"string","x-expected":"a permission rule such as \"Bash(git status)\""},"rules":{"type":"array","items":{"$ref":"#/$defs/rule","x-expected":"a permission rule such as \"Bash(git status)\""},"x-expected":"a list of permission rules"},"clientRules":{"type":"array","items":{"$ref":"#/$defs/rule","x-expected":"a permission rule such as \"Bash(git status)\""},"x-expected":"a list of permission rules","x-drops-file":true},"mode":{"enum":["dontAsk","plan","default","manual","acceptEdits","auto","bypassPermissions"],"x-expected":"one of \"dontAsk\", \"plan\", \"default\", \"manual\", \"acceptEdits\", \"auto\", \"bypassPermissions\""},"clientMode":{"enum":["dontAsk","plan","default","manual","acceptEdits","auto","bypassPermissions"],"x-drops-file":true,"x-expected":"one of \"dontAsk\", \"plan\", \"default\", \"manual\", \"acceptEdits\", \"auto\", \"bypassPermissions\""},"variables":{"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set of variables"},"x-expected":"an attribute set of variables"}},"additionalProperties":{"$ref":"#/$defs/variable","x-expected":"a string, number, boolean or path"},"x-expected":"an attribute set of variables","x-drops-file":true},"variable":{"type":["string","number","boolean","object"],"required":["$nix"],"properties":{"$nix":{"const":"path","x-expected":"a string, number, boolean or path"}},"x-expected":"a string, number, boolean or path","x-drops-file":true},"disable":{"const":"disable","x-drops-file":true,"x-expected":"\"disable\""},"flag":{"type":"boolean","x-drops-file":true,"x-expected":"true or false"},"clientText":{"type":"string","x-drops-file":true,"x-expected":"a string"},"clientCommand":{"type":["string","object"],"required":["$nix"],"properties":{"$nix":{"enum":["package","path"],"x-expected":"a command: a string, a package or a path"}},"x-expected":"a command: a string, a package or a path","x-drops-file":true},"clientObject":{"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set"},"x-expected":"an attribute set"}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"an attribute set","x-drops-file":true},"system":{"type":"object","required":["type","version"],"x-expected":"an attribute set with type and version","properties":{"type":{"type":"string","x-expected":"a string"},"version":{"type":"string","x-expected":"a string"},"desktop":{"type":"string","x-expected":"a string"},"shell":{"type":"string","x-expected":"a string"}},"additionalProperties":false},"commandLine":{"type":["string","array","object"],"required":["$nix"],"items":{"$ref":"#/$defs/program","x-expected":"a program: a string, a package or the path of a file"},"properties":{"$nix":{"enum":["package","path"],"x-expected":"a command: text, a program, or a list of words"}},"x-expected":"a command: text, a program, or a list of words"},"tool":{"type":"object","x-expected":"a tool: an attribute set such as { pkg = pkgs.ripgrep; }","properties":{"pkg":{"$ref":"#/$defs/package","x-expected":"a package"},"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"preferOver":{"$ref":"#/$defs/strings","x-expected":"a list of strings"},"examples":{"$ref":"#/$defs/strings","x-expected":"a list of strings"},"alwaysApprove":{"type":"boolean","x-expected":"true or false"},"inputSchema":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"command":{"$ref":"#/$defs/commandLine","x-expected":"a command: text, a program, or a list of words"},"name":{"type":"string","x-expected":"a string"}},"additionalProperties":false},"namedTool":{"type":"object","required":["name"],"x-expected":"a tool: an attribute set such as { name = \"rg\"; pkg = pkgs.ripgrep; }","properties":{"pkg":{"$ref":"#/$defs/package","x-expected":"a package"},"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"preferOver":{"$ref":"#/$defs/strings","x-expected":"a list of strings"},"examples":{"$ref":"#/$defs/strings","x-expected":"a list of strings"},"alwaysApprove":{"type":"boolean","x-expected":"true or false"},"inputSchema":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"command":{"$ref":"#/$defs/commandLine","x-expected":"a command: text, a program, or a list of words"},"name":{"type":"string","x-expected":"a string"}},"additionalProperties":false},"tools":{"type":["object","array"],"items":{"$ref":"#/$defs/namedTool","x-expected":"a tool: an attribute set such as { name = \"rg\"; pkg = pkgs.ripgrep; }"},"properties":{"$nix":{"not":{"x-expected":"an attribute set of tools, or a list of tools with a name"},"x-expected":"an attribute set of tools, or a list of tools with a name"}},"additionalProperties":{"$ref":"#/$defs/tool","x-expected":"a tool: an attribute set such as { pkg = pkgs.ripgrep; }"},"x-expected":"an attribute set of tools, or a list of tools with a name"},"permissions":{"type":"object","x-expected":"an attribute set of allow, ask, deny and modes","x-drops-file":true,"properties":{"allow":{"$ref":"#/$defs/clientRules","x-expected":"a list of permission rules"},"ask":{"$ref":"#/$defs/clientRules","x-expected":"a list of permission rules"},"deny":{"$ref":"#/$defs/clientRules","x-expected":"a list of permission rules"},"defaultMode":{"$ref":"#/$defs/clientMode","x-expected":"one of \"dontAsk\", \"plan\", \"default\", \"manual\", \"acceptEdits\", \"auto\", \"bypassPermissions\""},"additionalDirectories":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"disableBypassPermissionsMode":{"$ref":"#/$defs/disable","x-expected":"\"disable\""},"disableAutoMode":{"$ref":"#/$defs/disable","x-expected":"\"disable\""},"blockReadsOutsideWorkingDirectories":{"$ref":"#/$defs/flag","x-expected":"true or false"},"blockWritesOutsideWorkingDirectories":{"$ref":"#/$defs/flag","x-expected":"true or false"},"denyInsteadOfPrompting":{"$ref":"#/$defs/flag","x-expected":"true or false"}},"additionalProperties":false},"localServer":{"type":"object","required":["command"],"x-expected":"an MCP server: a package, or an attribute set with command or url","properties":{"type":{"const":"stdio","x-expected":"\"stdio\""},"command":{"$ref":"#/$defs/program","x-expected":"a program: a string, a package or the path of a file"},"args":{"type":"array","items":{"$ref":"#/$defs/place","x-expected":"text, or a path that exists"},"x-expected":"a list of arguments"},"env":{"$ref":"#/$defs/variables","x-expected":"an attribute set of variables"},"name":{"type":"string","x-expected":"a string"},"timeout":{"type":"integer","minimum":1000,"x-expected":"milliseconds, at least 1000"},"alwaysLoad":{"type":"boolean","x-expected":"true or false"}},"additionalProperties":false},"remoteServer":{"type":"object","required":["type","url"],"x-expected":"an MCP server: a package, or an attribute set with command or url","properties":{"type":{"enum":["http","sse","ws"],"x-expected":"one of \"http\", \"sse\", \"ws\""},"url":{"type":"string","x-expected":"a string"},"headers":{"$ref":"#/$defs/variables","x-expected":"an attribute set of variables"},"headersHelper":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"oauth":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"name":{"type":"string","x-expected":"a string"},"timeout":{"type":"integer","minimum":1000,"x-expected":"milliseconds, at least 1000"},"alwaysLoad":{"type":"boolean","x-expected":"true or false"}},"additionalProperties":false},"mcpServer":{"type":"object","if":{"required":["$nix"]},"then":{"properties":{"$nix":{"const":"package","x-expected":"an MCP server: a package, or an attribute set with command or url"}},"x-expected":"an MCP server: a package, or an attribute set with command or url"},"else":{"if":{"anyOf":[{"required":["url"]},{"properties":{"type":{"enum":["http","sse","ws"]}},"required":["type"]}]},"then":{"$ref":"#/$defs/remoteServer","x-expected":"an MCP server: a package, or an attribute set with command or url"},"else":{"$ref":"#/$defs/localServer","x-expected":"an MCP server: a package, or an attribute set with command or url"},"x-expected":"an MCP server: a package, or an attribute set with command or url"},"x-expected":"an MCP server: a package, or an attribute set with command or url"},"namedMcpServer":{"allOf":[{"$ref":"#/$defs/mcpServer","x-expected":"an MCP server: a package, or an attribute set with command or url"},{"if":{"type":"object","not":{"required":["$nix"]}},"then":{"required":["name"],"x-expected":"a name, as a list gives none"},"x-expected":"a package, or an MCP server with a name"}],"x-expected":"a package, or an MCP server with a name"},"mcpServers":{"type":["object","array"],"items":{"$ref":"#/$defs/namedMcpServer","x-expected":"a package, or an MCP server with a name"},"properties":{"$nix":{"not":{"x-expected":"an attribute set of MCP servers, or a list of packages"},"x-expected":"an attribute set of MCP servers, or a list of packages"}},"additionalProperties":{"$ref":"#/$defs/mcpServer","x-expected":"an MCP server: a package, or an attribute set with command or url"},"x-expected":"an attribute set of MCP servers, or a list of packages"},"skillText":{"type":"object","x-expected":"a skill: a path, a package, or an attribute set with name, description and text","properties":{"name":{"type":"string","x-expected":"a string"},"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"text":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"when_to_use":{"type":"string","x-expected":"a string"},"allowed-tools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"disallowed-tools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"allowedTools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"disallowedTools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"argument-hint":{"type":"string","x-expected":"a string"},"arguments":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"disable-model-invocation":{"type":"boolean","x-expected":"true or false"},"user-invocable":{"type":"boolean","x-expected":"true or false"},"model":{"type":"string","x-expected":"a string"},"effort":{"type":"string","x-expected":"a string"},"context":{"type":"string","x-expected":"a string"},"agent":{"type":"string","x-expected":"a string"},"background":{"type":"boolean","x-expected":"true or false"},"hooks":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"paths":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"shell":{"type":"string","x-expected":"a string"},"metadata":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"license":{"type":"string","x-expected":"a string"},"compatibility":{"type":"string","x-expected":"a string"}},"additionalProperties":false},"skill":{"type":"object","if":{"required":["$nix"]},"then":{"properties":{"$nix":{"enum":["package","path"],"x-expected":"a skill: a path, a package, or an attribute set with name, description and text"},"content":{"enum":["file","directory"],"x-expected":"a skill: a path, a package, or an attribute set with name, description and text"}},"x-expected":"a skill: a path, a package, or an attribute set with name, description and text"},"else":{"$ref":"#/$defs/skillText","x-expected":"a skill: a path, a package, or an attribute set with name, description and text"},"x-expected":"a skill: a path, a package, or an attribute set with name, description and text"},"namedSkill":{"allOf":[{"$ref":"#/$defs/skill","x-expected":"a skill: a path, a package, or an attribute set with name, description and text"},{"if":{"type":"object","not":{"required":["$nix"]}},"then":{"required":["name"],"x-expected":"a name, as a list gives none"},"x-expected":"a skill: a path, a package, or an attribute set with name"}],"x-expected":"a skill: a path, a package, or an attribute set with name"},"skills":{"type":["object","array"],"items":{"$ref":"#/$defs/namedSkill","x-expected":"a skill: a path, a package, or an attribute set with name"},"properties":{"$nix":{"not":{"x-expected":"an attribute set or a list of skills"},"x-expected":"an attribute set or a list of skills"}},"additionalProperties":{"$ref":"#/$defs/skill","x-expected":"a skill: a path, a package, or an attribute set with name, description and text"},"x-expected":"an attribute set or a list of skills"},"agentText":{"type":"object","x-expected":"an agent: text, a path, or an attribute set","properties":{"name":{"type":"string","x-expected":"a string"},"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"text":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"prompt":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"tools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"disallowedTools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"model":{"type":"string","x-expected":"a string"},"permissionMode":{"$ref":"#/$defs/mode","x-expected":"one of \"dontAsk\", \"plan\", \"default\", \"manual\", \"acceptEdits\", \"auto\", \"bypassPermissions\""},"maxTurns":{"type":"integer","minimum":1,"x-expected":"a number, at least 1"},"skills":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"mcpServers":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"hooks":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"memory":{"type":"string","x-expected":"a string"},"background":{"type":"boolean","x-expected":"true or false"},"effort":{"type":"string","x-expected":"a string"},"isolation":{"type":"string","x-expected":"a string"},"color":{"type":"string","x-expected":"a string"},"initialPrompt":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"experimental":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"}},"additionalProperties":false},"agent":{"type":["string","object"],"if":{"type":"object","required":["$nix"]},"then":{"properties":{"$nix":{"const":"path","x-expected":"an agent: text, a path, or an attribute set"},"content":{"const":"file","x-expected":"an agent: text, a path, or an attribute set"}},"x-expected":"an agent: text, a path, or an attribute set"},"else":{"if":{"type":"object"},"then":{"$ref":"#/$defs/agentText","x-expected":"an agent: text, a path, or an attribute set"},"x-expected":"an agent: text, a path, or an attribute set"},"x-expected":"an agent: text, a path, or an attribute set"},"agents":{"type":"object","x-expected":"an attribute set of agents","properties":{"$nix":{"not":{"x-expected":"an attribute set of agents"},"x-expected":"an attribute set of agents"}},"additionalProperties":{"$ref":"#/$defs/agent","x-expected":"an agent: text, a path, or an attribute set"}},"commandText":{"type":"object","x-expected":"a command: text, a path, or an attribute set","properties":{"name":{"type":"string","x-expected":"a string"},"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"text":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"when_to_use":{"type":"string","x-expected":"a string"},"allowed-tools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"disallowed-tools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"allowedTools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"disallowedTools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"argument-hint":{"type":"string","x-expected":"a string"},"arguments":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"disable-model-invocation":{"type":"boolean","x-expected":"true or false"},"user-invocable":{"type":"boolean","x-expected":"true or false"},"model":{"type":"string","x-expected":"a string"},"effort":{"type":"string","x-expected":"a string"},"context":{"type":"string","x-expected":"a string"},"agent":{"type":"string","x-expected":"a string"},"background":{"type":"boolean","x-expected":"true or false"},"hooks":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"paths":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"shell":{"type":"string","x-expected":"a string"},"metadata":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"license":{"type":"string","x-expected":"a string"},"compatibility":{"type":"string","x-expected":"a string"},"prompt":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"}},"additionalProperties":false},"command":{"type":["string","object"],"if":{"type":"object","required":["$nix"]},"then":{"properties":{"$nix":{"const":"path","x-expected":"a command: text, a path, or an attribute set"},"content":{"const":"file","x-expected":"a command: text, a path, or an attribute set"}},"x-expected":"a command: text, a path, or an attribute set"},"else":{"if":{"type":"object"},"then":{"$ref":"#/$defs/commandText","x-expected":"a command: text, a path, or an attribute set"},"x-expected":"a command: text, a path, or an attribute set"},"x-expected":"a command: text, a path, or an attribute set"},"commands":{"type":"object","x-expected":"an attribute set of commands","properties":{"$nix":{"not":{"x-expected":"an attribute set of commands"},"x-expected":"an attribute set of commands"}},"additionalProperties":{"$ref":"#/$defs/command","x-expected":"a command: text, a path, or an attribute set"}},"outputStyleText":{"type":"object","x-expected":"an output style: text, a path, or an attribute set","properties":{"name":{"type":"string","x-expected":"a string"},"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"text":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"keep-coding-instructions":{"type":"boolean","x-expected":"true or false"}},"additionalProperties":false},"outputStyle":{"type":["string","object"],"if":{"type":"object","required":["$nix"]},"then":{"properties":{"$nix":{"const":"path","x-expected":"an output style: text, a path, or an attribute set"},"content":{"const":"file","x-expected":"an output style: text, a path, or an attribute set"}},"x-expected":"an output style: text, a path, or an attribute set"},"else":{"if":{"type":"object"},"then":{"$ref":"#/$defs/outputStyleText","x-expected":"an output style: text, a path, or an attribute set"},"x-expected":"an output style: text, a path, or an attribute set"},"x-expected":"an output style: text, a path, or an attribute set"},"outputStyles":{"type":"object","x-expected":"an attribute set of output styles","properties":{"$nix":{"not":{"x-expected":"an attribute set of output styles"},"x-expected":"an attribute set of output styles"}},"additionalProperties":{"$ref":"#/$defs/outputStyle","x-expected":"an output style: text, a path, or an attribute set"}},"hook":{"type":"object","required":["type"],"properties":{"$nix":{"not":{"x-expected":"a hook such as { type = \"command\"; command = \"…\"; }"},"x-expected":"a hook such as { type = \"command\"; command = \"…\"; }"},"type":{"type":"string","x-drops-file":true,"x-expected":"a string"},"command":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"url":{"$ref":"#/$defs/clientText","x-expected":"a string"},"prompt":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"tool":{"$ref":"#/$defs/clientText","x-expected":"a string"},"server":{"$ref":"#/$defs/clientText","x-expected":"a string"},"if":{"$ref":"#/$defs/clientText","x-expected":"a string"},"timeout":{"type":"number","exclusiveMinimum":0,"x-expected":"a number of seconds above 0","x-drops-file":true},"async":{"type":"boolean","x-expected":"true or false"}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"allOf":[{"if":{"properties":{"type":{"const":"command"}}},"then":{"required":["command"],"x-expected":"a command: a string, a package or a path","x-drops-file":true},"x-expected":"a hook such as { type = \"command\"; command = \"…\"; }"},{"if":{"properties":{"type":{"const":"http"}}},"then":{"required":["url"],"x-expected":"an address","x-drops-file":true},"x-expected":"a hook such as { type = \"command\"; command = \"…\"; }"},{"if":{"properties":{"type":{"enum":["prompt","agent"]}}},"then":{"required":["prompt"],"x-expected":"a prompt","x-drops-file":true},"x-expected":"a hook such as { type = \"command\"; command = \"…\"; }"}],"x-expected":"a hook such as { type = \"command\"; command = \"…\"; }","x-drops-file":true},"hookGroup":{"type":"object","required":["hooks"],"x-expected":"an attribute set with matcher and hooks","x-drops-file":true,"properties":{"matcher":{"$ref":"#/$defs/clientText","x-expected":"a string"},"hooks":{"type":"array","items":{"$ref":"#/$defs/hook","x-expected":"a hook such as { type = \"command\"; command = \"…\"; }"},"x-expected":"a list of hooks","x-drops-file":true}},"additionalProperties":false},"hooks":{"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set of events such as PreToolUse"},"x-expected":"an attribute set of events such as PreToolUse"}},"additionalProperties":{"type":"array","items":{"$ref":"#/$defs/hookGroup","x-expected":"an attribute set with matcher and hooks"},"x-expected":"a list of { matcher, hooks }","x-drops-file":true},"x-expected":"an attribute set of events such as PreToolUse","x-drops-file":true},"sandbox":{"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set"},"x-expected":"an attribute set"},"enabled":{"$ref":"#/$defs/flag","x-expected":"true or false"},"autoAllowBashIfSandboxed":{"$ref":"#/$defs/flag","x-expected":"true or false"},"allowUnsandboxedCommands":{"$ref":"#/$defs/flag","x-expected":"true or false"},"failIfUnavailable":{"$ref":"#/$defs/flag","x-expected":"true or false"},"excludedCommands":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"network":{"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set"},"x-expected":"an attribute set"},"allowedDomains":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"deniedDomains":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"allowUnixSockets":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"allowAllUnixSockets":{"$ref":"#/$defs/flag","x-expected":"true or false"},"allowLocalBinding":{"$ref":"#/$defs/flag","x-expected":"true or false"}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"an attribute set","x-drops-file":true},"filesystem":{"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set"},"x-expected":"an attribute set"},"allowWrite":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"denyWrite":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"allowRead":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"denyRead":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"an attribute set","x-drops-file":true}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"an attribute set","x-drops-file":true},"settings":{"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set"},"x-expected":"an attribute set"},"permissions":{"not":{"x-expected":"nothing here: write permissions at the top level of claudeContext"},"x-expected":"nothing here: write permissions at the top level of claudeContext"},"hooks":{"not":{"x-expected":"nothing here: write hooks at the top level of claudeContext"},"x-expected":"nothing here: write hooks at the top level of claudeContext"},"env":{"not":{"x-expected":"nothing here: write env at the top level of claudeContext"},"x-expected":"nothing here: write env at the top level of claudeContext"},"model":{"not":{"x-expected":"nothing here: write model at the top level of claudeContext"},"x-expected":"nothing here: write model at the top level of claudeContext"},"sandbox":{"not":{"x-expected":"nothing here: write sandbox at the top level of claudeContext"},"x-expected":"nothing here: write sandbox at the top level of claudeContext"},"disableAllHooks":{"$ref":"#/$defs/flag","x-expected":"true or false"},"enableAllProjectMcpServers":{"$ref":"#/$defs/flag","x-expected":"true or false"},"disableBundledSkills":{"$ref":"#/$defs/flag","x-expected":"true or false"},"disableSkillShellExecution":{"$ref":"#/$defs/flag","x-expected":"true or false"},"disableClaudeAiConnectors":{"$ref":"#/$defs/flag","x-expected":"true or false"},"skipWebFetchPreflight":{"$ref":"#/$defs/flag","x-expected":"true or false"},"includeGitInstructions":{"$ref":"#/$defs/flag","x-expected":"true or false"},"skipDangerousModePermissionPrompt":{"$ref":"#/$defs/flag","x-expected":"true or false"},"useAutoModeDuringPlan":{"$ref":"#/$defs/flag","x-expected":"true or false"},"allowManagedPermissionRulesOnly":{"$ref":"#/$defs/flag","x-expected":"true or false"},"allowManagedHooksOnly":{"$ref":"#/$defs/flag","x-expected":"true or false"},"allowManagedMcpServersOnly":{"$ref":"#/$defs/flag","x-expected":"true or false"},"outputStyle":{"$ref":"#/$defs/clientText","x-expected":"a string"},"language":{"$ref":"#/$defs/clientText","x-expected":"a string"},"agent":{"$ref":"#/$defs/clientText","x-expected":"a string"},"effortLevel":{"$ref":"#/$defs/clientText","x-expected":"a string"},"autoMemoryDirectory":{"$ref":"#/$defs/clientText","x-expected":"a string"},"plansDirectory":{"$ref":"#/$defs/clientText","x-expected":"a string"},"disableAutoMode":{"$ref":"#/$defs/clientText","x-expected":"a string"},"apiKeyHelper":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"awsAuthRefresh":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"awsCredentialExport":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"gcpAuthRefresh":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"otelHeadersHelper":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"enabledMcpjsonServers":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"disabledMcpjsonServers":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"allowedHttpHookUrls":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"httpHookAllowedEnvVars":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"availableModels":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"claudeMdExcludes":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"statusLine":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"subagentStatusLine":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"fileSuggestion":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"autoMode":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"enabledPlugins":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"extraKnownMarketplaces":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"skillOverrides":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"modelOverrides":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"worktree":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"attribution":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"allowedMcpServers":{"type":"array","items":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"x-expected":"a list of servers","x-drops-file":true},"deniedMcpServers":{"type":"array","items":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"x-expected":"a list of servers","x-drops-file":true}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"an attribute set"},"forbid":{"type":"object","minProperties":1,"x-expected":"an attribute set of allow, modes, mcpServers, tools, skills, hooks, env or inputs","properties":{"allow":{"$ref":"#/$defs/rules","x-expected":"a list of permission rules"},"modes":{"type":"array","items":{"$ref":"#/$defs/mode","x-expected":"one of \"dontAsk\", \"plan\", \"default\", \"manual\", \"acceptEdits\", \"auto\", \"bypassPermissions\""},"x-expected":"a list of permission modes"},"mcpServers":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"tools":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"skills":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"hooks":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"env":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"inputs":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"}},"additionalProperties":false},"only":{"type":"object","minProperties":1,"x-expected":"an attribute set of allow, mcpServers, tools, skills, hooks, env or inputs","properties":{"allow":{"$ref":"#/$defs/rules","x-expected":"a list of permission rules"},"mcpServers":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"tools":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"skills":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"hooks":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"env":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"inputs":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"}},"additionalProperties":false},"require":{"type":"object","minProperties":1,"x-expected":"an attribute set of deny, ask, policies, persona, skills, mcpServers, tools, pinned or inputs","properties":{"deny":{"$ref":"#/$defs/rules","x-expected":"a list of permission rules"},"ask":{"$ref":"#/$defs/rules","x-expected":"a list of permission rules"},"policies":{"type":"object","x-expected":"an attribute set of policy ids with their text, or null","properties":{"$nix":{"not":{"x-expected":"an attribute set of policy ids with their text, or null"},"x-expected":"an attribute set of policy ids with their text, or null"}},"additionalProperties":{"$ref":"#/$defs/policyText","x-expected":"the text of the policy, or null for any"}},"persona":{"type":"array","items":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"x-expected":"a list of texts"},"skills":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"mcpServers":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"tools":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"pinned":{"const":true,"x-expected":"true"},"inputs":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"}},"additionalProperties":false},"policyText":{"type":["string","null","object"],"required":["$nix"],"properties":{"$nix":{"const":"path","x-expected":"the text of the policy, or null for any"},"content":{"const":"file","x-expected":"the text of the policy, or null for any"}},"x-expected":"the text of the policy, or null for any"},"decision":{"enum":["allow","approve","forbid"],"x-expected":"one of \"allow\", \"approve\", \"forbid\""},"constraint":{"type":"object","anyOf":[{"required":["forbid"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"},{"required":["only"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"},{"required":["require"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"},{"required":["maxAgeDays"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"},{"required":["schema"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"},{"required":["changes"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"},{"required":["check"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"}],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check","properties":{"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"severity":{"enum":["error","warning","note"],"x-expected":"one of \"error\", \"warning\", \"note\""},"docs":{"type":"string","x-expected":"a string"},"waivable":{"type":"boolean","x-expected":"true or false"},"forbid":{"$ref":"#/$defs/forbid","x-expected":"an attribute set of allow, modes, mcpServers, tools, skills, hooks, env or inputs"},"only":{"$ref":"#/$defs/only","x-expected":"an attribute set of allow, mcpServers, tools, skills, hooks, env or inputs"},"require":{"$ref":"#/$defs/require","x-expected":"an attribute set of deny, ask, policies, persona, skills, mcpServers, tools, pinned or inputs"},"maxAgeDays":{"type":"number","minimum":0,"x-expected":"a number of days, 0 or more"},"schema":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"changes":{"type":"object","minProperties":1,"x-expected":"an attribute set of directions, surfaces or inputs","patternProperties":{"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""}},"properties":{"fromInputs":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"widens":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"undecided":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"incomparable":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"narrows":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"neutral":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"permissions":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"mode":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"sandbox":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"hooks":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"mcp-servers":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"tools":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"skills":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"agents":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"commands":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"env":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"settings":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"model":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"policies":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"persona":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"system":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"constraints":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"waivers":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"nix-config":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"context":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""}},"additionalProperties":false},"check":{"$ref":"#/$defs/function","x-expected":"a function { before, after, changes }: [ { message, severity?, path? } ]"}},"additionalProperties":false},"constraints":{"type":"object","x-expected":"an attribute set of constraints","properties":{"$nix":{"not":{"x-expected":"an attribute set of constraints"},"x-expected":"an attribute set of constraints"}},"additionalProperties":{"$ref":"#/$defs/constraint","x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"}},"waiver":{"type":"object","required":["reason","owner","expires"],"x-expected":"a waiver: an attribute set with reason, owner and expires","properties":{"reason":{"type":["string","object"],"pattern":"\\S","required":["$nix"],"properties":{"$nix":{"const":"path","x-expected":"text that says why"},"content":{"const":"file","x-expected":"text that says why"}},"x-expected":"text that says why"},"owner":{"type":"string","pattern":"\\S","x-expected":"the name of a person or team"},"expires":{"type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}$","x-expected":"a date such as \"2027-01-31\""},"only":{"type":"object","minProperties":1,"x-expected":"an attribute set with path or rule","properties":{"path":{"type":"string","pattern":"\\S","x-expected":"a string"},"rule":{"type":"string","pattern":"\\S","x-expected":"a string"}},"additionalProperties":false}},"additionalProperties":false},"waivers":{"type":"object","x-expected":"an attribute set of waivers","properties":{"$nix":{"not":{"x-expected":"an attribute set of waivers"},"x-expected":"an attribute set of waivers"}},"additionalProperties":{"$ref":"#/$defs/waiver","x-expected":"a waiver: an attribute set with reason, owner and expires"}},"policies":{"type":"object","x-expected":"an attribute set of texts","properties":{"$nix":{"not":{"x-expected":"an attribute set of texts"},"x-expected":"an attribute set of texts"}},"additionalProperties":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"}}}};
const func1 = Object.prototype.hasOwnProperty;
const schema20 = {"type":"object","required":["type","version"],"x-expected":"an attribute set with type and version","properties":{"type":{"type":"string","x-expected":"a string"},"version":{"type":"string","x-expected":"a string"},"desktop":{"type":"string","x-expected":"a string"},"shell":{"type":"string","x-expected":"a string"}},"additionalProperties":false};

function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate53.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},schema:schema20.required,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.version === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},schema:schema20.required,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "type") || (key0 === "version")) || (key0 === "desktop")) || (key0 === "shell"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: "string"},schema:schema20.properties.type.type,parentSchema:schema20.properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.version !== undefined){
let data1 = data.version;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},schema:schema20.properties.version.type,parentSchema:schema20.properties.version,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.desktop !== undefined){
let data2 = data.desktop;
if(typeof data2 !== "string"){
const err5 = {instancePath:instancePath+"/desktop",schemaPath:"#/properties/desktop/type",keyword:"type",params:{type: "string"},schema:schema20.properties.desktop.type,parentSchema:schema20.properties.desktop,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.shell !== undefined){
let data3 = data.shell;
if(typeof data3 !== "string"){
const err6 = {instancePath:instancePath+"/shell",schemaPath:"#/properties/shell/type",keyword:"type",params:{type: "string"},schema:schema20.properties.shell.type,parentSchema:schema20.properties.shell,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema20.type,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate53.errors = vErrors;
return errors === 0;
}
validate53.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema21 = {"type":["string","object"],"required":["$nix"],"properties":{"$nix":{"const":"path","x-expected":"text, or the path of a text file"},"content":{"const":"file","x-expected":"text, or the path of a text file"}},"x-expected":"text, or the path of a text file"};

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate55.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema21.type},schema:schema21.type,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "$nix"},schema:schema21.required,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.$nix !== undefined){
let data0 = data.$nix;
if("path" !== data0){
const err2 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/const",keyword:"const",params:{allowedValue: "path"},schema:"path",parentSchema:schema21.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.content !== undefined){
let data1 = data.content;
if("file" !== data1){
const err3 = {instancePath:instancePath+"/content",schemaPath:"#/properties/content/const",keyword:"const",params:{allowedValue: "file"},schema:"file",parentSchema:schema21.properties.content,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
validate55.errors = vErrors;
return errors === 0;
}
validate55.evaluated = {"props":{"$nix":true,"content":true},"dynamicProps":false,"dynamicItems":false};

const schema22 = {"type":["object","array"],"items":{"$ref":"#/$defs/namedTool","x-expected":"a tool: an attribute set such as { name = \"rg\"; pkg = pkgs.ripgrep; }"},"properties":{"$nix":{"not":{"x-expected":"an attribute set of tools, or a list of tools with a name"},"x-expected":"an attribute set of tools, or a list of tools with a name"}},"additionalProperties":{"$ref":"#/$defs/tool","x-expected":"a tool: an attribute set such as { pkg = pkgs.ripgrep; }"},"x-expected":"an attribute set of tools, or a list of tools with a name"};
const schema23 = {"type":"object","required":["name"],"x-expected":"a tool: an attribute set such as { name = \"rg\"; pkg = pkgs.ripgrep; }","properties":{"pkg":{"$ref":"#/$defs/package","x-expected":"a package"},"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"preferOver":{"$ref":"#/$defs/strings","x-expected":"a list of strings"},"examples":{"$ref":"#/$defs/strings","x-expected":"a list of strings"},"alwaysApprove":{"type":"boolean","x-expected":"true or false"},"inputSchema":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"command":{"$ref":"#/$defs/commandLine","x-expected":"a command: text, a program, or a list of words"},"name":{"type":"string","x-expected":"a string"}},"additionalProperties":false};
const schema24 = {"type":"object","required":["$nix"],"properties":{"$nix":{"const":"package","x-expected":"a package"}},"x-expected":"a package"};

function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate59.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "$nix"},schema:schema24.required,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.$nix !== undefined){
let data0 = data.$nix;
if("package" !== data0){
const err1 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/const",keyword:"const",params:{allowedValue: "package"},schema:"package",parentSchema:schema24.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate59.errors = vErrors;
return errors === 0;
}
validate59.evaluated = {"props":{"$nix":true},"dynamicProps":false,"dynamicItems":false};

const schema25 = {"type":"array","items":{"type":"string","x-expected":"a list of strings"},"x-expected":"a list of strings"};

function validate62(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate62.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
const err0 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},schema:schema25.items.type,parentSchema:schema25.items,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},schema:schema25.type,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate62.errors = vErrors;
return errors === 0;
}
validate62.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema26 = {"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set of plain values"},"x-expected":"an attribute set of plain values"}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"an attribute set of plain values"};
const schema27 = {"type":["null","boolean","number","string","array","object"],"items":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"properties":{"$nix":{"enum":["package","path"],"x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"};
const wrapper0 = {validate: validate66};

function validate66(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate66.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((((typeof data != "object") && (typeof data !== "boolean")) && (!((typeof data == "number") && (isFinite(data))))) && (typeof data !== "string")){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema27.type},schema:schema27.type,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(wrapper0.validate(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(wrapper0.validate(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
let data2 = data.$nix;
if(!((data2 === "package") || (data2 === "path"))){
const err1 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/enum",keyword:"enum",params:{allowedValues: schema27.properties.$nix.enum},schema:schema27.properties.$nix.enum,parentSchema:schema27.properties.$nix,data:data2};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
validate66.errors = vErrors;
return errors === 0;
}
validate66.evaluated = {"props":true,"items":true,"dynamicProps":false,"dynamicItems":false};


function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate65.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(validate66(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err0 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema26.properties.$nix.not,parentSchema:schema26.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema26.type,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate65.errors = vErrors;
return errors === 0;
}
validate65.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema28 = {"type":["string","array","object"],"required":["$nix"],"items":{"$ref":"#/$defs/program","x-expected":"a program: a string, a package or the path of a file"},"properties":{"$nix":{"enum":["package","path"],"x-expected":"a command: text, a program, or a list of words"}},"x-expected":"a command: text, a program, or a list of words"};
const schema29 = {"type":["string","object"],"required":["$nix"],"properties":{"$nix":{"enum":["package","path"],"x-expected":"a program: a string, a package or the path of a file"},"content":{"const":"file","x-expected":"a program: a string, a package or the path of a file"}},"x-expected":"a program: a string, a package or the path of a file"};

function validate70(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate70.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema29.type},schema:schema29.type,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "$nix"},schema:schema29.required,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.$nix !== undefined){
let data0 = data.$nix;
if(!((data0 === "package") || (data0 === "path"))){
const err2 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/enum",keyword:"enum",params:{allowedValues: schema29.properties.$nix.enum},schema:schema29.properties.$nix.enum,parentSchema:schema29.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.content !== undefined){
let data1 = data.content;
if("file" !== data1){
const err3 = {instancePath:instancePath+"/content",schemaPath:"#/properties/content/const",keyword:"const",params:{allowedValue: "file"},schema:"file",parentSchema:schema29.properties.content,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
validate70.errors = vErrors;
return errors === 0;
}
validate70.evaluated = {"props":{"$nix":true,"content":true},"dynamicProps":false,"dynamicItems":false};


function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate69.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((!data || typeof data != "object") && (typeof data !== "string")){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema28.type},schema:schema28.type,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate70(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "$nix"},schema:schema28.required,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.$nix !== undefined){
let data1 = data.$nix;
if(!((data1 === "package") || (data1 === "path"))){
const err2 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/enum",keyword:"enum",params:{allowedValues: schema28.properties.$nix.enum},schema:schema28.properties.$nix.enum,parentSchema:schema28.properties.$nix,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
validate69.errors = vErrors;
return errors === 0;
}
validate69.evaluated = {"props":{"$nix":true},"items":true,"dynamicProps":false,"dynamicItems":false};


function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate58.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},schema:schema23.required,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "pkg") || (key0 === "description")) || (key0 === "preferOver")) || (key0 === "examples")) || (key0 === "alwaysApprove")) || (key0 === "inputSchema")) || (key0 === "command")) || (key0 === "name"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.pkg !== undefined){
if(!(validate59(data.pkg, {instancePath:instancePath+"/pkg",parentData:data,parentDataProperty:"pkg",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
if(data.description !== undefined){
if(!(validate55(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.preferOver !== undefined){
if(!(validate62(data.preferOver, {instancePath:instancePath+"/preferOver",parentData:data,parentDataProperty:"preferOver",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data.examples !== undefined){
if(!(validate62(data.examples, {instancePath:instancePath+"/examples",parentData:data,parentDataProperty:"examples",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data.alwaysApprove !== undefined){
let data4 = data.alwaysApprove;
if(typeof data4 !== "boolean"){
const err2 = {instancePath:instancePath+"/alwaysApprove",schemaPath:"#/properties/alwaysApprove/type",keyword:"type",params:{type: "boolean"},schema:schema23.properties.alwaysApprove.type,parentSchema:schema23.properties.alwaysApprove,data:data4};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.inputSchema !== undefined){
if(!(validate65(data.inputSchema, {instancePath:instancePath+"/inputSchema",parentData:data,parentDataProperty:"inputSchema",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.command !== undefined){
if(!(validate69(data.command, {instancePath:instancePath+"/command",parentData:data,parentDataProperty:"command",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined){
let data7 = data.name;
if(typeof data7 !== "string"){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema23.properties.name.type,parentSchema:schema23.properties.name,data:data7};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema23.type,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate58.errors = vErrors;
return errors === 0;
}
validate58.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema30 = {"type":"object","x-expected":"a tool: an attribute set such as { pkg = pkgs.ripgrep; }","properties":{"pkg":{"$ref":"#/$defs/package","x-expected":"a package"},"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"preferOver":{"$ref":"#/$defs/strings","x-expected":"a list of strings"},"examples":{"$ref":"#/$defs/strings","x-expected":"a list of strings"},"alwaysApprove":{"type":"boolean","x-expected":"true or false"},"inputSchema":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"command":{"$ref":"#/$defs/commandLine","x-expected":"a command: text, a program, or a list of words"},"name":{"type":"string","x-expected":"a string"}},"additionalProperties":false};

function validate74(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate74.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "pkg") || (key0 === "description")) || (key0 === "preferOver")) || (key0 === "examples")) || (key0 === "alwaysApprove")) || (key0 === "inputSchema")) || (key0 === "command")) || (key0 === "name"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.pkg !== undefined){
if(!(validate59(data.pkg, {instancePath:instancePath+"/pkg",parentData:data,parentDataProperty:"pkg",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
if(data.description !== undefined){
if(!(validate55(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.preferOver !== undefined){
if(!(validate62(data.preferOver, {instancePath:instancePath+"/preferOver",parentData:data,parentDataProperty:"preferOver",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data.examples !== undefined){
if(!(validate62(data.examples, {instancePath:instancePath+"/examples",parentData:data,parentDataProperty:"examples",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data.alwaysApprove !== undefined){
let data4 = data.alwaysApprove;
if(typeof data4 !== "boolean"){
const err1 = {instancePath:instancePath+"/alwaysApprove",schemaPath:"#/properties/alwaysApprove/type",keyword:"type",params:{type: "boolean"},schema:schema30.properties.alwaysApprove.type,parentSchema:schema30.properties.alwaysApprove,data:data4};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.inputSchema !== undefined){
if(!(validate65(data.inputSchema, {instancePath:instancePath+"/inputSchema",parentData:data,parentDataProperty:"inputSchema",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.command !== undefined){
if(!(validate69(data.command, {instancePath:instancePath+"/command",parentData:data,parentDataProperty:"command",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined){
let data7 = data.name;
if(typeof data7 !== "string"){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema30.properties.name.type,parentSchema:schema30.properties.name,data:data7};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema30.type,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate74.errors = vErrors;
return errors === 0;
}
validate74.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate57.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!data || typeof data != "object"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema22.type},schema:schema22.type,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate58(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(validate74(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate74.errors : vErrors.concat(validate74.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err1 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema22.properties.$nix.not,parentSchema:schema22.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
validate57.errors = vErrors;
return errors === 0;
}
validate57.evaluated = {"props":true,"items":true,"dynamicProps":false,"dynamicItems":false};

const schema31 = {"type":"object","x-expected":"an attribute set of texts","properties":{"$nix":{"not":{"x-expected":"an attribute set of texts"},"x-expected":"an attribute set of texts"}},"additionalProperties":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"}};

function validate83(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate83.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(validate55(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err0 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema31.properties.$nix.not,parentSchema:schema31.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate83.errors = vErrors;
return errors === 0;
}
validate83.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema32 = {"type":"array","items":{"$ref":"#/$defs/rule","x-expected":"a permission rule such as \"Bash(git status)\""},"x-expected":"a list of permission rules"};
const schema33 = {"type":"string","x-expected":"a permission rule such as \"Bash(git status)\""};

function validate87(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate87.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate87.errors = vErrors;
return errors === 0;
}
validate87.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate86(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate86.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate87(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
}
}
else {
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate86.errors = vErrors;
return errors === 0;
}
validate86.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema34 = {"type":"object","x-expected":"an attribute set of allow, ask, deny and modes","x-drops-file":true,"properties":{"allow":{"$ref":"#/$defs/clientRules","x-expected":"a list of permission rules"},"ask":{"$ref":"#/$defs/clientRules","x-expected":"a list of permission rules"},"deny":{"$ref":"#/$defs/clientRules","x-expected":"a list of permission rules"},"defaultMode":{"$ref":"#/$defs/clientMode","x-expected":"one of \"dontAsk\", \"plan\", \"default\", \"manual\", \"acceptEdits\", \"auto\", \"bypassPermissions\""},"additionalDirectories":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"disableBypassPermissionsMode":{"$ref":"#/$defs/disable","x-expected":"\"disable\""},"disableAutoMode":{"$ref":"#/$defs/disable","x-expected":"\"disable\""},"blockReadsOutsideWorkingDirectories":{"$ref":"#/$defs/flag","x-expected":"true or false"},"blockWritesOutsideWorkingDirectories":{"$ref":"#/$defs/flag","x-expected":"true or false"},"denyInsteadOfPrompting":{"$ref":"#/$defs/flag","x-expected":"true or false"}},"additionalProperties":false};
const schema35 = {"type":"array","items":{"$ref":"#/$defs/rule","x-expected":"a permission rule such as \"Bash(git status)\""},"x-expected":"a list of permission rules","x-drops-file":true};

function validate91(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate91.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate87(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
}
}
else {
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},schema:schema35.type,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate91.errors = vErrors;
return errors === 0;
}
validate91.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema36 = {"enum":["dontAsk","plan","default","manual","acceptEdits","auto","bypassPermissions"],"x-drops-file":true,"x-expected":"one of \"dontAsk\", \"plan\", \"default\", \"manual\", \"acceptEdits\", \"auto\", \"bypassPermissions\""};

function validate96(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate96.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((((((data === "dontAsk") || (data === "plan")) || (data === "default")) || (data === "manual")) || (data === "acceptEdits")) || (data === "auto")) || (data === "bypassPermissions"))){
const err0 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema36.enum},schema:schema36.enum,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate96.errors = vErrors;
return errors === 0;
}
validate96.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema37 = {"type":"array","items":{"type":"string","x-expected":"a list of strings"},"x-expected":"a list of strings","x-drops-file":true};

function validate98(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate98.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
const err0 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},schema:schema37.items.type,parentSchema:schema37.items,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},schema:schema37.type,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate98.errors = vErrors;
return errors === 0;
}
validate98.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema38 = {"const":"disable","x-drops-file":true,"x-expected":"\"disable\""};

function validate100(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate100.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if("disable" !== data){
const err0 = {instancePath,schemaPath:"#/const",keyword:"const",params:{allowedValue: "disable"},schema:"disable",parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate100.errors = vErrors;
return errors === 0;
}
validate100.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema39 = {"type":"boolean","x-drops-file":true,"x-expected":"true or false"};

function validate103(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate103.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "boolean"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "boolean"},schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate103.errors = vErrors;
return errors === 0;
}
validate103.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate90(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate90.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema34.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.allow !== undefined){
if(!(validate91(data.allow, {instancePath:instancePath+"/allow",parentData:data,parentDataProperty:"allow",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
errors = vErrors.length;
}
}
if(data.ask !== undefined){
if(!(validate91(data.ask, {instancePath:instancePath+"/ask",parentData:data,parentDataProperty:"ask",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
errors = vErrors.length;
}
}
if(data.deny !== undefined){
if(!(validate91(data.deny, {instancePath:instancePath+"/deny",parentData:data,parentDataProperty:"deny",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
errors = vErrors.length;
}
}
if(data.defaultMode !== undefined){
if(!(validate96(data.defaultMode, {instancePath:instancePath+"/defaultMode",parentData:data,parentDataProperty:"defaultMode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate96.errors : vErrors.concat(validate96.errors);
errors = vErrors.length;
}
}
if(data.additionalDirectories !== undefined){
if(!(validate98(data.additionalDirectories, {instancePath:instancePath+"/additionalDirectories",parentData:data,parentDataProperty:"additionalDirectories",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.disableBypassPermissionsMode !== undefined){
if(!(validate100(data.disableBypassPermissionsMode, {instancePath:instancePath+"/disableBypassPermissionsMode",parentData:data,parentDataProperty:"disableBypassPermissionsMode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
}
if(data.disableAutoMode !== undefined){
if(!(validate100(data.disableAutoMode, {instancePath:instancePath+"/disableAutoMode",parentData:data,parentDataProperty:"disableAutoMode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
}
if(data.blockReadsOutsideWorkingDirectories !== undefined){
if(!(validate103(data.blockReadsOutsideWorkingDirectories, {instancePath:instancePath+"/blockReadsOutsideWorkingDirectories",parentData:data,parentDataProperty:"blockReadsOutsideWorkingDirectories",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.blockWritesOutsideWorkingDirectories !== undefined){
if(!(validate103(data.blockWritesOutsideWorkingDirectories, {instancePath:instancePath+"/blockWritesOutsideWorkingDirectories",parentData:data,parentDataProperty:"blockWritesOutsideWorkingDirectories",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.denyInsteadOfPrompting !== undefined){
if(!(validate103(data.denyInsteadOfPrompting, {instancePath:instancePath+"/denyInsteadOfPrompting",parentData:data,parentDataProperty:"denyInsteadOfPrompting",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema34.type,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate90.errors = vErrors;
return errors === 0;
}
validate90.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema40 = {"type":["object","array"],"items":{"$ref":"#/$defs/namedMcpServer","x-expected":"a package, or an MCP server with a name"},"properties":{"$nix":{"not":{"x-expected":"an attribute set of MCP servers, or a list of packages"},"x-expected":"an attribute set of MCP servers, or a list of packages"}},"additionalProperties":{"$ref":"#/$defs/mcpServer","x-expected":"an MCP server: a package, or an attribute set with command or url"},"x-expected":"an attribute set of MCP servers, or a list of packages"};
const schema41 = {"allOf":[{"$ref":"#/$defs/mcpServer","x-expected":"an MCP server: a package, or an attribute set with command or url"},{"if":{"type":"object","not":{"required":["$nix"]}},"then":{"required":["name"],"x-expected":"a name, as a list gives none"},"x-expected":"a package, or an MCP server with a name"}],"x-expected":"a package, or an MCP server with a name"};
const schema42 = {"type":"object","if":{"required":["$nix"]},"then":{"properties":{"$nix":{"const":"package","x-expected":"an MCP server: a package, or an attribute set with command or url"}},"x-expected":"an MCP server: a package, or an attribute set with command or url"},"else":{"if":{"anyOf":[{"required":["url"]},{"properties":{"type":{"enum":["http","sse","ws"]}},"required":["type"]}]},"then":{"$ref":"#/$defs/remoteServer","x-expected":"an MCP server: a package, or an attribute set with command or url"},"else":{"$ref":"#/$defs/localServer","x-expected":"an MCP server: a package, or an attribute set with command or url"},"x-expected":"an MCP server: a package, or an attribute set with command or url"},"x-expected":"an MCP server: a package, or an attribute set with command or url"};
const schema43 = {"type":"object","required":["type","url"],"x-expected":"an MCP server: a package, or an attribute set with command or url","properties":{"type":{"enum":["http","sse","ws"],"x-expected":"one of \"http\", \"sse\", \"ws\""},"url":{"type":"string","x-expected":"a string"},"headers":{"$ref":"#/$defs/variables","x-expected":"an attribute set of variables"},"headersHelper":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"oauth":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"name":{"type":"string","x-expected":"a string"},"timeout":{"type":"integer","minimum":1000,"x-expected":"milliseconds, at least 1000"},"alwaysLoad":{"type":"boolean","x-expected":"true or false"}},"additionalProperties":false};
const schema44 = {"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set of variables"},"x-expected":"an attribute set of variables"}},"additionalProperties":{"$ref":"#/$defs/variable","x-expected":"a string, number, boolean or path"},"x-expected":"an attribute set of variables","x-drops-file":true};
const schema45 = {"type":["string","number","boolean","object"],"required":["$nix"],"properties":{"$nix":{"const":"path","x-expected":"a string, number, boolean or path"}},"x-expected":"a string, number, boolean or path","x-drops-file":true};

function validate113(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate113.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((((typeof data !== "string") && (!((typeof data == "number") && (isFinite(data))))) && (typeof data !== "boolean")) && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema45.type},schema:schema45.type,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "$nix"},schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.$nix !== undefined){
let data0 = data.$nix;
if("path" !== data0){
const err2 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/const",keyword:"const",params:{allowedValue: "path"},schema:"path",parentSchema:schema45.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
validate113.errors = vErrors;
return errors === 0;
}
validate113.evaluated = {"props":{"$nix":true},"dynamicProps":false,"dynamicItems":false};


function validate112(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate112.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(validate113(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err0 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema44.properties.$nix.not,parentSchema:schema44.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema44.type,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate112.errors = vErrors;
return errors === 0;
}
validate112.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema46 = {"type":["string","object"],"required":["$nix"],"properties":{"$nix":{"enum":["package","path"],"x-expected":"a command: a string, a package or a path"}},"x-expected":"a command: a string, a package or a path","x-drops-file":true};

function validate116(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate116.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema46.type},schema:schema46.type,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "$nix"},schema:schema46.required,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.$nix !== undefined){
let data0 = data.$nix;
if(!((data0 === "package") || (data0 === "path"))){
const err2 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/enum",keyword:"enum",params:{allowedValues: schema46.properties.$nix.enum},schema:schema46.properties.$nix.enum,parentSchema:schema46.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
validate116.errors = vErrors;
return errors === 0;
}
validate116.evaluated = {"props":{"$nix":true},"dynamicProps":false,"dynamicItems":false};


function validate111(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate111.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},schema:schema43.required,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.url === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "url"},schema:schema43.required,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "type") || (key0 === "url")) || (key0 === "headers")) || (key0 === "headersHelper")) || (key0 === "oauth")) || (key0 === "name")) || (key0 === "timeout")) || (key0 === "alwaysLoad"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if(!(((data0 === "http") || (data0 === "sse")) || (data0 === "ws"))){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/enum",keyword:"enum",params:{allowedValues: schema43.properties.type.enum},schema:schema43.properties.type.enum,parentSchema:schema43.properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.url !== undefined){
let data1 = data.url;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/type",keyword:"type",params:{type: "string"},schema:schema43.properties.url.type,parentSchema:schema43.properties.url,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.headers !== undefined){
if(!(validate112(data.headers, {instancePath:instancePath+"/headers",parentData:data,parentDataProperty:"headers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate112.errors : vErrors.concat(validate112.errors);
errors = vErrors.length;
}
}
if(data.headersHelper !== undefined){
if(!(validate116(data.headersHelper, {instancePath:instancePath+"/headersHelper",parentData:data,parentDataProperty:"headersHelper",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate116.errors : vErrors.concat(validate116.errors);
errors = vErrors.length;
}
}
if(data.oauth !== undefined){
if(!(validate65(data.oauth, {instancePath:instancePath+"/oauth",parentData:data,parentDataProperty:"oauth",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined){
let data5 = data.name;
if(typeof data5 !== "string"){
const err5 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema43.properties.name.type,parentSchema:schema43.properties.name,data:data5};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.timeout !== undefined){
let data6 = data.timeout;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err6 = {instancePath:instancePath+"/timeout",schemaPath:"#/properties/timeout/type",keyword:"type",params:{type: "integer"},schema:schema43.properties.timeout.type,parentSchema:schema43.properties.timeout,data:data6};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 1000 || isNaN(data6)){
const err7 = {instancePath:instancePath+"/timeout",schemaPath:"#/properties/timeout/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1000},schema:1000,parentSchema:schema43.properties.timeout,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
if(data.alwaysLoad !== undefined){
let data7 = data.alwaysLoad;
if(typeof data7 !== "boolean"){
const err8 = {instancePath:instancePath+"/alwaysLoad",schemaPath:"#/properties/alwaysLoad/type",keyword:"type",params:{type: "boolean"},schema:schema43.properties.alwaysLoad.type,parentSchema:schema43.properties.alwaysLoad,data:data7};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema43.type,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate111.errors = vErrors;
return errors === 0;
}
validate111.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema47 = {"type":"object","required":["command"],"x-expected":"an MCP server: a package, or an attribute set with command or url","properties":{"type":{"const":"stdio","x-expected":"\"stdio\""},"command":{"$ref":"#/$defs/program","x-expected":"a program: a string, a package or the path of a file"},"args":{"type":"array","items":{"$ref":"#/$defs/place","x-expected":"text, or a path that exists"},"x-expected":"a list of arguments"},"env":{"$ref":"#/$defs/variables","x-expected":"an attribute set of variables"},"name":{"type":"string","x-expected":"a string"},"timeout":{"type":"integer","minimum":1000,"x-expected":"milliseconds, at least 1000"},"alwaysLoad":{"type":"boolean","x-expected":"true or false"}},"additionalProperties":false};
const schema48 = {"type":["string","object"],"required":["$nix"],"properties":{"$nix":{"const":"path","x-expected":"text, or a path that exists"},"content":{"enum":["file","directory"],"x-expected":"text, or a path that exists"}},"x-expected":"text, or a path that exists"};

function validate122(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate122.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema48.type},schema:schema48.type,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "$nix"},schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.$nix !== undefined){
let data0 = data.$nix;
if("path" !== data0){
const err2 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/const",keyword:"const",params:{allowedValue: "path"},schema:"path",parentSchema:schema48.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.content !== undefined){
let data1 = data.content;
if(!((data1 === "file") || (data1 === "directory"))){
const err3 = {instancePath:instancePath+"/content",schemaPath:"#/properties/content/enum",keyword:"enum",params:{allowedValues: schema48.properties.content.enum},schema:schema48.properties.content.enum,parentSchema:schema48.properties.content,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
validate122.errors = vErrors;
return errors === 0;
}
validate122.evaluated = {"props":{"$nix":true,"content":true},"dynamicProps":false,"dynamicItems":false};


function validate120(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate120.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.command === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "command"},schema:schema47.required,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "type") || (key0 === "command")) || (key0 === "args")) || (key0 === "env")) || (key0 === "name")) || (key0 === "timeout")) || (key0 === "alwaysLoad"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("stdio" !== data0){
const err2 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "stdio"},schema:"stdio",parentSchema:schema47.properties.type,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.command !== undefined){
if(!(validate70(data.command, {instancePath:instancePath+"/command",parentData:data,parentDataProperty:"command",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.args !== undefined){
let data2 = data.args;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate122(data2[i0], {instancePath:instancePath+"/args/" + i0,parentData:data2,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate122.errors : vErrors.concat(validate122.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/type",keyword:"type",params:{type: "array"},schema:schema47.properties.args.type,parentSchema:schema47.properties.args,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.env !== undefined){
if(!(validate112(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate112.errors : vErrors.concat(validate112.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined){
let data5 = data.name;
if(typeof data5 !== "string"){
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema47.properties.name.type,parentSchema:schema47.properties.name,data:data5};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.timeout !== undefined){
let data6 = data.timeout;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err5 = {instancePath:instancePath+"/timeout",schemaPath:"#/properties/timeout/type",keyword:"type",params:{type: "integer"},schema:schema47.properties.timeout.type,parentSchema:schema47.properties.timeout,data:data6};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 1000 || isNaN(data6)){
const err6 = {instancePath:instancePath+"/timeout",schemaPath:"#/properties/timeout/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1000},schema:1000,parentSchema:schema47.properties.timeout,data:data6};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.alwaysLoad !== undefined){
let data7 = data.alwaysLoad;
if(typeof data7 !== "boolean"){
const err7 = {instancePath:instancePath+"/alwaysLoad",schemaPath:"#/properties/alwaysLoad/type",keyword:"type",params:{type: "boolean"},schema:schema47.properties.alwaysLoad.type,parentSchema:schema47.properties.alwaysLoad,data:data7};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema47.type,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate120.errors = vErrors;
return errors === 0;
}
validate120.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate110(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate110.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema42.type,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.$nix === undefined) && (missing0 = "$nix")){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix !== undefined){
let data0 = data.$nix;
if("package" !== data0){
const err2 = {instancePath:instancePath+"/$nix",schemaPath:"#/then/properties/%24nix/const",keyword:"const",params:{allowedValue: "package"},schema:"package",parentSchema:schema42.then.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
var _valid0 = _errs3 === errors;
valid0 = _valid0;
if(valid0){
var props0 = {};
props0.$nix = true;
}
ifClause0 = "then";
}
else {
const _errs5 = errors;
const _errs6 = errors;
let valid2 = true;
const _errs7 = errors;
const _errs8 = errors;
let valid3 = false;
const _errs9 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.url === undefined) && (missing1 = "url")){
const err3 = {};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var _valid2 = _errs9 === errors;
valid3 = valid3 || _valid2;
const _errs10 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if((data.type === undefined) && (missing2 = "type")){
const err4 = {};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
if(data.type !== undefined){
let data1 = data.type;
if(!(((data1 === "http") || (data1 === "sse")) || (data1 === "ws"))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
}
var _valid2 = _errs10 === errors;
valid3 = valid3 || _valid2;
if(_valid2){
var props1 = {};
props1.type = true;
}
if(!valid3){
const err6 = {};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
else {
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
}
var _valid1 = _errs7 === errors;
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
let ifClause1;
if(_valid1){
const _errs12 = errors;
if(!(validate111(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
var _valid1 = _errs12 === errors;
valid2 = _valid1;
if(valid2){
if(props1 !== true){
props1 = true;
}
}
ifClause1 = "then";
}
else {
const _errs13 = errors;
if(!(validate120(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate120.errors : vErrors.concat(validate120.errors);
errors = vErrors.length;
}
var _valid1 = _errs13 === errors;
valid2 = _valid1;
if(valid2){
if(props1 !== true){
props1 = true;
}
}
ifClause1 = "else";
}
if(!valid2){
const err7 = {instancePath,schemaPath:"#/else/if",keyword:"if",params:{failingKeyword: ifClause1},schema:schema42.else.if,parentSchema:schema42.else,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid0 = _errs5 === errors;
valid0 = _valid0;
if(valid0){
if(props0 !== true && props1 !== undefined){
if(props1 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props1);
}
}
}
ifClause0 = "else";
}
if(!valid0){
const err8 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},schema:schema42.if,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate110.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate110.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate109(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate109.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate110(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate110.errors : vErrors.concat(validate110.errors);
errors = vErrors.length;
}
else {
var props0 = validate110.evaluated.props;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs5 = errors;
const _errs6 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.$nix === undefined) && (missing0 = "$nix")){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var valid2 = _errs6 === errors;
if(valid2){
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs7 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err3 = {instancePath,schemaPath:"#/allOf/1/then/required",keyword:"required",params:{missingProperty: "name"},schema:schema41.allOf[1].then.required,parentSchema:schema41.allOf[1].then,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var _valid0 = _errs7 === errors;
valid1 = _valid0;
}
if(!valid1){
const err4 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},schema:schema41.allOf[1].if,parentSchema:schema41.allOf[1],data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate109.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate109.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate108(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate108.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!data || typeof data != "object"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema40.type},schema:schema40.type,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate109(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
errors = vErrors.length;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(validate110(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate110.errors : vErrors.concat(validate110.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err1 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema40.properties.$nix.not,parentSchema:schema40.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
validate108.errors = vErrors;
return errors === 0;
}
validate108.evaluated = {"props":true,"items":true,"dynamicProps":false,"dynamicItems":false};

const schema49 = {"type":["object","array"],"items":{"$ref":"#/$defs/namedSkill","x-expected":"a skill: a path, a package, or an attribute set with name"},"properties":{"$nix":{"not":{"x-expected":"an attribute set or a list of skills"},"x-expected":"an attribute set or a list of skills"}},"additionalProperties":{"$ref":"#/$defs/skill","x-expected":"a skill: a path, a package, or an attribute set with name, description and text"},"x-expected":"an attribute set or a list of skills"};
const schema50 = {"allOf":[{"$ref":"#/$defs/skill","x-expected":"a skill: a path, a package, or an attribute set with name, description and text"},{"if":{"type":"object","not":{"required":["$nix"]}},"then":{"required":["name"],"x-expected":"a name, as a list gives none"},"x-expected":"a skill: a path, a package, or an attribute set with name"}],"x-expected":"a skill: a path, a package, or an attribute set with name"};
const schema51 = {"type":"object","if":{"required":["$nix"]},"then":{"properties":{"$nix":{"enum":["package","path"],"x-expected":"a skill: a path, a package, or an attribute set with name, description and text"},"content":{"enum":["file","directory"],"x-expected":"a skill: a path, a package, or an attribute set with name, description and text"}},"x-expected":"a skill: a path, a package, or an attribute set with name, description and text"},"else":{"$ref":"#/$defs/skillText","x-expected":"a skill: a path, a package, or an attribute set with name, description and text"},"x-expected":"a skill: a path, a package, or an attribute set with name, description and text"};
const schema52 = {"type":"object","x-expected":"a skill: a path, a package, or an attribute set with name, description and text","properties":{"name":{"type":"string","x-expected":"a string"},"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"text":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"when_to_use":{"type":"string","x-expected":"a string"},"allowed-tools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"disallowed-tools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"allowedTools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"disallowedTools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"argument-hint":{"type":"string","x-expected":"a string"},"arguments":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"disable-model-invocation":{"type":"boolean","x-expected":"true or false"},"user-invocable":{"type":"boolean","x-expected":"true or false"},"model":{"type":"string","x-expected":"a string"},"effort":{"type":"string","x-expected":"a string"},"context":{"type":"string","x-expected":"a string"},"agent":{"type":"string","x-expected":"a string"},"background":{"type":"boolean","x-expected":"true or false"},"hooks":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"paths":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"shell":{"type":"string","x-expected":"a string"},"metadata":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"license":{"type":"string","x-expected":"a string"},"compatibility":{"type":"string","x-expected":"a string"}},"additionalProperties":false};

function validate133(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate133.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema52.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema52.properties.name.type,parentSchema:schema52.properties.name,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.description !== undefined){
if(!(validate55(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.text !== undefined){
if(!(validate55(data.text, {instancePath:instancePath+"/text",parentData:data,parentDataProperty:"text",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.when_to_use !== undefined){
let data3 = data.when_to_use;
if(typeof data3 !== "string"){
const err2 = {instancePath:instancePath+"/when_to_use",schemaPath:"#/properties/when_to_use/type",keyword:"type",params:{type: "string"},schema:schema52.properties.when_to_use.type,parentSchema:schema52.properties.when_to_use,data:data3};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data["allowed-tools"] !== undefined){
let data4 = data["allowed-tools"];
if((typeof data4 !== "string") && (!(Array.isArray(data4)))){
const err3 = {instancePath:instancePath+"/allowed-tools",schemaPath:"#/properties/allowed-tools/type",keyword:"type",params:{type: schema52.properties["allowed-tools"].type},schema:schema52.properties["allowed-tools"].type,parentSchema:schema52.properties["allowed-tools"],data:data4};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 !== "string"){
const err4 = {instancePath:instancePath+"/allowed-tools/" + i0,schemaPath:"#/properties/allowed-tools/items/type",keyword:"type",params:{type: "string"},schema:schema52.properties["allowed-tools"].items.type,parentSchema:schema52.properties["allowed-tools"].items,data:data5};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
}
if(data["disallowed-tools"] !== undefined){
let data6 = data["disallowed-tools"];
if((typeof data6 !== "string") && (!(Array.isArray(data6)))){
const err5 = {instancePath:instancePath+"/disallowed-tools",schemaPath:"#/properties/disallowed-tools/type",keyword:"type",params:{type: schema52.properties["disallowed-tools"].type},schema:schema52.properties["disallowed-tools"].type,parentSchema:schema52.properties["disallowed-tools"],data:data6};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(Array.isArray(data6)){
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
if(typeof data7 !== "string"){
const err6 = {instancePath:instancePath+"/disallowed-tools/" + i1,schemaPath:"#/properties/disallowed-tools/items/type",keyword:"type",params:{type: "string"},schema:schema52.properties["disallowed-tools"].items.type,parentSchema:schema52.properties["disallowed-tools"].items,data:data7};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
if(data.allowedTools !== undefined){
let data8 = data.allowedTools;
if((typeof data8 !== "string") && (!(Array.isArray(data8)))){
const err7 = {instancePath:instancePath+"/allowedTools",schemaPath:"#/properties/allowedTools/type",keyword:"type",params:{type: schema52.properties.allowedTools.type},schema:schema52.properties.allowedTools.type,parentSchema:schema52.properties.allowedTools,data:data8};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(Array.isArray(data8)){
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
let data9 = data8[i2];
if(typeof data9 !== "string"){
const err8 = {instancePath:instancePath+"/allowedTools/" + i2,schemaPath:"#/properties/allowedTools/items/type",keyword:"type",params:{type: "string"},schema:schema52.properties.allowedTools.items.type,parentSchema:schema52.properties.allowedTools.items,data:data9};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
}
if(data.disallowedTools !== undefined){
let data10 = data.disallowedTools;
if((typeof data10 !== "string") && (!(Array.isArray(data10)))){
const err9 = {instancePath:instancePath+"/disallowedTools",schemaPath:"#/properties/disallowedTools/type",keyword:"type",params:{type: schema52.properties.disallowedTools.type},schema:schema52.properties.disallowedTools.type,parentSchema:schema52.properties.disallowedTools,data:data10};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(Array.isArray(data10)){
const len3 = data10.length;
for(let i3=0; i3<len3; i3++){
let data11 = data10[i3];
if(typeof data11 !== "string"){
const err10 = {instancePath:instancePath+"/disallowedTools/" + i3,schemaPath:"#/properties/disallowedTools/items/type",keyword:"type",params:{type: "string"},schema:schema52.properties.disallowedTools.items.type,parentSchema:schema52.properties.disallowedTools.items,data:data11};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
}
if(data["argument-hint"] !== undefined){
let data12 = data["argument-hint"];
if(typeof data12 !== "string"){
const err11 = {instancePath:instancePath+"/argument-hint",schemaPath:"#/properties/argument-hint/type",keyword:"type",params:{type: "string"},schema:schema52.properties["argument-hint"].type,parentSchema:schema52.properties["argument-hint"],data:data12};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.arguments !== undefined){
if(!(validate66(data.arguments, {instancePath:instancePath+"/arguments",parentData:data,parentDataProperty:"arguments",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
if(data["disable-model-invocation"] !== undefined){
let data14 = data["disable-model-invocation"];
if(typeof data14 !== "boolean"){
const err12 = {instancePath:instancePath+"/disable-model-invocation",schemaPath:"#/properties/disable-model-invocation/type",keyword:"type",params:{type: "boolean"},schema:schema52.properties["disable-model-invocation"].type,parentSchema:schema52.properties["disable-model-invocation"],data:data14};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data["user-invocable"] !== undefined){
let data15 = data["user-invocable"];
if(typeof data15 !== "boolean"){
const err13 = {instancePath:instancePath+"/user-invocable",schemaPath:"#/properties/user-invocable/type",keyword:"type",params:{type: "boolean"},schema:schema52.properties["user-invocable"].type,parentSchema:schema52.properties["user-invocable"],data:data15};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.model !== undefined){
let data16 = data.model;
if(typeof data16 !== "string"){
const err14 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "string"},schema:schema52.properties.model.type,parentSchema:schema52.properties.model,data:data16};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.effort !== undefined){
let data17 = data.effort;
if(typeof data17 !== "string"){
const err15 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/type",keyword:"type",params:{type: "string"},schema:schema52.properties.effort.type,parentSchema:schema52.properties.effort,data:data17};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.context !== undefined){
let data18 = data.context;
if(typeof data18 !== "string"){
const err16 = {instancePath:instancePath+"/context",schemaPath:"#/properties/context/type",keyword:"type",params:{type: "string"},schema:schema52.properties.context.type,parentSchema:schema52.properties.context,data:data18};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.agent !== undefined){
let data19 = data.agent;
if(typeof data19 !== "string"){
const err17 = {instancePath:instancePath+"/agent",schemaPath:"#/properties/agent/type",keyword:"type",params:{type: "string"},schema:schema52.properties.agent.type,parentSchema:schema52.properties.agent,data:data19};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.background !== undefined){
let data20 = data.background;
if(typeof data20 !== "boolean"){
const err18 = {instancePath:instancePath+"/background",schemaPath:"#/properties/background/type",keyword:"type",params:{type: "boolean"},schema:schema52.properties.background.type,parentSchema:schema52.properties.background,data:data20};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.hooks !== undefined){
if(!(validate65(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.paths !== undefined){
let data22 = data.paths;
if((typeof data22 !== "string") && (!(Array.isArray(data22)))){
const err19 = {instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/type",keyword:"type",params:{type: schema52.properties.paths.type},schema:schema52.properties.paths.type,parentSchema:schema52.properties.paths,data:data22};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(Array.isArray(data22)){
const len4 = data22.length;
for(let i4=0; i4<len4; i4++){
let data23 = data22[i4];
if(typeof data23 !== "string"){
const err20 = {instancePath:instancePath+"/paths/" + i4,schemaPath:"#/properties/paths/items/type",keyword:"type",params:{type: "string"},schema:schema52.properties.paths.items.type,parentSchema:schema52.properties.paths.items,data:data23};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
}
if(data.shell !== undefined){
let data24 = data.shell;
if(typeof data24 !== "string"){
const err21 = {instancePath:instancePath+"/shell",schemaPath:"#/properties/shell/type",keyword:"type",params:{type: "string"},schema:schema52.properties.shell.type,parentSchema:schema52.properties.shell,data:data24};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate65(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.license !== undefined){
let data26 = data.license;
if(typeof data26 !== "string"){
const err22 = {instancePath:instancePath+"/license",schemaPath:"#/properties/license/type",keyword:"type",params:{type: "string"},schema:schema52.properties.license.type,parentSchema:schema52.properties.license,data:data26};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.compatibility !== undefined){
let data27 = data.compatibility;
if(typeof data27 !== "string"){
const err23 = {instancePath:instancePath+"/compatibility",schemaPath:"#/properties/compatibility/type",keyword:"type",params:{type: "string"},schema:schema52.properties.compatibility.type,parentSchema:schema52.properties.compatibility,data:data27};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema52.type,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
validate133.errors = vErrors;
return errors === 0;
}
validate133.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate132(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate132.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema51.type,parentSchema:schema51,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.$nix === undefined) && (missing0 = "$nix")){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix !== undefined){
let data0 = data.$nix;
if(!((data0 === "package") || (data0 === "path"))){
const err2 = {instancePath:instancePath+"/$nix",schemaPath:"#/then/properties/%24nix/enum",keyword:"enum",params:{allowedValues: schema51.then.properties.$nix.enum},schema:schema51.then.properties.$nix.enum,parentSchema:schema51.then.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.content !== undefined){
let data1 = data.content;
if(!((data1 === "file") || (data1 === "directory"))){
const err3 = {instancePath:instancePath+"/content",schemaPath:"#/then/properties/content/enum",keyword:"enum",params:{allowedValues: schema51.then.properties.content.enum},schema:schema51.then.properties.content.enum,parentSchema:schema51.then.properties.content,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
var _valid0 = _errs3 === errors;
valid0 = _valid0;
if(valid0){
var props0 = {};
props0.$nix = true;
props0.content = true;
}
ifClause0 = "then";
}
else {
const _errs6 = errors;
if(!(validate133(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate133.errors : vErrors.concat(validate133.errors);
errors = vErrors.length;
}
var _valid0 = _errs6 === errors;
valid0 = _valid0;
if(valid0){
if(props0 !== true){
props0 = true;
}
}
ifClause0 = "else";
}
if(!valid0){
const err4 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},schema:schema51.if,parentSchema:schema51,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate132.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate132.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate131(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate131.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate132(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate132.errors : vErrors.concat(validate132.errors);
errors = vErrors.length;
}
else {
var props0 = validate132.evaluated.props;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs5 = errors;
const _errs6 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.$nix === undefined) && (missing0 = "$nix")){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var valid2 = _errs6 === errors;
if(valid2){
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs7 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err3 = {instancePath,schemaPath:"#/allOf/1/then/required",keyword:"required",params:{missingProperty: "name"},schema:schema50.allOf[1].then.required,parentSchema:schema50.allOf[1].then,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var _valid0 = _errs7 === errors;
valid1 = _valid0;
}
if(!valid1){
const err4 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},schema:schema50.allOf[1].if,parentSchema:schema50.allOf[1],data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate131.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate131.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate130(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate130.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!data || typeof data != "object"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema49.type},schema:schema49.type,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate131(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate131.errors : vErrors.concat(validate131.errors);
errors = vErrors.length;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(validate132(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate132.errors : vErrors.concat(validate132.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err1 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema49.properties.$nix.not,parentSchema:schema49.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
validate130.errors = vErrors;
return errors === 0;
}
validate130.evaluated = {"props":true,"items":true,"dynamicProps":false,"dynamicItems":false};

const schema53 = {"type":"object","x-expected":"an attribute set of agents","properties":{"$nix":{"not":{"x-expected":"an attribute set of agents"},"x-expected":"an attribute set of agents"}},"additionalProperties":{"$ref":"#/$defs/agent","x-expected":"an agent: text, a path, or an attribute set"}};
const schema54 = {"type":["string","object"],"if":{"type":"object","required":["$nix"]},"then":{"properties":{"$nix":{"const":"path","x-expected":"an agent: text, a path, or an attribute set"},"content":{"const":"file","x-expected":"an agent: text, a path, or an attribute set"}},"x-expected":"an agent: text, a path, or an attribute set"},"else":{"if":{"type":"object"},"then":{"$ref":"#/$defs/agentText","x-expected":"an agent: text, a path, or an attribute set"},"x-expected":"an agent: text, a path, or an attribute set"},"x-expected":"an agent: text, a path, or an attribute set"};
const schema55 = {"type":"object","x-expected":"an agent: text, a path, or an attribute set","properties":{"name":{"type":"string","x-expected":"a string"},"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"text":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"prompt":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"tools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"disallowedTools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"model":{"type":"string","x-expected":"a string"},"permissionMode":{"$ref":"#/$defs/mode","x-expected":"one of \"dontAsk\", \"plan\", \"default\", \"manual\", \"acceptEdits\", \"auto\", \"bypassPermissions\""},"maxTurns":{"type":"integer","minimum":1,"x-expected":"a number, at least 1"},"skills":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"mcpServers":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"hooks":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"memory":{"type":"string","x-expected":"a string"},"background":{"type":"boolean","x-expected":"true or false"},"effort":{"type":"string","x-expected":"a string"},"isolation":{"type":"string","x-expected":"a string"},"color":{"type":"string","x-expected":"a string"},"initialPrompt":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"experimental":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"}},"additionalProperties":false};
const schema56 = {"enum":["dontAsk","plan","default","manual","acceptEdits","auto","bypassPermissions"],"x-expected":"one of \"dontAsk\", \"plan\", \"default\", \"manual\", \"acceptEdits\", \"auto\", \"bypassPermissions\""};

function validate150(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate150.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((((((data === "dontAsk") || (data === "plan")) || (data === "default")) || (data === "manual")) || (data === "acceptEdits")) || (data === "auto")) || (data === "bypassPermissions"))){
const err0 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema56.enum},schema:schema56.enum,parentSchema:schema56,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate150.errors = vErrors;
return errors === 0;
}
validate150.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate146(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate146.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema55.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema55.properties.name.type,parentSchema:schema55.properties.name,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.description !== undefined){
if(!(validate55(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.text !== undefined){
if(!(validate55(data.text, {instancePath:instancePath+"/text",parentData:data,parentDataProperty:"text",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.prompt !== undefined){
if(!(validate55(data.prompt, {instancePath:instancePath+"/prompt",parentData:data,parentDataProperty:"prompt",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.tools !== undefined){
let data4 = data.tools;
if((typeof data4 !== "string") && (!(Array.isArray(data4)))){
const err2 = {instancePath:instancePath+"/tools",schemaPath:"#/properties/tools/type",keyword:"type",params:{type: schema55.properties.tools.type},schema:schema55.properties.tools.type,parentSchema:schema55.properties.tools,data:data4};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 !== "string"){
const err3 = {instancePath:instancePath+"/tools/" + i0,schemaPath:"#/properties/tools/items/type",keyword:"type",params:{type: "string"},schema:schema55.properties.tools.items.type,parentSchema:schema55.properties.tools.items,data:data5};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
}
if(data.disallowedTools !== undefined){
let data6 = data.disallowedTools;
if((typeof data6 !== "string") && (!(Array.isArray(data6)))){
const err4 = {instancePath:instancePath+"/disallowedTools",schemaPath:"#/properties/disallowedTools/type",keyword:"type",params:{type: schema55.properties.disallowedTools.type},schema:schema55.properties.disallowedTools.type,parentSchema:schema55.properties.disallowedTools,data:data6};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(Array.isArray(data6)){
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
if(typeof data7 !== "string"){
const err5 = {instancePath:instancePath+"/disallowedTools/" + i1,schemaPath:"#/properties/disallowedTools/items/type",keyword:"type",params:{type: "string"},schema:schema55.properties.disallowedTools.items.type,parentSchema:schema55.properties.disallowedTools.items,data:data7};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
}
if(data.model !== undefined){
let data8 = data.model;
if(typeof data8 !== "string"){
const err6 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "string"},schema:schema55.properties.model.type,parentSchema:schema55.properties.model,data:data8};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.permissionMode !== undefined){
if(!(validate150(data.permissionMode, {instancePath:instancePath+"/permissionMode",parentData:data,parentDataProperty:"permissionMode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate150.errors : vErrors.concat(validate150.errors);
errors = vErrors.length;
}
}
if(data.maxTurns !== undefined){
let data10 = data.maxTurns;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err7 = {instancePath:instancePath+"/maxTurns",schemaPath:"#/properties/maxTurns/type",keyword:"type",params:{type: "integer"},schema:schema55.properties.maxTurns.type,parentSchema:schema55.properties.maxTurns,data:data10};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 1 || isNaN(data10)){
const err8 = {instancePath:instancePath+"/maxTurns",schemaPath:"#/properties/maxTurns/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},schema:1,parentSchema:schema55.properties.maxTurns,data:data10};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.skills !== undefined){
let data11 = data.skills;
if((typeof data11 !== "string") && (!(Array.isArray(data11)))){
const err9 = {instancePath:instancePath+"/skills",schemaPath:"#/properties/skills/type",keyword:"type",params:{type: schema55.properties.skills.type},schema:schema55.properties.skills.type,parentSchema:schema55.properties.skills,data:data11};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(Array.isArray(data11)){
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
if(typeof data12 !== "string"){
const err10 = {instancePath:instancePath+"/skills/" + i2,schemaPath:"#/properties/skills/items/type",keyword:"type",params:{type: "string"},schema:schema55.properties.skills.items.type,parentSchema:schema55.properties.skills.items,data:data12};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
}
if(data.mcpServers !== undefined){
if(!(validate66(data.mcpServers, {instancePath:instancePath+"/mcpServers",parentData:data,parentDataProperty:"mcpServers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
if(data.hooks !== undefined){
if(!(validate65(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.memory !== undefined){
let data15 = data.memory;
if(typeof data15 !== "string"){
const err11 = {instancePath:instancePath+"/memory",schemaPath:"#/properties/memory/type",keyword:"type",params:{type: "string"},schema:schema55.properties.memory.type,parentSchema:schema55.properties.memory,data:data15};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.background !== undefined){
let data16 = data.background;
if(typeof data16 !== "boolean"){
const err12 = {instancePath:instancePath+"/background",schemaPath:"#/properties/background/type",keyword:"type",params:{type: "boolean"},schema:schema55.properties.background.type,parentSchema:schema55.properties.background,data:data16};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.effort !== undefined){
let data17 = data.effort;
if(typeof data17 !== "string"){
const err13 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/type",keyword:"type",params:{type: "string"},schema:schema55.properties.effort.type,parentSchema:schema55.properties.effort,data:data17};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.isolation !== undefined){
let data18 = data.isolation;
if(typeof data18 !== "string"){
const err14 = {instancePath:instancePath+"/isolation",schemaPath:"#/properties/isolation/type",keyword:"type",params:{type: "string"},schema:schema55.properties.isolation.type,parentSchema:schema55.properties.isolation,data:data18};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.color !== undefined){
let data19 = data.color;
if(typeof data19 !== "string"){
const err15 = {instancePath:instancePath+"/color",schemaPath:"#/properties/color/type",keyword:"type",params:{type: "string"},schema:schema55.properties.color.type,parentSchema:schema55.properties.color,data:data19};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.initialPrompt !== undefined){
if(!(validate55(data.initialPrompt, {instancePath:instancePath+"/initialPrompt",parentData:data,parentDataProperty:"initialPrompt",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.experimental !== undefined){
if(!(validate65(data.experimental, {instancePath:instancePath+"/experimental",parentData:data,parentDataProperty:"experimental",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema55.type,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate146.errors = vErrors;
return errors === 0;
}
validate146.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate145(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate145.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema54.type},schema:schema54.type,parentSchema:schema54,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(errors === _errs2){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.$nix === undefined) && (missing0 = "$nix")){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix !== undefined){
let data0 = data.$nix;
if("path" !== data0){
const err3 = {instancePath:instancePath+"/$nix",schemaPath:"#/then/properties/%24nix/const",keyword:"const",params:{allowedValue: "path"},schema:"path",parentSchema:schema54.then.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.content !== undefined){
let data1 = data.content;
if("file" !== data1){
const err4 = {instancePath:instancePath+"/content",schemaPath:"#/then/properties/content/const",keyword:"const",params:{allowedValue: "file"},schema:"file",parentSchema:schema54.then.properties.content,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
if(valid0){
var props0 = {};
props0.$nix = true;
props0.content = true;
}
ifClause0 = "then";
}
else {
const _errs7 = errors;
const _errs8 = errors;
let valid2 = true;
const _errs9 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
if(!(validate146(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate146.errors : vErrors.concat(validate146.errors);
errors = vErrors.length;
}
var _valid1 = _errs11 === errors;
valid2 = _valid1;
if(valid2){
var props1 = true;
}
}
if(!valid2){
const err6 = {instancePath,schemaPath:"#/else/if",keyword:"if",params:{failingKeyword: "then"},schema:schema54.else.if,parentSchema:schema54.else,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs7 === errors;
valid0 = _valid0;
if(valid0){
if(props0 !== true && props1 !== undefined){
if(props1 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props1);
}
}
}
ifClause0 = "else";
}
if(!valid0){
const err7 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},schema:schema54.if,parentSchema:schema54,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate145.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate145.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate144(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate144.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(validate145(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate145.errors : vErrors.concat(validate145.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err0 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema53.properties.$nix.not,parentSchema:schema53.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema53.type,parentSchema:schema53,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate144.errors = vErrors;
return errors === 0;
}
validate144.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema57 = {"type":"object","x-expected":"an attribute set of commands","properties":{"$nix":{"not":{"x-expected":"an attribute set of commands"},"x-expected":"an attribute set of commands"}},"additionalProperties":{"$ref":"#/$defs/command","x-expected":"a command: text, a path, or an attribute set"}};
const schema58 = {"type":["string","object"],"if":{"type":"object","required":["$nix"]},"then":{"properties":{"$nix":{"const":"path","x-expected":"a command: text, a path, or an attribute set"},"content":{"const":"file","x-expected":"a command: text, a path, or an attribute set"}},"x-expected":"a command: text, a path, or an attribute set"},"else":{"if":{"type":"object"},"then":{"$ref":"#/$defs/commandText","x-expected":"a command: text, a path, or an attribute set"},"x-expected":"a command: text, a path, or an attribute set"},"x-expected":"a command: text, a path, or an attribute set"};
const schema59 = {"type":"object","x-expected":"a command: text, a path, or an attribute set","properties":{"name":{"type":"string","x-expected":"a string"},"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"text":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"when_to_use":{"type":"string","x-expected":"a string"},"allowed-tools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"disallowed-tools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"allowedTools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"disallowedTools":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"argument-hint":{"type":"string","x-expected":"a string"},"arguments":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"disable-model-invocation":{"type":"boolean","x-expected":"true or false"},"user-invocable":{"type":"boolean","x-expected":"true or false"},"model":{"type":"string","x-expected":"a string"},"effort":{"type":"string","x-expected":"a string"},"context":{"type":"string","x-expected":"a string"},"agent":{"type":"string","x-expected":"a string"},"background":{"type":"boolean","x-expected":"true or false"},"hooks":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"paths":{"type":["string","array"],"items":{"type":"string","x-expected":"a string, or a list of strings"},"x-expected":"a string, or a list of strings"},"shell":{"type":"string","x-expected":"a string"},"metadata":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"license":{"type":"string","x-expected":"a string"},"compatibility":{"type":"string","x-expected":"a string"},"prompt":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"}},"additionalProperties":false};

function validate161(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate161.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema59.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema59.properties.name.type,parentSchema:schema59.properties.name,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.description !== undefined){
if(!(validate55(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.text !== undefined){
if(!(validate55(data.text, {instancePath:instancePath+"/text",parentData:data,parentDataProperty:"text",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.when_to_use !== undefined){
let data3 = data.when_to_use;
if(typeof data3 !== "string"){
const err2 = {instancePath:instancePath+"/when_to_use",schemaPath:"#/properties/when_to_use/type",keyword:"type",params:{type: "string"},schema:schema59.properties.when_to_use.type,parentSchema:schema59.properties.when_to_use,data:data3};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data["allowed-tools"] !== undefined){
let data4 = data["allowed-tools"];
if((typeof data4 !== "string") && (!(Array.isArray(data4)))){
const err3 = {instancePath:instancePath+"/allowed-tools",schemaPath:"#/properties/allowed-tools/type",keyword:"type",params:{type: schema59.properties["allowed-tools"].type},schema:schema59.properties["allowed-tools"].type,parentSchema:schema59.properties["allowed-tools"],data:data4};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 !== "string"){
const err4 = {instancePath:instancePath+"/allowed-tools/" + i0,schemaPath:"#/properties/allowed-tools/items/type",keyword:"type",params:{type: "string"},schema:schema59.properties["allowed-tools"].items.type,parentSchema:schema59.properties["allowed-tools"].items,data:data5};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
}
if(data["disallowed-tools"] !== undefined){
let data6 = data["disallowed-tools"];
if((typeof data6 !== "string") && (!(Array.isArray(data6)))){
const err5 = {instancePath:instancePath+"/disallowed-tools",schemaPath:"#/properties/disallowed-tools/type",keyword:"type",params:{type: schema59.properties["disallowed-tools"].type},schema:schema59.properties["disallowed-tools"].type,parentSchema:schema59.properties["disallowed-tools"],data:data6};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(Array.isArray(data6)){
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
if(typeof data7 !== "string"){
const err6 = {instancePath:instancePath+"/disallowed-tools/" + i1,schemaPath:"#/properties/disallowed-tools/items/type",keyword:"type",params:{type: "string"},schema:schema59.properties["disallowed-tools"].items.type,parentSchema:schema59.properties["disallowed-tools"].items,data:data7};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
if(data.allowedTools !== undefined){
let data8 = data.allowedTools;
if((typeof data8 !== "string") && (!(Array.isArray(data8)))){
const err7 = {instancePath:instancePath+"/allowedTools",schemaPath:"#/properties/allowedTools/type",keyword:"type",params:{type: schema59.properties.allowedTools.type},schema:schema59.properties.allowedTools.type,parentSchema:schema59.properties.allowedTools,data:data8};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(Array.isArray(data8)){
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
let data9 = data8[i2];
if(typeof data9 !== "string"){
const err8 = {instancePath:instancePath+"/allowedTools/" + i2,schemaPath:"#/properties/allowedTools/items/type",keyword:"type",params:{type: "string"},schema:schema59.properties.allowedTools.items.type,parentSchema:schema59.properties.allowedTools.items,data:data9};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
}
if(data.disallowedTools !== undefined){
let data10 = data.disallowedTools;
if((typeof data10 !== "string") && (!(Array.isArray(data10)))){
const err9 = {instancePath:instancePath+"/disallowedTools",schemaPath:"#/properties/disallowedTools/type",keyword:"type",params:{type: schema59.properties.disallowedTools.type},schema:schema59.properties.disallowedTools.type,parentSchema:schema59.properties.disallowedTools,data:data10};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(Array.isArray(data10)){
const len3 = data10.length;
for(let i3=0; i3<len3; i3++){
let data11 = data10[i3];
if(typeof data11 !== "string"){
const err10 = {instancePath:instancePath+"/disallowedTools/" + i3,schemaPath:"#/properties/disallowedTools/items/type",keyword:"type",params:{type: "string"},schema:schema59.properties.disallowedTools.items.type,parentSchema:schema59.properties.disallowedTools.items,data:data11};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
}
if(data["argument-hint"] !== undefined){
let data12 = data["argument-hint"];
if(typeof data12 !== "string"){
const err11 = {instancePath:instancePath+"/argument-hint",schemaPath:"#/properties/argument-hint/type",keyword:"type",params:{type: "string"},schema:schema59.properties["argument-hint"].type,parentSchema:schema59.properties["argument-hint"],data:data12};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.arguments !== undefined){
if(!(validate66(data.arguments, {instancePath:instancePath+"/arguments",parentData:data,parentDataProperty:"arguments",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
if(data["disable-model-invocation"] !== undefined){
let data14 = data["disable-model-invocation"];
if(typeof data14 !== "boolean"){
const err12 = {instancePath:instancePath+"/disable-model-invocation",schemaPath:"#/properties/disable-model-invocation/type",keyword:"type",params:{type: "boolean"},schema:schema59.properties["disable-model-invocation"].type,parentSchema:schema59.properties["disable-model-invocation"],data:data14};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data["user-invocable"] !== undefined){
let data15 = data["user-invocable"];
if(typeof data15 !== "boolean"){
const err13 = {instancePath:instancePath+"/user-invocable",schemaPath:"#/properties/user-invocable/type",keyword:"type",params:{type: "boolean"},schema:schema59.properties["user-invocable"].type,parentSchema:schema59.properties["user-invocable"],data:data15};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.model !== undefined){
let data16 = data.model;
if(typeof data16 !== "string"){
const err14 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "string"},schema:schema59.properties.model.type,parentSchema:schema59.properties.model,data:data16};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.effort !== undefined){
let data17 = data.effort;
if(typeof data17 !== "string"){
const err15 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/type",keyword:"type",params:{type: "string"},schema:schema59.properties.effort.type,parentSchema:schema59.properties.effort,data:data17};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.context !== undefined){
let data18 = data.context;
if(typeof data18 !== "string"){
const err16 = {instancePath:instancePath+"/context",schemaPath:"#/properties/context/type",keyword:"type",params:{type: "string"},schema:schema59.properties.context.type,parentSchema:schema59.properties.context,data:data18};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.agent !== undefined){
let data19 = data.agent;
if(typeof data19 !== "string"){
const err17 = {instancePath:instancePath+"/agent",schemaPath:"#/properties/agent/type",keyword:"type",params:{type: "string"},schema:schema59.properties.agent.type,parentSchema:schema59.properties.agent,data:data19};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.background !== undefined){
let data20 = data.background;
if(typeof data20 !== "boolean"){
const err18 = {instancePath:instancePath+"/background",schemaPath:"#/properties/background/type",keyword:"type",params:{type: "boolean"},schema:schema59.properties.background.type,parentSchema:schema59.properties.background,data:data20};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.hooks !== undefined){
if(!(validate65(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.paths !== undefined){
let data22 = data.paths;
if((typeof data22 !== "string") && (!(Array.isArray(data22)))){
const err19 = {instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/type",keyword:"type",params:{type: schema59.properties.paths.type},schema:schema59.properties.paths.type,parentSchema:schema59.properties.paths,data:data22};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(Array.isArray(data22)){
const len4 = data22.length;
for(let i4=0; i4<len4; i4++){
let data23 = data22[i4];
if(typeof data23 !== "string"){
const err20 = {instancePath:instancePath+"/paths/" + i4,schemaPath:"#/properties/paths/items/type",keyword:"type",params:{type: "string"},schema:schema59.properties.paths.items.type,parentSchema:schema59.properties.paths.items,data:data23};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
}
if(data.shell !== undefined){
let data24 = data.shell;
if(typeof data24 !== "string"){
const err21 = {instancePath:instancePath+"/shell",schemaPath:"#/properties/shell/type",keyword:"type",params:{type: "string"},schema:schema59.properties.shell.type,parentSchema:schema59.properties.shell,data:data24};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate65(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.license !== undefined){
let data26 = data.license;
if(typeof data26 !== "string"){
const err22 = {instancePath:instancePath+"/license",schemaPath:"#/properties/license/type",keyword:"type",params:{type: "string"},schema:schema59.properties.license.type,parentSchema:schema59.properties.license,data:data26};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.compatibility !== undefined){
let data27 = data.compatibility;
if(typeof data27 !== "string"){
const err23 = {instancePath:instancePath+"/compatibility",schemaPath:"#/properties/compatibility/type",keyword:"type",params:{type: "string"},schema:schema59.properties.compatibility.type,parentSchema:schema59.properties.compatibility,data:data27};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.prompt !== undefined){
if(!(validate55(data.prompt, {instancePath:instancePath+"/prompt",parentData:data,parentDataProperty:"prompt",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
}
else {
const err24 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema59.type,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
validate161.errors = vErrors;
return errors === 0;
}
validate161.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate160(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate160.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema58.type},schema:schema58.type,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(errors === _errs2){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.$nix === undefined) && (missing0 = "$nix")){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix !== undefined){
let data0 = data.$nix;
if("path" !== data0){
const err3 = {instancePath:instancePath+"/$nix",schemaPath:"#/then/properties/%24nix/const",keyword:"const",params:{allowedValue: "path"},schema:"path",parentSchema:schema58.then.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.content !== undefined){
let data1 = data.content;
if("file" !== data1){
const err4 = {instancePath:instancePath+"/content",schemaPath:"#/then/properties/content/const",keyword:"const",params:{allowedValue: "file"},schema:"file",parentSchema:schema58.then.properties.content,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
if(valid0){
var props0 = {};
props0.$nix = true;
props0.content = true;
}
ifClause0 = "then";
}
else {
const _errs7 = errors;
const _errs8 = errors;
let valid2 = true;
const _errs9 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
if(!(validate161(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate161.errors : vErrors.concat(validate161.errors);
errors = vErrors.length;
}
var _valid1 = _errs11 === errors;
valid2 = _valid1;
if(valid2){
var props1 = true;
}
}
if(!valid2){
const err6 = {instancePath,schemaPath:"#/else/if",keyword:"if",params:{failingKeyword: "then"},schema:schema58.else.if,parentSchema:schema58.else,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs7 === errors;
valid0 = _valid0;
if(valid0){
if(props0 !== true && props1 !== undefined){
if(props1 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props1);
}
}
}
ifClause0 = "else";
}
if(!valid0){
const err7 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},schema:schema58.if,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate160.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate160.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate159(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate159.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(validate160(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate160.errors : vErrors.concat(validate160.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err0 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema57.properties.$nix.not,parentSchema:schema57.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema57.type,parentSchema:schema57,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate159.errors = vErrors;
return errors === 0;
}
validate159.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema60 = {"type":"object","x-expected":"an attribute set of output styles","properties":{"$nix":{"not":{"x-expected":"an attribute set of output styles"},"x-expected":"an attribute set of output styles"}},"additionalProperties":{"$ref":"#/$defs/outputStyle","x-expected":"an output style: text, a path, or an attribute set"}};
const schema61 = {"type":["string","object"],"if":{"type":"object","required":["$nix"]},"then":{"properties":{"$nix":{"const":"path","x-expected":"an output style: text, a path, or an attribute set"},"content":{"const":"file","x-expected":"an output style: text, a path, or an attribute set"}},"x-expected":"an output style: text, a path, or an attribute set"},"else":{"if":{"type":"object"},"then":{"$ref":"#/$defs/outputStyleText","x-expected":"an output style: text, a path, or an attribute set"},"x-expected":"an output style: text, a path, or an attribute set"},"x-expected":"an output style: text, a path, or an attribute set"};
const schema62 = {"type":"object","x-expected":"an output style: text, a path, or an attribute set","properties":{"name":{"type":"string","x-expected":"a string"},"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"text":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"keep-coding-instructions":{"type":"boolean","x-expected":"true or false"}},"additionalProperties":false};

function validate173(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate173.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "name") || (key0 === "description")) || (key0 === "text")) || (key0 === "keep-coding-instructions"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema62.properties.name.type,parentSchema:schema62.properties.name,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.description !== undefined){
if(!(validate55(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.text !== undefined){
if(!(validate55(data.text, {instancePath:instancePath+"/text",parentData:data,parentDataProperty:"text",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data["keep-coding-instructions"] !== undefined){
let data3 = data["keep-coding-instructions"];
if(typeof data3 !== "boolean"){
const err2 = {instancePath:instancePath+"/keep-coding-instructions",schemaPath:"#/properties/keep-coding-instructions/type",keyword:"type",params:{type: "boolean"},schema:schema62.properties["keep-coding-instructions"].type,parentSchema:schema62.properties["keep-coding-instructions"],data:data3};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema62.type,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate173.errors = vErrors;
return errors === 0;
}
validate173.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate172(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate172.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema61.type},schema:schema61.type,parentSchema:schema61,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(errors === _errs2){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.$nix === undefined) && (missing0 = "$nix")){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix !== undefined){
let data0 = data.$nix;
if("path" !== data0){
const err3 = {instancePath:instancePath+"/$nix",schemaPath:"#/then/properties/%24nix/const",keyword:"const",params:{allowedValue: "path"},schema:"path",parentSchema:schema61.then.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.content !== undefined){
let data1 = data.content;
if("file" !== data1){
const err4 = {instancePath:instancePath+"/content",schemaPath:"#/then/properties/content/const",keyword:"const",params:{allowedValue: "file"},schema:"file",parentSchema:schema61.then.properties.content,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
if(valid0){
var props0 = {};
props0.$nix = true;
props0.content = true;
}
ifClause0 = "then";
}
else {
const _errs7 = errors;
const _errs8 = errors;
let valid2 = true;
const _errs9 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
if(!(validate173(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate173.errors : vErrors.concat(validate173.errors);
errors = vErrors.length;
}
var _valid1 = _errs11 === errors;
valid2 = _valid1;
if(valid2){
var props1 = true;
}
}
if(!valid2){
const err6 = {instancePath,schemaPath:"#/else/if",keyword:"if",params:{failingKeyword: "then"},schema:schema61.else.if,parentSchema:schema61.else,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs7 === errors;
valid0 = _valid0;
if(valid0){
if(props0 !== true && props1 !== undefined){
if(props1 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props1);
}
}
}
ifClause0 = "else";
}
if(!valid0){
const err7 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},schema:schema61.if,parentSchema:schema61,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate172.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate172.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate171(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate171.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(validate172(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate172.errors : vErrors.concat(validate172.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err0 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema60.properties.$nix.not,parentSchema:schema60.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema60.type,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate171.errors = vErrors;
return errors === 0;
}
validate171.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema63 = {"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set of events such as PreToolUse"},"x-expected":"an attribute set of events such as PreToolUse"}},"additionalProperties":{"type":"array","items":{"$ref":"#/$defs/hookGroup","x-expected":"an attribute set with matcher and hooks"},"x-expected":"a list of { matcher, hooks }","x-drops-file":true},"x-expected":"an attribute set of events such as PreToolUse","x-drops-file":true};
const schema64 = {"type":"object","required":["hooks"],"x-expected":"an attribute set with matcher and hooks","x-drops-file":true,"properties":{"matcher":{"$ref":"#/$defs/clientText","x-expected":"a string"},"hooks":{"type":"array","items":{"$ref":"#/$defs/hook","x-expected":"a hook such as { type = \"command\"; command = \"…\"; }"},"x-expected":"a list of hooks","x-drops-file":true}},"additionalProperties":false};
const schema65 = {"type":"string","x-drops-file":true,"x-expected":"a string"};

function validate181(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate181.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},schema:schema65.type,parentSchema:schema65,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate181.errors = vErrors;
return errors === 0;
}
validate181.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema66 = {"type":"object","required":["type"],"properties":{"$nix":{"not":{"x-expected":"a hook such as { type = \"command\"; command = \"…\"; }"},"x-expected":"a hook such as { type = \"command\"; command = \"…\"; }"},"type":{"type":"string","x-drops-file":true,"x-expected":"a string"},"command":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"url":{"$ref":"#/$defs/clientText","x-expected":"a string"},"prompt":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"tool":{"$ref":"#/$defs/clientText","x-expected":"a string"},"server":{"$ref":"#/$defs/clientText","x-expected":"a string"},"if":{"$ref":"#/$defs/clientText","x-expected":"a string"},"timeout":{"type":"number","exclusiveMinimum":0,"x-expected":"a number of seconds above 0","x-drops-file":true},"async":{"type":"boolean","x-expected":"true or false"}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"allOf":[{"if":{"properties":{"type":{"const":"command"}}},"then":{"required":["command"],"x-expected":"a command: a string, a package or a path","x-drops-file":true},"x-expected":"a hook such as { type = \"command\"; command = \"…\"; }"},{"if":{"properties":{"type":{"const":"http"}}},"then":{"required":["url"],"x-expected":"an address","x-drops-file":true},"x-expected":"a hook such as { type = \"command\"; command = \"…\"; }"},{"if":{"properties":{"type":{"enum":["prompt","agent"]}}},"then":{"required":["prompt"],"x-expected":"a prompt","x-drops-file":true},"x-expected":"a hook such as { type = \"command\"; command = \"…\"; }"}],"x-expected":"a hook such as { type = \"command\"; command = \"…\"; }","x-drops-file":true};

function validate183(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate183.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type !== undefined){
if("command" !== data.type){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.command === undefined){
const err1 = {instancePath,schemaPath:"#/allOf/0/then/required",keyword:"required",params:{missingProperty: "command"},schema:schema66.allOf[0].then.required,parentSchema:schema66.allOf[0].then,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err2 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},schema:schema66.allOf[0].if,parentSchema:schema66.allOf[0],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const _errs7 = errors;
let valid3 = true;
const _errs8 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type !== undefined){
if("http" !== data.type){
const err3 = {};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
var _valid1 = _errs8 === errors;
errors = _errs7;
if(vErrors !== null){
if(_errs7){
vErrors.length = _errs7;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs10 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.url === undefined){
const err4 = {instancePath,schemaPath:"#/allOf/1/then/required",keyword:"required",params:{missingProperty: "url"},schema:schema66.allOf[1].then.required,parentSchema:schema66.allOf[1].then,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
var _valid1 = _errs10 === errors;
valid3 = _valid1;
}
if(!valid3){
const err5 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},schema:schema66.allOf[1].if,parentSchema:schema66.allOf[1],data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const _errs12 = errors;
let valid5 = true;
const _errs13 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type !== undefined){
let data2 = data.type;
if(!((data2 === "prompt") || (data2 === "agent"))){
const err6 = {};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
var _valid2 = _errs13 === errors;
errors = _errs12;
if(vErrors !== null){
if(_errs12){
vErrors.length = _errs12;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs15 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.prompt === undefined){
const err7 = {instancePath,schemaPath:"#/allOf/2/then/required",keyword:"required",params:{missingProperty: "prompt"},schema:schema66.allOf[2].then.required,parentSchema:schema66.allOf[2].then,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
var _valid2 = _errs15 === errors;
valid5 = _valid2;
}
if(!valid5){
const err8 = {instancePath,schemaPath:"#/allOf/2/if",keyword:"if",params:{failingKeyword: "then"},schema:schema66.allOf[2].if,parentSchema:schema66.allOf[2],data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err9 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},schema:schema66.required,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema66.properties, key0))){
if(!(validate66(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err10 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema66.properties.$nix.not,parentSchema:schema66.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data.type !== undefined){
let data5 = data.type;
if(typeof data5 !== "string"){
const err11 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: "string"},schema:schema66.properties.type.type,parentSchema:schema66.properties.type,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.command !== undefined){
if(!(validate116(data.command, {instancePath:instancePath+"/command",parentData:data,parentDataProperty:"command",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate116.errors : vErrors.concat(validate116.errors);
errors = vErrors.length;
}
}
if(data.url !== undefined){
if(!(validate181(data.url, {instancePath:instancePath+"/url",parentData:data,parentDataProperty:"url",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.prompt !== undefined){
if(!(validate55(data.prompt, {instancePath:instancePath+"/prompt",parentData:data,parentDataProperty:"prompt",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.tool !== undefined){
if(!(validate181(data.tool, {instancePath:instancePath+"/tool",parentData:data,parentDataProperty:"tool",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.server !== undefined){
if(!(validate181(data.server, {instancePath:instancePath+"/server",parentData:data,parentDataProperty:"server",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.if !== undefined){
if(!(validate181(data.if, {instancePath:instancePath+"/if",parentData:data,parentDataProperty:"if",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
let data12 = data.timeout;
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 <= 0 || isNaN(data12)){
const err12 = {instancePath:instancePath+"/timeout",schemaPath:"#/properties/timeout/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},schema:0,parentSchema:schema66.properties.timeout,data:data12};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/timeout",schemaPath:"#/properties/timeout/type",keyword:"type",params:{type: "number"},schema:schema66.properties.timeout.type,parentSchema:schema66.properties.timeout,data:data12};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.async !== undefined){
let data13 = data.async;
if(typeof data13 !== "boolean"){
const err14 = {instancePath:instancePath+"/async",schemaPath:"#/properties/async/type",keyword:"type",params:{type: "boolean"},schema:schema66.properties.async.type,parentSchema:schema66.properties.async,data:data13};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema66.type,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
validate183.errors = vErrors;
return errors === 0;
}
validate183.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate180(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate180.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.hooks === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "hooks"},schema:schema64.required,parentSchema:schema64,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "matcher") || (key0 === "hooks"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema64,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.matcher !== undefined){
if(!(validate181(data.matcher, {instancePath:instancePath+"/matcher",parentData:data,parentDataProperty:"matcher",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.hooks !== undefined){
let data1 = data.hooks;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate183(data1[i0], {instancePath:instancePath+"/hooks/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate183.errors : vErrors.concat(validate183.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/hooks",schemaPath:"#/properties/hooks/type",keyword:"type",params:{type: "array"},schema:schema64.properties.hooks.type,parentSchema:schema64.properties.hooks,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema64.type,parentSchema:schema64,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate180.errors = vErrors;
return errors === 0;
}
validate180.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate179(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate179.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
let data0 = data[key0];
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate180(data0[i0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,parentData:data0,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
errors = vErrors.length;
}
}
}
else {
const err0 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: "array"},schema:schema63.additionalProperties.type,parentSchema:schema63.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
if(data.$nix !== undefined){
const err1 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema63.properties.$nix.not,parentSchema:schema63.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema63.type,parentSchema:schema63,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate179.errors = vErrors;
return errors === 0;
}
validate179.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema67 = {"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set"},"x-expected":"an attribute set"},"enabled":{"$ref":"#/$defs/flag","x-expected":"true or false"},"autoAllowBashIfSandboxed":{"$ref":"#/$defs/flag","x-expected":"true or false"},"allowUnsandboxedCommands":{"$ref":"#/$defs/flag","x-expected":"true or false"},"failIfUnavailable":{"$ref":"#/$defs/flag","x-expected":"true or false"},"excludedCommands":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"network":{"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set"},"x-expected":"an attribute set"},"allowedDomains":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"deniedDomains":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"allowUnixSockets":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"allowAllUnixSockets":{"$ref":"#/$defs/flag","x-expected":"true or false"},"allowLocalBinding":{"$ref":"#/$defs/flag","x-expected":"true or false"}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"an attribute set","x-drops-file":true},"filesystem":{"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set"},"x-expected":"an attribute set"},"allowWrite":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"denyWrite":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"allowRead":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"denyRead":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"an attribute set","x-drops-file":true}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"an attribute set","x-drops-file":true};

function validate196(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate196.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "$nix") || (key0 === "enabled")) || (key0 === "autoAllowBashIfSandboxed")) || (key0 === "allowUnsandboxedCommands")) || (key0 === "failIfUnavailable")) || (key0 === "excludedCommands")) || (key0 === "network")) || (key0 === "filesystem"))){
if(!(validate66(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err0 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema67.properties.$nix.not,parentSchema:schema67.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.enabled !== undefined){
if(!(validate103(data.enabled, {instancePath:instancePath+"/enabled",parentData:data,parentDataProperty:"enabled",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.autoAllowBashIfSandboxed !== undefined){
if(!(validate103(data.autoAllowBashIfSandboxed, {instancePath:instancePath+"/autoAllowBashIfSandboxed",parentData:data,parentDataProperty:"autoAllowBashIfSandboxed",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.allowUnsandboxedCommands !== undefined){
if(!(validate103(data.allowUnsandboxedCommands, {instancePath:instancePath+"/allowUnsandboxedCommands",parentData:data,parentDataProperty:"allowUnsandboxedCommands",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.failIfUnavailable !== undefined){
if(!(validate103(data.failIfUnavailable, {instancePath:instancePath+"/failIfUnavailable",parentData:data,parentDataProperty:"failIfUnavailable",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.excludedCommands !== undefined){
if(!(validate98(data.excludedCommands, {instancePath:instancePath+"/excludedCommands",parentData:data,parentDataProperty:"excludedCommands",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.network !== undefined){
let data7 = data.network;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key1 in data7){
if(!((((((key1 === "$nix") || (key1 === "allowedDomains")) || (key1 === "deniedDomains")) || (key1 === "allowUnixSockets")) || (key1 === "allowAllUnixSockets")) || (key1 === "allowLocalBinding"))){
if(!(validate66(data7[key1], {instancePath:instancePath+"/network/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data7,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
}
if(data7.$nix !== undefined){
const err1 = {instancePath:instancePath+"/network/$nix",schemaPath:"#/properties/network/properties/%24nix/not",keyword:"not",params:{},schema:schema67.properties.network.properties.$nix.not,parentSchema:schema67.properties.network.properties.$nix,data:data7.$nix};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data7.allowedDomains !== undefined){
if(!(validate98(data7.allowedDomains, {instancePath:instancePath+"/network/allowedDomains",parentData:data7,parentDataProperty:"allowedDomains",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data7.deniedDomains !== undefined){
if(!(validate98(data7.deniedDomains, {instancePath:instancePath+"/network/deniedDomains",parentData:data7,parentDataProperty:"deniedDomains",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data7.allowUnixSockets !== undefined){
if(!(validate98(data7.allowUnixSockets, {instancePath:instancePath+"/network/allowUnixSockets",parentData:data7,parentDataProperty:"allowUnixSockets",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data7.allowAllUnixSockets !== undefined){
if(!(validate103(data7.allowAllUnixSockets, {instancePath:instancePath+"/network/allowAllUnixSockets",parentData:data7,parentDataProperty:"allowAllUnixSockets",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data7.allowLocalBinding !== undefined){
if(!(validate103(data7.allowLocalBinding, {instancePath:instancePath+"/network/allowLocalBinding",parentData:data7,parentDataProperty:"allowLocalBinding",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/network",schemaPath:"#/properties/network/type",keyword:"type",params:{type: "object"},schema:schema67.properties.network.type,parentSchema:schema67.properties.network,data:data7};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.filesystem !== undefined){
let data15 = data.filesystem;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key2 in data15){
if(!(((((key2 === "$nix") || (key2 === "allowWrite")) || (key2 === "denyWrite")) || (key2 === "allowRead")) || (key2 === "denyRead"))){
if(!(validate66(data15[key2], {instancePath:instancePath+"/filesystem/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data15,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
}
if(data15.$nix !== undefined){
const err3 = {instancePath:instancePath+"/filesystem/$nix",schemaPath:"#/properties/filesystem/properties/%24nix/not",keyword:"not",params:{},schema:schema67.properties.filesystem.properties.$nix.not,parentSchema:schema67.properties.filesystem.properties.$nix,data:data15.$nix};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data15.allowWrite !== undefined){
if(!(validate98(data15.allowWrite, {instancePath:instancePath+"/filesystem/allowWrite",parentData:data15,parentDataProperty:"allowWrite",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data15.denyWrite !== undefined){
if(!(validate98(data15.denyWrite, {instancePath:instancePath+"/filesystem/denyWrite",parentData:data15,parentDataProperty:"denyWrite",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data15.allowRead !== undefined){
if(!(validate98(data15.allowRead, {instancePath:instancePath+"/filesystem/allowRead",parentData:data15,parentDataProperty:"allowRead",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data15.denyRead !== undefined){
if(!(validate98(data15.denyRead, {instancePath:instancePath+"/filesystem/denyRead",parentData:data15,parentDataProperty:"denyRead",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/filesystem",schemaPath:"#/properties/filesystem/type",keyword:"type",params:{type: "object"},schema:schema67.properties.filesystem.type,parentSchema:schema67.properties.filesystem,data:data15};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema67.type,parentSchema:schema67,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate196.errors = vErrors;
return errors === 0;
}
validate196.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema68 = {"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set"},"x-expected":"an attribute set"},"permissions":{"not":{"x-expected":"nothing here: write permissions at the top level of claudeContext"},"x-expected":"nothing here: write permissions at the top level of claudeContext"},"hooks":{"not":{"x-expected":"nothing here: write hooks at the top level of claudeContext"},"x-expected":"nothing here: write hooks at the top level of claudeContext"},"env":{"not":{"x-expected":"nothing here: write env at the top level of claudeContext"},"x-expected":"nothing here: write env at the top level of claudeContext"},"model":{"not":{"x-expected":"nothing here: write model at the top level of claudeContext"},"x-expected":"nothing here: write model at the top level of claudeContext"},"sandbox":{"not":{"x-expected":"nothing here: write sandbox at the top level of claudeContext"},"x-expected":"nothing here: write sandbox at the top level of claudeContext"},"disableAllHooks":{"$ref":"#/$defs/flag","x-expected":"true or false"},"enableAllProjectMcpServers":{"$ref":"#/$defs/flag","x-expected":"true or false"},"disableBundledSkills":{"$ref":"#/$defs/flag","x-expected":"true or false"},"disableSkillShellExecution":{"$ref":"#/$defs/flag","x-expected":"true or false"},"disableClaudeAiConnectors":{"$ref":"#/$defs/flag","x-expected":"true or false"},"skipWebFetchPreflight":{"$ref":"#/$defs/flag","x-expected":"true or false"},"includeGitInstructions":{"$ref":"#/$defs/flag","x-expected":"true or false"},"skipDangerousModePermissionPrompt":{"$ref":"#/$defs/flag","x-expected":"true or false"},"useAutoModeDuringPlan":{"$ref":"#/$defs/flag","x-expected":"true or false"},"allowManagedPermissionRulesOnly":{"$ref":"#/$defs/flag","x-expected":"true or false"},"allowManagedHooksOnly":{"$ref":"#/$defs/flag","x-expected":"true or false"},"allowManagedMcpServersOnly":{"$ref":"#/$defs/flag","x-expected":"true or false"},"outputStyle":{"$ref":"#/$defs/clientText","x-expected":"a string"},"language":{"$ref":"#/$defs/clientText","x-expected":"a string"},"agent":{"$ref":"#/$defs/clientText","x-expected":"a string"},"effortLevel":{"$ref":"#/$defs/clientText","x-expected":"a string"},"autoMemoryDirectory":{"$ref":"#/$defs/clientText","x-expected":"a string"},"plansDirectory":{"$ref":"#/$defs/clientText","x-expected":"a string"},"disableAutoMode":{"$ref":"#/$defs/clientText","x-expected":"a string"},"apiKeyHelper":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"awsAuthRefresh":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"awsCredentialExport":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"gcpAuthRefresh":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"otelHeadersHelper":{"$ref":"#/$defs/clientCommand","x-expected":"a command: a string, a package or a path"},"enabledMcpjsonServers":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"disabledMcpjsonServers":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"allowedHttpHookUrls":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"httpHookAllowedEnvVars":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"availableModels":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"claudeMdExcludes":{"$ref":"#/$defs/clientStrings","x-expected":"a list of strings"},"statusLine":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"subagentStatusLine":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"fileSuggestion":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"autoMode":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"enabledPlugins":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"extraKnownMarketplaces":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"skillOverrides":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"modelOverrides":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"worktree":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"attribution":{"$ref":"#/$defs/clientObject","x-expected":"an attribute set"},"allowedMcpServers":{"type":"array","items":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"x-expected":"a list of servers","x-drops-file":true},"deniedMcpServers":{"type":"array","items":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"x-expected":"a list of servers","x-drops-file":true}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"an attribute set"};
const schema69 = {"type":"object","properties":{"$nix":{"not":{"x-expected":"an attribute set"},"x-expected":"an attribute set"}},"additionalProperties":{"$ref":"#/$defs/json","x-expected":"a plain value: text, number, boolean, null, list, attribute set, package or path"},"x-expected":"an attribute set","x-drops-file":true};

function validate247(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate247.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(validate66(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err0 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema69.properties.$nix.not,parentSchema:schema69.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema69.type,parentSchema:schema69,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate247.errors = vErrors;
return errors === 0;
}
validate247.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate215(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate215.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema68.properties, key0))){
if(!(validate66(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err0 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema68.properties.$nix.not,parentSchema:schema68.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.permissions !== undefined){
const err1 = {instancePath:instancePath+"/permissions",schemaPath:"#/properties/permissions/not",keyword:"not",params:{},schema:schema68.properties.permissions.not,parentSchema:schema68.properties.permissions,data:data.permissions};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.hooks !== undefined){
const err2 = {instancePath:instancePath+"/hooks",schemaPath:"#/properties/hooks/not",keyword:"not",params:{},schema:schema68.properties.hooks.not,parentSchema:schema68.properties.hooks,data:data.hooks};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.env !== undefined){
const err3 = {instancePath:instancePath+"/env",schemaPath:"#/properties/env/not",keyword:"not",params:{},schema:schema68.properties.env.not,parentSchema:schema68.properties.env,data:data.env};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.model !== undefined){
const err4 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/not",keyword:"not",params:{},schema:schema68.properties.model.not,parentSchema:schema68.properties.model,data:data.model};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.sandbox !== undefined){
const err5 = {instancePath:instancePath+"/sandbox",schemaPath:"#/properties/sandbox/not",keyword:"not",params:{},schema:schema68.properties.sandbox.not,parentSchema:schema68.properties.sandbox,data:data.sandbox};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.disableAllHooks !== undefined){
if(!(validate103(data.disableAllHooks, {instancePath:instancePath+"/disableAllHooks",parentData:data,parentDataProperty:"disableAllHooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.enableAllProjectMcpServers !== undefined){
if(!(validate103(data.enableAllProjectMcpServers, {instancePath:instancePath+"/enableAllProjectMcpServers",parentData:data,parentDataProperty:"enableAllProjectMcpServers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.disableBundledSkills !== undefined){
if(!(validate103(data.disableBundledSkills, {instancePath:instancePath+"/disableBundledSkills",parentData:data,parentDataProperty:"disableBundledSkills",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.disableSkillShellExecution !== undefined){
if(!(validate103(data.disableSkillShellExecution, {instancePath:instancePath+"/disableSkillShellExecution",parentData:data,parentDataProperty:"disableSkillShellExecution",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.disableClaudeAiConnectors !== undefined){
if(!(validate103(data.disableClaudeAiConnectors, {instancePath:instancePath+"/disableClaudeAiConnectors",parentData:data,parentDataProperty:"disableClaudeAiConnectors",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.skipWebFetchPreflight !== undefined){
if(!(validate103(data.skipWebFetchPreflight, {instancePath:instancePath+"/skipWebFetchPreflight",parentData:data,parentDataProperty:"skipWebFetchPreflight",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.includeGitInstructions !== undefined){
if(!(validate103(data.includeGitInstructions, {instancePath:instancePath+"/includeGitInstructions",parentData:data,parentDataProperty:"includeGitInstructions",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.skipDangerousModePermissionPrompt !== undefined){
if(!(validate103(data.skipDangerousModePermissionPrompt, {instancePath:instancePath+"/skipDangerousModePermissionPrompt",parentData:data,parentDataProperty:"skipDangerousModePermissionPrompt",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.useAutoModeDuringPlan !== undefined){
if(!(validate103(data.useAutoModeDuringPlan, {instancePath:instancePath+"/useAutoModeDuringPlan",parentData:data,parentDataProperty:"useAutoModeDuringPlan",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.allowManagedPermissionRulesOnly !== undefined){
if(!(validate103(data.allowManagedPermissionRulesOnly, {instancePath:instancePath+"/allowManagedPermissionRulesOnly",parentData:data,parentDataProperty:"allowManagedPermissionRulesOnly",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.allowManagedHooksOnly !== undefined){
if(!(validate103(data.allowManagedHooksOnly, {instancePath:instancePath+"/allowManagedHooksOnly",parentData:data,parentDataProperty:"allowManagedHooksOnly",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.allowManagedMcpServersOnly !== undefined){
if(!(validate103(data.allowManagedMcpServersOnly, {instancePath:instancePath+"/allowManagedMcpServersOnly",parentData:data,parentDataProperty:"allowManagedMcpServersOnly",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
}
if(data.outputStyle !== undefined){
if(!(validate181(data.outputStyle, {instancePath:instancePath+"/outputStyle",parentData:data,parentDataProperty:"outputStyle",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.language !== undefined){
if(!(validate181(data.language, {instancePath:instancePath+"/language",parentData:data,parentDataProperty:"language",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.agent !== undefined){
if(!(validate181(data.agent, {instancePath:instancePath+"/agent",parentData:data,parentDataProperty:"agent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.effortLevel !== undefined){
if(!(validate181(data.effortLevel, {instancePath:instancePath+"/effortLevel",parentData:data,parentDataProperty:"effortLevel",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.autoMemoryDirectory !== undefined){
if(!(validate181(data.autoMemoryDirectory, {instancePath:instancePath+"/autoMemoryDirectory",parentData:data,parentDataProperty:"autoMemoryDirectory",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.plansDirectory !== undefined){
if(!(validate181(data.plansDirectory, {instancePath:instancePath+"/plansDirectory",parentData:data,parentDataProperty:"plansDirectory",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.disableAutoMode !== undefined){
if(!(validate181(data.disableAutoMode, {instancePath:instancePath+"/disableAutoMode",parentData:data,parentDataProperty:"disableAutoMode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.apiKeyHelper !== undefined){
if(!(validate116(data.apiKeyHelper, {instancePath:instancePath+"/apiKeyHelper",parentData:data,parentDataProperty:"apiKeyHelper",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate116.errors : vErrors.concat(validate116.errors);
errors = vErrors.length;
}
}
if(data.awsAuthRefresh !== undefined){
if(!(validate116(data.awsAuthRefresh, {instancePath:instancePath+"/awsAuthRefresh",parentData:data,parentDataProperty:"awsAuthRefresh",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate116.errors : vErrors.concat(validate116.errors);
errors = vErrors.length;
}
}
if(data.awsCredentialExport !== undefined){
if(!(validate116(data.awsCredentialExport, {instancePath:instancePath+"/awsCredentialExport",parentData:data,parentDataProperty:"awsCredentialExport",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate116.errors : vErrors.concat(validate116.errors);
errors = vErrors.length;
}
}
if(data.gcpAuthRefresh !== undefined){
if(!(validate116(data.gcpAuthRefresh, {instancePath:instancePath+"/gcpAuthRefresh",parentData:data,parentDataProperty:"gcpAuthRefresh",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate116.errors : vErrors.concat(validate116.errors);
errors = vErrors.length;
}
}
if(data.otelHeadersHelper !== undefined){
if(!(validate116(data.otelHeadersHelper, {instancePath:instancePath+"/otelHeadersHelper",parentData:data,parentDataProperty:"otelHeadersHelper",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate116.errors : vErrors.concat(validate116.errors);
errors = vErrors.length;
}
}
if(data.enabledMcpjsonServers !== undefined){
if(!(validate98(data.enabledMcpjsonServers, {instancePath:instancePath+"/enabledMcpjsonServers",parentData:data,parentDataProperty:"enabledMcpjsonServers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.disabledMcpjsonServers !== undefined){
if(!(validate98(data.disabledMcpjsonServers, {instancePath:instancePath+"/disabledMcpjsonServers",parentData:data,parentDataProperty:"disabledMcpjsonServers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.allowedHttpHookUrls !== undefined){
if(!(validate98(data.allowedHttpHookUrls, {instancePath:instancePath+"/allowedHttpHookUrls",parentData:data,parentDataProperty:"allowedHttpHookUrls",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.httpHookAllowedEnvVars !== undefined){
if(!(validate98(data.httpHookAllowedEnvVars, {instancePath:instancePath+"/httpHookAllowedEnvVars",parentData:data,parentDataProperty:"httpHookAllowedEnvVars",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.availableModels !== undefined){
if(!(validate98(data.availableModels, {instancePath:instancePath+"/availableModels",parentData:data,parentDataProperty:"availableModels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.claudeMdExcludes !== undefined){
if(!(validate98(data.claudeMdExcludes, {instancePath:instancePath+"/claudeMdExcludes",parentData:data,parentDataProperty:"claudeMdExcludes",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.statusLine !== undefined){
if(!(validate247(data.statusLine, {instancePath:instancePath+"/statusLine",parentData:data,parentDataProperty:"statusLine",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
errors = vErrors.length;
}
}
if(data.subagentStatusLine !== undefined){
if(!(validate247(data.subagentStatusLine, {instancePath:instancePath+"/subagentStatusLine",parentData:data,parentDataProperty:"subagentStatusLine",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
errors = vErrors.length;
}
}
if(data.fileSuggestion !== undefined){
if(!(validate247(data.fileSuggestion, {instancePath:instancePath+"/fileSuggestion",parentData:data,parentDataProperty:"fileSuggestion",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
errors = vErrors.length;
}
}
if(data.autoMode !== undefined){
if(!(validate247(data.autoMode, {instancePath:instancePath+"/autoMode",parentData:data,parentDataProperty:"autoMode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
errors = vErrors.length;
}
}
if(data.enabledPlugins !== undefined){
if(!(validate247(data.enabledPlugins, {instancePath:instancePath+"/enabledPlugins",parentData:data,parentDataProperty:"enabledPlugins",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
errors = vErrors.length;
}
}
if(data.extraKnownMarketplaces !== undefined){
if(!(validate247(data.extraKnownMarketplaces, {instancePath:instancePath+"/extraKnownMarketplaces",parentData:data,parentDataProperty:"extraKnownMarketplaces",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
errors = vErrors.length;
}
}
if(data.skillOverrides !== undefined){
if(!(validate247(data.skillOverrides, {instancePath:instancePath+"/skillOverrides",parentData:data,parentDataProperty:"skillOverrides",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
errors = vErrors.length;
}
}
if(data.modelOverrides !== undefined){
if(!(validate247(data.modelOverrides, {instancePath:instancePath+"/modelOverrides",parentData:data,parentDataProperty:"modelOverrides",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
errors = vErrors.length;
}
}
if(data.worktree !== undefined){
if(!(validate247(data.worktree, {instancePath:instancePath+"/worktree",parentData:data,parentDataProperty:"worktree",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
errors = vErrors.length;
}
}
if(data.attribution !== undefined){
if(!(validate247(data.attribution, {instancePath:instancePath+"/attribution",parentData:data,parentDataProperty:"attribution",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
errors = vErrors.length;
}
}
if(data.allowedMcpServers !== undefined){
let data47 = data.allowedMcpServers;
if(Array.isArray(data47)){
const len0 = data47.length;
for(let i0=0; i0<len0; i0++){
if(!(validate65(data47[i0], {instancePath:instancePath+"/allowedMcpServers/" + i0,parentData:data47,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/allowedMcpServers",schemaPath:"#/properties/allowedMcpServers/type",keyword:"type",params:{type: "array"},schema:schema68.properties.allowedMcpServers.type,parentSchema:schema68.properties.allowedMcpServers,data:data47};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.deniedMcpServers !== undefined){
let data49 = data.deniedMcpServers;
if(Array.isArray(data49)){
const len1 = data49.length;
for(let i1=0; i1<len1; i1++){
if(!(validate65(data49[i1], {instancePath:instancePath+"/deniedMcpServers/" + i1,parentData:data49,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/deniedMcpServers",schemaPath:"#/properties/deniedMcpServers/type",keyword:"type",params:{type: "array"},schema:schema68.properties.deniedMcpServers.type,parentSchema:schema68.properties.deniedMcpServers,data:data49};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema68.type,parentSchema:schema68,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate215.errors = vErrors;
return errors === 0;
}
validate215.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema70 = {"type":"object","x-expected":"an attribute set of constraints","properties":{"$nix":{"not":{"x-expected":"an attribute set of constraints"},"x-expected":"an attribute set of constraints"}},"additionalProperties":{"$ref":"#/$defs/constraint","x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"}};
const schema71 = {"type":"object","anyOf":[{"required":["forbid"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"},{"required":["only"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"},{"required":["require"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"},{"required":["maxAgeDays"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"},{"required":["schema"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"},{"required":["changes"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"},{"required":["check"],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check"}],"x-expected":"a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check","properties":{"description":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"severity":{"enum":["error","warning","note"],"x-expected":"one of \"error\", \"warning\", \"note\""},"docs":{"type":"string","x-expected":"a string"},"waivable":{"type":"boolean","x-expected":"true or false"},"forbid":{"$ref":"#/$defs/forbid","x-expected":"an attribute set of allow, modes, mcpServers, tools, skills, hooks, env or inputs"},"only":{"$ref":"#/$defs/only","x-expected":"an attribute set of allow, mcpServers, tools, skills, hooks, env or inputs"},"require":{"$ref":"#/$defs/require","x-expected":"an attribute set of deny, ask, policies, persona, skills, mcpServers, tools, pinned or inputs"},"maxAgeDays":{"type":"number","minimum":0,"x-expected":"a number of days, 0 or more"},"schema":{"$ref":"#/$defs/jsonObject","x-expected":"an attribute set of plain values"},"changes":{"type":"object","minProperties":1,"x-expected":"an attribute set of directions, surfaces or inputs","patternProperties":{"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""}},"properties":{"fromInputs":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"widens":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"undecided":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"incomparable":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"narrows":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"neutral":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"permissions":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"mode":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"sandbox":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"hooks":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"mcp-servers":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"tools":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"skills":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"agents":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"commands":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"env":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"settings":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"model":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"policies":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"persona":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"system":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"constraints":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"waivers":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"nix-config":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""},"context":{"$ref":"#/$defs/decision","x-expected":"one of \"allow\", \"approve\", \"forbid\""}},"additionalProperties":false},"check":{"$ref":"#/$defs/function","x-expected":"a function { before, after, changes }: [ { message, severity?, path? } ]"}},"additionalProperties":false};
const schema72 = {"type":"object","minProperties":1,"x-expected":"an attribute set of allow, modes, mcpServers, tools, skills, hooks, env or inputs","properties":{"allow":{"$ref":"#/$defs/rules","x-expected":"a list of permission rules"},"modes":{"type":"array","items":{"$ref":"#/$defs/mode","x-expected":"one of \"dontAsk\", \"plan\", \"default\", \"manual\", \"acceptEdits\", \"auto\", \"bypassPermissions\""},"x-expected":"a list of permission modes"},"mcpServers":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"tools":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"skills":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"hooks":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"env":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"inputs":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"}},"additionalProperties":false};
const schema73 = {"type":"array","items":{"type":"string","pattern":"\\S","x-expected":"a name or pattern such as \"github\" or \"acme-*\""},"x-expected":"a list of names or patterns"};
const pattern3 = new RegExp("\\S", "u");

function validate268(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate268.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(!pattern3.test(data0)){
const err0 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/pattern",keyword:"pattern",params:{pattern: "\\S"},schema:"\\S",parentSchema:schema73.items,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},schema:schema73.items.type,parentSchema:schema73.items,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},schema:schema73.type,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate268.errors = vErrors;
return errors === 0;
}
validate268.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};


function validate265(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate265.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},schema:1,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "allow") || (key0 === "modes")) || (key0 === "mcpServers")) || (key0 === "tools")) || (key0 === "skills")) || (key0 === "hooks")) || (key0 === "env")) || (key0 === "inputs"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.allow !== undefined){
if(!(validate86(data.allow, {instancePath:instancePath+"/allow",parentData:data,parentDataProperty:"allow",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data.modes !== undefined){
let data1 = data.modes;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate150(data1[i0], {instancePath:instancePath+"/modes/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate150.errors : vErrors.concat(validate150.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/modes",schemaPath:"#/properties/modes/type",keyword:"type",params:{type: "array"},schema:schema72.properties.modes.type,parentSchema:schema72.properties.modes,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.mcpServers !== undefined){
if(!(validate268(data.mcpServers, {instancePath:instancePath+"/mcpServers",parentData:data,parentDataProperty:"mcpServers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.tools !== undefined){
if(!(validate268(data.tools, {instancePath:instancePath+"/tools",parentData:data,parentDataProperty:"tools",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.skills !== undefined){
if(!(validate268(data.skills, {instancePath:instancePath+"/skills",parentData:data,parentDataProperty:"skills",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.hooks !== undefined){
if(!(validate268(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.env !== undefined){
if(!(validate268(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.inputs !== undefined){
if(!(validate268(data.inputs, {instancePath:instancePath+"/inputs",parentData:data,parentDataProperty:"inputs",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema72.type,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate265.errors = vErrors;
return errors === 0;
}
validate265.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema74 = {"type":"object","minProperties":1,"x-expected":"an attribute set of allow, mcpServers, tools, skills, hooks, env or inputs","properties":{"allow":{"$ref":"#/$defs/rules","x-expected":"a list of permission rules"},"mcpServers":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"tools":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"skills":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"hooks":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"env":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"inputs":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"}},"additionalProperties":false};

function validate276(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate276.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},schema:1,parentSchema:schema74,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "allow") || (key0 === "mcpServers")) || (key0 === "tools")) || (key0 === "skills")) || (key0 === "hooks")) || (key0 === "env")) || (key0 === "inputs"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema74,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.allow !== undefined){
if(!(validate86(data.allow, {instancePath:instancePath+"/allow",parentData:data,parentDataProperty:"allow",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data.mcpServers !== undefined){
if(!(validate268(data.mcpServers, {instancePath:instancePath+"/mcpServers",parentData:data,parentDataProperty:"mcpServers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.tools !== undefined){
if(!(validate268(data.tools, {instancePath:instancePath+"/tools",parentData:data,parentDataProperty:"tools",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.skills !== undefined){
if(!(validate268(data.skills, {instancePath:instancePath+"/skills",parentData:data,parentDataProperty:"skills",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.hooks !== undefined){
if(!(validate268(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.env !== undefined){
if(!(validate268(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.inputs !== undefined){
if(!(validate268(data.inputs, {instancePath:instancePath+"/inputs",parentData:data,parentDataProperty:"inputs",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema74.type,parentSchema:schema74,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate276.errors = vErrors;
return errors === 0;
}
validate276.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema75 = {"type":"object","minProperties":1,"x-expected":"an attribute set of deny, ask, policies, persona, skills, mcpServers, tools, pinned or inputs","properties":{"deny":{"$ref":"#/$defs/rules","x-expected":"a list of permission rules"},"ask":{"$ref":"#/$defs/rules","x-expected":"a list of permission rules"},"policies":{"type":"object","x-expected":"an attribute set of policy ids with their text, or null","properties":{"$nix":{"not":{"x-expected":"an attribute set of policy ids with their text, or null"},"x-expected":"an attribute set of policy ids with their text, or null"}},"additionalProperties":{"$ref":"#/$defs/policyText","x-expected":"the text of the policy, or null for any"}},"persona":{"type":"array","items":{"$ref":"#/$defs/text","x-expected":"text, or the path of a text file"},"x-expected":"a list of texts"},"skills":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"mcpServers":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"tools":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"},"pinned":{"const":true,"x-expected":"true"},"inputs":{"$ref":"#/$defs/globs","x-expected":"a list of names or patterns"}},"additionalProperties":false};
const schema76 = {"type":["string","null","object"],"required":["$nix"],"properties":{"$nix":{"const":"path","x-expected":"the text of the policy, or null for any"},"content":{"const":"file","x-expected":"the text of the policy, or null for any"}},"x-expected":"the text of the policy, or null for any"};

function validate288(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate288.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(((typeof data !== "string") && (data !== null)) && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema76.type},schema:schema76.type,parentSchema:schema76,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "$nix"},schema:schema76.required,parentSchema:schema76,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.$nix !== undefined){
let data0 = data.$nix;
if("path" !== data0){
const err2 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/const",keyword:"const",params:{allowedValue: "path"},schema:"path",parentSchema:schema76.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.content !== undefined){
let data1 = data.content;
if("file" !== data1){
const err3 = {instancePath:instancePath+"/content",schemaPath:"#/properties/content/const",keyword:"const",params:{allowedValue: "file"},schema:"file",parentSchema:schema76.properties.content,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
validate288.errors = vErrors;
return errors === 0;
}
validate288.evaluated = {"props":{"$nix":true,"content":true},"dynamicProps":false,"dynamicItems":false};


function validate285(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate285.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},schema:1,parentSchema:schema75,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema75.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema75,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.deny !== undefined){
if(!(validate86(data.deny, {instancePath:instancePath+"/deny",parentData:data,parentDataProperty:"deny",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data.ask !== undefined){
if(!(validate86(data.ask, {instancePath:instancePath+"/ask",parentData:data,parentDataProperty:"ask",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data.policies !== undefined){
let data2 = data.policies;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!(key1 === "$nix")){
if(!(validate288(data2[key1], {instancePath:instancePath+"/policies/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate288.errors : vErrors.concat(validate288.errors);
errors = vErrors.length;
}
}
}
if(data2.$nix !== undefined){
const err2 = {instancePath:instancePath+"/policies/$nix",schemaPath:"#/properties/policies/properties/%24nix/not",keyword:"not",params:{},schema:schema75.properties.policies.properties.$nix.not,parentSchema:schema75.properties.policies.properties.$nix,data:data2.$nix};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/type",keyword:"type",params:{type: "object"},schema:schema75.properties.policies.type,parentSchema:schema75.properties.policies,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.persona !== undefined){
let data5 = data.persona;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
if(!(validate55(data5[i0], {instancePath:instancePath+"/persona/" + i0,parentData:data5,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/persona",schemaPath:"#/properties/persona/type",keyword:"type",params:{type: "array"},schema:schema75.properties.persona.type,parentSchema:schema75.properties.persona,data:data5};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.skills !== undefined){
if(!(validate268(data.skills, {instancePath:instancePath+"/skills",parentData:data,parentDataProperty:"skills",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.mcpServers !== undefined){
if(!(validate268(data.mcpServers, {instancePath:instancePath+"/mcpServers",parentData:data,parentDataProperty:"mcpServers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.tools !== undefined){
if(!(validate268(data.tools, {instancePath:instancePath+"/tools",parentData:data,parentDataProperty:"tools",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
if(data.pinned !== undefined){
let data10 = data.pinned;
if(true !== data10){
const err5 = {instancePath:instancePath+"/pinned",schemaPath:"#/properties/pinned/const",keyword:"const",params:{allowedValue: true},schema:true,parentSchema:schema75.properties.pinned,data:data10};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.inputs !== undefined){
if(!(validate268(data.inputs, {instancePath:instancePath+"/inputs",parentData:data,parentDataProperty:"inputs",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema75.type,parentSchema:schema75,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate285.errors = vErrors;
return errors === 0;
}
validate285.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema77 = {"enum":["allow","approve","forbid"],"x-expected":"one of \"allow\", \"approve\", \"forbid\""};

function validate297(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate297.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((data === "allow") || (data === "approve")) || (data === "forbid"))){
const err0 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema77.enum},schema:schema77.enum,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate297.errors = vErrors;
return errors === 0;
}
validate297.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema78 = {"type":"object","required":["$nix"],"properties":{"$nix":{"const":"function","x-expected":"a function { before, after, changes }: [ { message, severity?, path? } ]"}},"x-expected":"a function { before, after, changes }: [ { message, severity?, path? } ]"};

function validate324(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate324.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$nix === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "$nix"},schema:schema78.required,parentSchema:schema78,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.$nix !== undefined){
let data0 = data.$nix;
if("function" !== data0){
const err1 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/const",keyword:"const",params:{allowedValue: "function"},schema:"function",parentSchema:schema78.properties.$nix,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema78.type,parentSchema:schema78,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate324.errors = vErrors;
return errors === 0;
}
validate324.evaluated = {"props":{"$nix":true},"dynamicProps":false,"dynamicItems":false};

const pattern4 = new RegExp("^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$", "u");

function validate263(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate263.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = false;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.forbid === undefined){
const err0 = {instancePath,schemaPath:"#/anyOf/0/required",keyword:"required",params:{missingProperty: "forbid"},schema:schema71.anyOf[0].required,parentSchema:schema71.anyOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
valid0 = valid0 || _valid0;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.only === undefined){
const err1 = {instancePath,schemaPath:"#/anyOf/1/required",keyword:"required",params:{missingProperty: "only"},schema:schema71.anyOf[1].required,parentSchema:schema71.anyOf[1],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
valid0 = valid0 || _valid0;
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.require === undefined){
const err2 = {instancePath,schemaPath:"#/anyOf/2/required",keyword:"required",params:{missingProperty: "require"},schema:schema71.anyOf[2].required,parentSchema:schema71.anyOf[2],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
valid0 = valid0 || _valid0;
const _errs5 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.maxAgeDays === undefined){
const err3 = {instancePath,schemaPath:"#/anyOf/3/required",keyword:"required",params:{missingProperty: "maxAgeDays"},schema:schema71.anyOf[3].required,parentSchema:schema71.anyOf[3],data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var _valid0 = _errs5 === errors;
valid0 = valid0 || _valid0;
const _errs6 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.schema === undefined){
const err4 = {instancePath,schemaPath:"#/anyOf/4/required",keyword:"required",params:{missingProperty: "schema"},schema:schema71.anyOf[4].required,parentSchema:schema71.anyOf[4],data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
var _valid0 = _errs6 === errors;
valid0 = valid0 || _valid0;
const _errs7 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.changes === undefined){
const err5 = {instancePath,schemaPath:"#/anyOf/5/required",keyword:"required",params:{missingProperty: "changes"},schema:schema71.anyOf[5].required,parentSchema:schema71.anyOf[5],data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var _valid0 = _errs7 === errors;
valid0 = valid0 || _valid0;
const _errs8 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.check === undefined){
const err6 = {instancePath,schemaPath:"#/anyOf/6/required",keyword:"required",params:{missingProperty: "check"},schema:schema71.anyOf[6].required,parentSchema:schema71.anyOf[6],data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
var _valid0 = _errs8 === errors;
valid0 = valid0 || _valid0;
if(!valid0){
const err7 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},schema:schema71.anyOf,parentSchema:schema71,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema71.properties, key0))){
const err8 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema71,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.description !== undefined){
if(!(validate55(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.severity !== undefined){
let data1 = data.severity;
if(!(((data1 === "error") || (data1 === "warning")) || (data1 === "note"))){
const err9 = {instancePath:instancePath+"/severity",schemaPath:"#/properties/severity/enum",keyword:"enum",params:{allowedValues: schema71.properties.severity.enum},schema:schema71.properties.severity.enum,parentSchema:schema71.properties.severity,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.docs !== undefined){
let data2 = data.docs;
if(typeof data2 !== "string"){
const err10 = {instancePath:instancePath+"/docs",schemaPath:"#/properties/docs/type",keyword:"type",params:{type: "string"},schema:schema71.properties.docs.type,parentSchema:schema71.properties.docs,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.waivable !== undefined){
let data3 = data.waivable;
if(typeof data3 !== "boolean"){
const err11 = {instancePath:instancePath+"/waivable",schemaPath:"#/properties/waivable/type",keyword:"type",params:{type: "boolean"},schema:schema71.properties.waivable.type,parentSchema:schema71.properties.waivable,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.forbid !== undefined){
if(!(validate265(data.forbid, {instancePath:instancePath+"/forbid",parentData:data,parentDataProperty:"forbid",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate265.errors : vErrors.concat(validate265.errors);
errors = vErrors.length;
}
}
if(data.only !== undefined){
if(!(validate276(data.only, {instancePath:instancePath+"/only",parentData:data,parentDataProperty:"only",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate276.errors : vErrors.concat(validate276.errors);
errors = vErrors.length;
}
}
if(data.require !== undefined){
if(!(validate285(data.require, {instancePath:instancePath+"/require",parentData:data,parentDataProperty:"require",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate285.errors : vErrors.concat(validate285.errors);
errors = vErrors.length;
}
}
if(data.maxAgeDays !== undefined){
let data7 = data.maxAgeDays;
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
const err12 = {instancePath:instancePath+"/maxAgeDays",schemaPath:"#/properties/maxAgeDays/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema71.properties.maxAgeDays,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/maxAgeDays",schemaPath:"#/properties/maxAgeDays/type",keyword:"type",params:{type: "number"},schema:schema71.properties.maxAgeDays.type,parentSchema:schema71.properties.maxAgeDays,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.schema !== undefined){
if(!(validate65(data.schema, {instancePath:instancePath+"/schema",parentData:data,parentDataProperty:"schema",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.changes !== undefined){
let data9 = data.changes;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(Object.keys(data9).length < 1){
const err14 = {instancePath:instancePath+"/changes",schemaPath:"#/properties/changes/minProperties",keyword:"minProperties",params:{limit: 1},schema:1,parentSchema:schema71.properties.changes,data:data9};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key1 in data9){
if(!((func1.call(schema71.properties.changes.properties, key1)) || (pattern4.test(key1)))){
const err15 = {instancePath:instancePath+"/changes",schemaPath:"#/properties/changes/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},schema:false,parentSchema:schema71.properties.changes,data:data9};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data9.fromInputs !== undefined){
if(!(validate297(data9.fromInputs, {instancePath:instancePath+"/changes/fromInputs",parentData:data9,parentDataProperty:"fromInputs",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.widens !== undefined){
if(!(validate297(data9.widens, {instancePath:instancePath+"/changes/widens",parentData:data9,parentDataProperty:"widens",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.undecided !== undefined){
if(!(validate297(data9.undecided, {instancePath:instancePath+"/changes/undecided",parentData:data9,parentDataProperty:"undecided",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.incomparable !== undefined){
if(!(validate297(data9.incomparable, {instancePath:instancePath+"/changes/incomparable",parentData:data9,parentDataProperty:"incomparable",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.narrows !== undefined){
if(!(validate297(data9.narrows, {instancePath:instancePath+"/changes/narrows",parentData:data9,parentDataProperty:"narrows",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.neutral !== undefined){
if(!(validate297(data9.neutral, {instancePath:instancePath+"/changes/neutral",parentData:data9,parentDataProperty:"neutral",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.permissions !== undefined){
if(!(validate297(data9.permissions, {instancePath:instancePath+"/changes/permissions",parentData:data9,parentDataProperty:"permissions",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.mode !== undefined){
if(!(validate297(data9.mode, {instancePath:instancePath+"/changes/mode",parentData:data9,parentDataProperty:"mode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.sandbox !== undefined){
if(!(validate297(data9.sandbox, {instancePath:instancePath+"/changes/sandbox",parentData:data9,parentDataProperty:"sandbox",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.hooks !== undefined){
if(!(validate297(data9.hooks, {instancePath:instancePath+"/changes/hooks",parentData:data9,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9["mcp-servers"] !== undefined){
if(!(validate297(data9["mcp-servers"], {instancePath:instancePath+"/changes/mcp-servers",parentData:data9,parentDataProperty:"mcp-servers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.tools !== undefined){
if(!(validate297(data9.tools, {instancePath:instancePath+"/changes/tools",parentData:data9,parentDataProperty:"tools",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.skills !== undefined){
if(!(validate297(data9.skills, {instancePath:instancePath+"/changes/skills",parentData:data9,parentDataProperty:"skills",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.agents !== undefined){
if(!(validate297(data9.agents, {instancePath:instancePath+"/changes/agents",parentData:data9,parentDataProperty:"agents",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.commands !== undefined){
if(!(validate297(data9.commands, {instancePath:instancePath+"/changes/commands",parentData:data9,parentDataProperty:"commands",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.env !== undefined){
if(!(validate297(data9.env, {instancePath:instancePath+"/changes/env",parentData:data9,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.settings !== undefined){
if(!(validate297(data9.settings, {instancePath:instancePath+"/changes/settings",parentData:data9,parentDataProperty:"settings",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.model !== undefined){
if(!(validate297(data9.model, {instancePath:instancePath+"/changes/model",parentData:data9,parentDataProperty:"model",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.policies !== undefined){
if(!(validate297(data9.policies, {instancePath:instancePath+"/changes/policies",parentData:data9,parentDataProperty:"policies",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.persona !== undefined){
if(!(validate297(data9.persona, {instancePath:instancePath+"/changes/persona",parentData:data9,parentDataProperty:"persona",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.system !== undefined){
if(!(validate297(data9.system, {instancePath:instancePath+"/changes/system",parentData:data9,parentDataProperty:"system",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.constraints !== undefined){
if(!(validate297(data9.constraints, {instancePath:instancePath+"/changes/constraints",parentData:data9,parentDataProperty:"constraints",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.waivers !== undefined){
if(!(validate297(data9.waivers, {instancePath:instancePath+"/changes/waivers",parentData:data9,parentDataProperty:"waivers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9["nix-config"] !== undefined){
if(!(validate297(data9["nix-config"], {instancePath:instancePath+"/changes/nix-config",parentData:data9,parentDataProperty:"nix-config",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
if(data9.context !== undefined){
if(!(validate297(data9.context, {instancePath:instancePath+"/changes/context",parentData:data9,parentDataProperty:"context",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
for(const key2 in data9){
if(pattern4.test(key2)){
if(!(validate297(data9[key2], {instancePath:instancePath+"/changes/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data9,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate297.errors : vErrors.concat(validate297.errors);
errors = vErrors.length;
}
}
}
}
else {
const err16 = {instancePath:instancePath+"/changes",schemaPath:"#/properties/changes/type",keyword:"type",params:{type: "object"},schema:schema71.properties.changes.type,parentSchema:schema71.properties.changes,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.check !== undefined){
if(!(validate324(data.check, {instancePath:instancePath+"/check",parentData:data,parentDataProperty:"check",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate324.errors : vErrors.concat(validate324.errors);
errors = vErrors.length;
}
}
}
else {
const err17 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema71.type,parentSchema:schema71,data};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
validate263.errors = vErrors;
return errors === 0;
}
validate263.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate262(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate262.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(validate263(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate263.errors : vErrors.concat(validate263.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err0 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema70.properties.$nix.not,parentSchema:schema70.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema70.type,parentSchema:schema70,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate262.errors = vErrors;
return errors === 0;
}
validate262.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema79 = {"type":"object","x-expected":"an attribute set of waivers","properties":{"$nix":{"not":{"x-expected":"an attribute set of waivers"},"x-expected":"an attribute set of waivers"}},"additionalProperties":{"$ref":"#/$defs/waiver","x-expected":"a waiver: an attribute set with reason, owner and expires"}};
const schema80 = {"type":"object","required":["reason","owner","expires"],"x-expected":"a waiver: an attribute set with reason, owner and expires","properties":{"reason":{"type":["string","object"],"pattern":"\\S","required":["$nix"],"properties":{"$nix":{"const":"path","x-expected":"text that says why"},"content":{"const":"file","x-expected":"text that says why"}},"x-expected":"text that says why"},"owner":{"type":"string","pattern":"\\S","x-expected":"the name of a person or team"},"expires":{"type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}$","x-expected":"a date such as \"2027-01-31\""},"only":{"type":"object","minProperties":1,"x-expected":"an attribute set with path or rule","properties":{"path":{"type":"string","pattern":"\\S","x-expected":"a string"},"rule":{"type":"string","pattern":"\\S","x-expected":"a string"}},"additionalProperties":false}},"additionalProperties":false};
const pattern8 = new RegExp("^\\d{4}-\\d{2}-\\d{2}$", "u");

function validate329(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate329.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.reason === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "reason"},schema:schema80.required,parentSchema:schema80,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.owner === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "owner"},schema:schema80.required,parentSchema:schema80,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.expires === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "expires"},schema:schema80.required,parentSchema:schema80,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "reason") || (key0 === "owner")) || (key0 === "expires")) || (key0 === "only"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema80,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.reason !== undefined){
let data0 = data.reason;
if((typeof data0 !== "string") && (!(data0 && typeof data0 == "object" && !Array.isArray(data0)))){
const err4 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: schema80.properties.reason.type},schema:schema80.properties.reason.type,parentSchema:schema80.properties.reason,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(typeof data0 === "string"){
if(!pattern3.test(data0)){
const err5 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},schema:"\\S",parentSchema:schema80.properties.reason,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.$nix === undefined){
const err6 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/required",keyword:"required",params:{missingProperty: "$nix"},schema:schema80.properties.reason.required,parentSchema:schema80.properties.reason,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data0.$nix !== undefined){
let data1 = data0.$nix;
if("path" !== data1){
const err7 = {instancePath:instancePath+"/reason/$nix",schemaPath:"#/properties/reason/properties/%24nix/const",keyword:"const",params:{allowedValue: "path"},schema:"path",parentSchema:schema80.properties.reason.properties.$nix,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data0.content !== undefined){
let data2 = data0.content;
if("file" !== data2){
const err8 = {instancePath:instancePath+"/reason/content",schemaPath:"#/properties/reason/properties/content/const",keyword:"const",params:{allowedValue: "file"},schema:"file",parentSchema:schema80.properties.reason.properties.content,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
}
if(data.owner !== undefined){
let data3 = data.owner;
if(typeof data3 === "string"){
if(!pattern3.test(data3)){
const err9 = {instancePath:instancePath+"/owner",schemaPath:"#/properties/owner/pattern",keyword:"pattern",params:{pattern: "\\S"},schema:"\\S",parentSchema:schema80.properties.owner,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/owner",schemaPath:"#/properties/owner/type",keyword:"type",params:{type: "string"},schema:schema80.properties.owner.type,parentSchema:schema80.properties.owner,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.expires !== undefined){
let data4 = data.expires;
if(typeof data4 === "string"){
if(!pattern8.test(data4)){
const err11 = {instancePath:instancePath+"/expires",schemaPath:"#/properties/expires/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}$"},schema:"^\\d{4}-\\d{2}-\\d{2}$",parentSchema:schema80.properties.expires,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/expires",schemaPath:"#/properties/expires/type",keyword:"type",params:{type: "string"},schema:schema80.properties.expires.type,parentSchema:schema80.properties.expires,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.only !== undefined){
let data5 = data.only;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(Object.keys(data5).length < 1){
const err13 = {instancePath:instancePath+"/only",schemaPath:"#/properties/only/minProperties",keyword:"minProperties",params:{limit: 1},schema:1,parentSchema:schema80.properties.only,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key1 in data5){
if(!((key1 === "path") || (key1 === "rule"))){
const err14 = {instancePath:instancePath+"/only",schemaPath:"#/properties/only/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},schema:false,parentSchema:schema80.properties.only,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data5.path !== undefined){
let data6 = data5.path;
if(typeof data6 === "string"){
if(!pattern3.test(data6)){
const err15 = {instancePath:instancePath+"/only/path",schemaPath:"#/properties/only/properties/path/pattern",keyword:"pattern",params:{pattern: "\\S"},schema:"\\S",parentSchema:schema80.properties.only.properties.path,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/only/path",schemaPath:"#/properties/only/properties/path/type",keyword:"type",params:{type: "string"},schema:schema80.properties.only.properties.path.type,parentSchema:schema80.properties.only.properties.path,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data5.rule !== undefined){
let data7 = data5.rule;
if(typeof data7 === "string"){
if(!pattern3.test(data7)){
const err17 = {instancePath:instancePath+"/only/rule",schemaPath:"#/properties/only/properties/rule/pattern",keyword:"pattern",params:{pattern: "\\S"},schema:"\\S",parentSchema:schema80.properties.only.properties.rule,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/only/rule",schemaPath:"#/properties/only/properties/rule/type",keyword:"type",params:{type: "string"},schema:schema80.properties.only.properties.rule.type,parentSchema:schema80.properties.only.properties.rule,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/only",schemaPath:"#/properties/only/type",keyword:"type",params:{type: "object"},schema:schema80.properties.only.type,parentSchema:schema80.properties.only,data:data5};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema80.type,parentSchema:schema80,data};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
validate329.errors = vErrors;
return errors === 0;
}
validate329.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate328(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate328.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$nix")){
if(!(validate329(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate329.errors : vErrors.concat(validate329.errors);
errors = vErrors.length;
}
}
}
if(data.$nix !== undefined){
const err0 = {instancePath:instancePath+"/$nix",schemaPath:"#/properties/%24nix/not",keyword:"not",params:{},schema:schema79.properties.$nix.not,parentSchema:schema79.properties.$nix,data:data.$nix};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema79.type,parentSchema:schema79,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate328.errors = vErrors;
return errors === 0;
}
validate328.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:nixclaude:claude-context:2025-01" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate52.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.version === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema19.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.version !== undefined){
let data0 = data.version;
if("2025-01" !== data0){
const err2 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/const",keyword:"const",params:{allowedValue: "2025-01"},schema:"2025-01",parentSchema:schema19.properties.version,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.system !== undefined){
if(!(validate53(data.system, {instancePath:instancePath+"/system",parentData:data,parentDataProperty:"system",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.persona !== undefined){
if(!(validate55(data.persona, {instancePath:instancePath+"/persona",parentData:data,parentDataProperty:"persona",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.tools !== undefined){
if(!(validate57(data.tools, {instancePath:instancePath+"/tools",parentData:data,parentDataProperty:"tools",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.policies !== undefined){
if(!(validate83(data.policies, {instancePath:instancePath+"/policies",parentData:data,parentDataProperty:"policies",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
if(data.autoApprove !== undefined){
if(!(validate86(data.autoApprove, {instancePath:instancePath+"/autoApprove",parentData:data,parentDataProperty:"autoApprove",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data.permissions !== undefined){
if(!(validate90(data.permissions, {instancePath:instancePath+"/permissions",parentData:data,parentDataProperty:"permissions",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
errors = vErrors.length;
}
}
if(data.mcpServers !== undefined){
if(!(validate108(data.mcpServers, {instancePath:instancePath+"/mcpServers",parentData:data,parentDataProperty:"mcpServers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate108.errors : vErrors.concat(validate108.errors);
errors = vErrors.length;
}
}
if(data.skills !== undefined){
if(!(validate130(data.skills, {instancePath:instancePath+"/skills",parentData:data,parentDataProperty:"skills",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate130.errors : vErrors.concat(validate130.errors);
errors = vErrors.length;
}
}
if(data.agents !== undefined){
if(!(validate144(data.agents, {instancePath:instancePath+"/agents",parentData:data,parentDataProperty:"agents",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate144.errors : vErrors.concat(validate144.errors);
errors = vErrors.length;
}
}
if(data.commands !== undefined){
if(!(validate159(data.commands, {instancePath:instancePath+"/commands",parentData:data,parentDataProperty:"commands",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate159.errors : vErrors.concat(validate159.errors);
errors = vErrors.length;
}
}
if(data.outputStyles !== undefined){
if(!(validate171(data.outputStyles, {instancePath:instancePath+"/outputStyles",parentData:data,parentDataProperty:"outputStyles",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate171.errors : vErrors.concat(validate171.errors);
errors = vErrors.length;
}
}
if(data.hooks !== undefined){
if(!(validate179(data.hooks, {instancePath:instancePath+"/hooks",parentData:data,parentDataProperty:"hooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate179.errors : vErrors.concat(validate179.errors);
errors = vErrors.length;
}
}
if(data.env !== undefined){
if(!(validate112(data.env, {instancePath:instancePath+"/env",parentData:data,parentDataProperty:"env",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate112.errors : vErrors.concat(validate112.errors);
errors = vErrors.length;
}
}
if(data.model !== undefined){
if(!(validate181(data.model, {instancePath:instancePath+"/model",parentData:data,parentDataProperty:"model",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
errors = vErrors.length;
}
}
if(data.sandbox !== undefined){
if(!(validate196(data.sandbox, {instancePath:instancePath+"/sandbox",parentData:data,parentDataProperty:"sandbox",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate196.errors : vErrors.concat(validate196.errors);
errors = vErrors.length;
}
}
if(data.settings !== undefined){
if(!(validate215(data.settings, {instancePath:instancePath+"/settings",parentData:data,parentDataProperty:"settings",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate215.errors : vErrors.concat(validate215.errors);
errors = vErrors.length;
}
}
if(data.constraints !== undefined){
if(!(validate262(data.constraints, {instancePath:instancePath+"/constraints",parentData:data,parentDataProperty:"constraints",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate262.errors : vErrors.concat(validate262.errors);
errors = vErrors.length;
}
}
if(data.waivers !== undefined){
if(!(validate328(data.waivers, {instancePath:instancePath+"/waivers",parentData:data,parentDataProperty:"waivers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate328.errors : vErrors.concat(validate328.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema19.type,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}
validate52.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
