import type { RuleList } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import type { ParsedRule } from "../types.ts";
import { parseCommandPattern } from "./command-pattern.ts";
import { canonicalToolName, isKnownTool, knownToolIgnoringCase, toolFacts } from "./tool-catalogue.ts";

export interface RuleOptions {
  client: ClientVersion;
}

const TOOL_NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;
const TOOL_GLOB = /^[A-Za-z0-9_*-]+$/;
const PARAMETER = /^([A-Za-z_][A-Za-z0-9_]*)\s*:\s*(.*)$/s;
const HOST_PATTERN = /^(?:[^\s/:@?#]+|\[[\da-f:.]+\])$/i;

/**
 * One rule as the client understands it in this list (reference, section 1). Never throws: what the client accepts
 * and does not use is `ignored`, what nothing is known about is `unknown`.
 */
export function parseRule(text: string, list: RuleList, options: RuleOptions): ParsedRule {
  const split = splitRule(text);
  if (split.kind !== "split") return split;
  const { name, specifier } = split;
  if (options.client === "2.1.197" && !hasPairs(specifier ?? "")) {
    return ignored("to this client parentheses that have no partner make it a rule for no tool");
  }
  if (options.client === "2.1.197" && withoutEscapes(specifier ?? "").includes("()")) {
    return ignored("to this client parentheses with nothing in them make it a rule for no tool");
  }
  if (name.startsWith("mcp__")) return parseMcp(name, specifier, list);
  if (name.includes("*")) return parseToolGlob(name, specifier, list);
  if (specifier === null) return { kind: "whole-tool", tool: canonicalToolName(name) };
  return parseSpecifier(canonicalToolName(name), specifier, list, options);
}

type Split = { kind: "split"; name: string; specifier: string | null };

function splitRule(text: string): Split | Extract<ParsedRule, { kind: "ignored" | "unknown" }> {
  if (text !== text.trim()) {
    return ignored("space outside the rule makes it a rule for no tool", text.trim());
  }
  const open = text.indexOf("(");
  const name = open < 0 ? text : text.slice(0, open);
  if (name === "") return ignored("it names no tool");
  if (name !== name.trim()) {
    return ignored(
      "space before the parenthesis makes it a rule for no tool",
      name.trim() + text.slice(open),
    );
  }
  if (open >= 0 && !text.endsWith(")")) return ignored("its parentheses do not close");
  if (!(name.includes("*") ? TOOL_GLOB : TOOL_NAME).test(name))
    return ignored(`"${name}" is not a tool name`);
  const known = knownToolIgnoringCase(name);
  if (known !== null && !isKnownTool(name)) {
    return ignored("tool names are compared with their case", known + (open < 0 ? "" : text.slice(open)));
  }
  if (open < 0) return { kind: "split", name, specifier: null };
  return { kind: "split", name, specifier: text.slice(open + 1, -1) };
}

/** As many parentheses open as close; behind a backslash they are text. */
function hasPairs(specifier: string): boolean {
  const plain = withoutEscapes(specifier);
  return plain.split("(").length === plain.split(")").length;
}

function withoutEscapes(specifier: string): string {
  return specifier.replace(/\\[()\\]/g, "");
}

function parseMcp(name: string, specifier: string | null, list: RuleList): ParsedRule {
  if (specifier !== null) {
    return ignored("a rule for an MCP tool takes no parentheses in a settings file", name);
  }
  const rest = name.slice("mcp__".length);
  const separator = rest.indexOf("__");
  const server = separator < 0 ? rest : rest.slice(0, separator);
  const toolPattern = separator < 0 ? "*" : rest.slice(separator + 2);
  if (server === "" || toolPattern === "") return ignored("it names no MCP server or tool");
  if (!server.includes("*")) return { kind: "mcp", server, toolPattern };
  if (list !== "allow") return { kind: "tool-glob", pattern: name };
  return ignored("an allow rule must name the MCP server literally", "mcp__<server>__*");
}

function parseToolGlob(name: string, specifier: string | null, list: RuleList): ParsedRule {
  if (list === "allow") {
    return ignored("an allow rule takes no wildcard in the tool's name outside one MCP server");
  }
  if (specifier !== null && specifier.trim() !== "*") {
    return unknown("nothing is known about a wildcard in the tool's name together with parentheses");
  }
  // Measured: `mcp*` and `m*search` match no MCP tool, `mcp_*`, `m*__search` and `*search` do.
  if (/^[a-z][^_]*$/.test(name)) {
    const reason = "a wildcard behind a small letter matches no tool without `_` in the rule";
    return ignored(reason, name === "mcp*" ? "mcp__*" : undefined);
  }
  return { kind: "tool-glob", pattern: name };
}

function parseSpecifier(tool: string, raw: string, list: RuleList, options: RuleOptions): ParsedRule {
  const specifier = raw.trim();
  if (specifier === "") return ignored("empty parentheses match nothing", tool);
  const facts = toolFacts(tool);
  // Measured: with a space inside it is a wildcard like any other, and no blanket rule.
  const isCommand = facts?.family.kind === "command";
  if (specifier === "*" && (raw === "*" || !isCommand)) return wholeTool(tool, list, options);
  const parameter = parseParameter(tool, specifier, list);
  if (parameter !== null) return parameter;
  const family = facts?.family ?? { kind: "none" };
  switch (family.kind) {
    case "command": {
      const pattern = parseCommandPattern(specifier);
      if (pattern === null)
        return ignored("this use of `:*` matches no command", insteadOfColon(tool, specifier));
      // Measured: outer space is compared like any other, and no command begins or ends with it.
      if (raw !== specifier && (pattern.kind === "exact" || specifier.endsWith(":*"))) {
        return ignored(
          "space beside the parentheses keeps it from matching any command",
          `${tool}(${specifier})`,
        );
      }
      if (pattern.kind === "glob" && specifier.includes("\n")) {
        return ignored("a wildcard with the end of a line beside it matches no command");
      }
      if (options.client === "2.1.197" && /:\*./s.test(specifier)) {
        return ignored("to this client `:*` in the middle matches no command");
      }
      return { kind: "command", tool: family.tool, pattern };
    }
    case "path":
      if (/\\[A-Za-z0-9?/\\]|\[[^\]]*\//.test(specifier)) {
        return unknown("nothing is known about such a backslash, or a slash in brackets, in a path");
      }
      // Outer spaces belong to a path pattern as written; what is trimmed there is the matcher's business.
      return { kind: "path", action: family.action, tool, pattern: raw };
    case "path-elsewhere":
      return ignored(
        `paths in ${tool}(…) are never consulted; ${family.instead}(…) governs them`,
        `${family.instead}(${raw})`,
      );
    case "domain":
      // Measured: space at the end belongs to the host, and no host holds one.
      return parseDomain(raw.trimStart());
    case "name":
      if (family.tool === "Skill" && /^\s/.test(raw))
        return ignored("space in front of a skill's name matches none");
      return parseName(family.tool, specifier, list);
    case "none":
      if (isKnownTool(tool)) return ignored(`${tool} takes no text in parentheses`, tool);
      return unknown(`nothing is known about rules of the tool ${tool}`);
  }
}

function insteadOfColon(tool: string, specifier: string): string | undefined {
  const prefix = specifier.slice(0, -2).trim();
  return prefix === "" || prefix.includes("*") ? undefined : `${tool}(${prefix} *)`;
}

function wholeTool(tool: string, list: RuleList, options: RuleOptions): ParsedRule {
  const family = toolFacts(tool)?.family.kind;
  const isPathTool = family === "path" || family === "path-elsewhere";
  // Measured on 2.1.330; 2.1.197 takes `Read(*)` for `Read`.
  if (isPathTool && list === "allow" && options.client !== "2.1.197") {
    return { kind: "whole-tool", tool, inside: true };
  }
  return { kind: "whole-tool", tool };
}

/** `Tool(param:value)` (2.1.178 and later): deny and ask only. null: not of this form. */
function parseParameter(tool: string, specifier: string, list: RuleList): ParsedRule | null {
  const match = PARAMETER.exec(specifier);
  if (match === null) return null;
  const [, parameter, valuePattern] = match as unknown as [string, string, string];
  const facts = toolFacts(tool);
  if (facts !== null && parameter !== facts.mainField && !facts.parameters?.includes(parameter)) return null;
  if (facts === null && isKnownTool(tool) && list === "allow") return null;
  // Measured: to both clients it is the text of a command as well, and in allow, or for the command itself, nothing else.
  if (facts?.family.kind === "command" && (list === "allow" || parameter === facts.mainField)) return null;
  if (parameter === facts?.mainField) {
    return ignored(`${parameter} is what ${tool}(…) is about and cannot be a parameter rule`);
  }
  // To both clients it is a path as well; in allow and with a wildcard it is nothing else.
  if (facts?.family.kind === "path" && (list === "allow" || valuePattern.includes("*"))) return null;
  if (list === "allow") return ignored("parameter rules work in deny and ask only");
  return { kind: "parameter", tool, parameter, valuePattern };
}

/**
 * A rule that looks as if it were about a parameter and is about commands that begin with that text: `Bash(command:rm *)`.
 * null where there is no such doubt.
 */
export function misreadParameter(text: string, list: RuleList): { reason: string; instead?: string } | null {
  const split = splitRule(text);
  const match = split.kind === "split" ? PARAMETER.exec(split.specifier?.trim() ?? "") : null;
  if (split.kind !== "split" || match === null) return null;
  const tool = canonicalToolName(split.name);
  const [, parameter, valuePattern] = match as unknown as [string, string, string];
  const facts = toolFacts(tool);
  // `Bash(timeout:*)` and `Bash(command:*)` are about programs of that name, too.
  if (facts?.family.kind !== "command" || valuePattern === "*") return null;
  if (parameter === facts.mainField) {
    const instead = `${tool}(${valuePattern})`;
    return { reason: `it means commands that begin with the text "${parameter}:"`, instead };
  }
  if (list !== "allow" || !facts.parameters?.includes(parameter)) return null;
  return {
    reason: `parameter rules work in deny and ask only; here it means commands that begin with the text "${parameter}:"`,
  };
}

function parseDomain(specifier: string): ParsedRule {
  if (!specifier.startsWith("domain:")) {
    const host = /^(?:[a-z]+:\/\/)?([^\s/:@?#]+)/i.exec(specifier)?.[1];
    return ignored("WebFetch takes domain: and a host", host && `WebFetch(domain:${host})`);
  }
  const host = specifier.slice("domain:".length);
  if (!HOST_PATTERN.test(host)) {
    const bare = /^\s*([^\s/:@?#]+)/.exec(host)?.[1];
    return ignored(
      "domain: takes a host name without path, port or space",
      bare && `WebFetch(domain:${bare})`,
    );
  }
  return { kind: "domain", pattern: host.toLowerCase().replace(/\.+$/, "") };
}

function parseName(tool: "Skill" | "Agent", specifier: string, list: RuleList): ParsedRule {
  const isPrefix = tool === "Skill" && /(?: |:)\*$/.test(specifier);
  const written = isPrefix ? specifier.slice(0, -2).trim() : specifier;
  const name = tool === "Skill" ? written.replace(/^\//, "") : written;
  if (name.includes("*")) return ignored(`${tool} names take no wildcard`);
  if (list === "ask") {
    const parameter = tool === "Skill" ? "skill" : "subagent_type";
    return ignored(`an ask rule for one ${tool} name is not consulted`, `${tool}(${parameter}:${name})`);
  }
  return isPrefix ? { kind: "name", tool, name, prefix: true } : { kind: "name", tool, name };
}

function ignored(reason: string, instead?: string): Extract<ParsedRule, { kind: "ignored" }> {
  return instead === undefined || instead === ""
    ? { kind: "ignored", reason }
    : { kind: "ignored", reason, instead };
}

function unknown(reason: string): Extract<ParsedRule, { kind: "unknown" }> {
  return { kind: "unknown", reason };
}
