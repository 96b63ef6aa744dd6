import type { RuleList } from "../../model/permission.ts";
import type { CommandPattern, ParsedRule } from "../types.ts";
import { formatCommandPattern } from "./command-pattern.ts";
import { parseRule, type RuleOptions } from "./rule.ts";

/**
 * One spelling for all rules that mean the same in this list: `Bash(git:*)` is `Bash(git *)`. Rules that the client
 * never consults keep their text, since a report should name them as written.
 */
export function canonicalRule(text: string, list: RuleList, options: RuleOptions): string {
  const canonical = canonicalText(parseRule(text, list, options), text);
  // A shorter spelling may read as something else: `Read(./*)` is a path, `Read(*)` is not.
  const stable = canonicalText(parseRule(canonical, list, options), canonical) === canonical;
  return stable ? canonical : text;
}

function canonicalText(rule: ParsedRule, text: string): string {
  switch (rule.kind) {
    case "whole-tool":
      return rule.inside === true ? `${rule.tool}(*)` : rule.tool;
    case "tool-glob":
      return rule.pattern.replace(/\*+/g, "*");
    case "mcp":
      return `mcp__${rule.server}__${rule.toolPattern.replace(/\*+/g, "*")}`;
    case "command":
      return `${rule.tool}(${formatCommandPattern(normalCommand(rule.pattern))})`;
    case "path":
      return `${rule.tool}(${canonicalPath(rule.pattern.trimEnd())})`;
    case "domain":
      // `domain:*` also feeds the sandbox's list of hosts, which bare `WebFetch` does not.
      return `WebFetch(domain:${rule.pattern})`;
    case "name":
      return `${rule.tool}(${rule.name}${rule.prefix === true ? " *" : ""})`;
    case "parameter":
      return `${rule.tool}(${rule.parameter}:${rule.valuePattern})`;
    case "ignored":
    case "unknown":
      return text;
  }
}

/** White space counts as one space in patterns with wildcards; `a**b` is `a*b`, but for the bare form at the end. */
function normalCommand(pattern: CommandPattern): CommandPattern {
  if (pattern.kind === "exact") return pattern;
  const parts = pattern.parts.map((part) => part.replace(/\s+/g, " "));
  const inner = parts.filter((part, index) => part !== "" || index === 0 || index === parts.length - 1);
  // `x **` does not match `x` alone, so it must not become `x *`; nor `**` the blanket rule.
  const trailing = inner.length === 2 && inner[1] === "" && !pattern.bareForm;
  const keeps = trailing && (inner[0] === "" || inner[0]!.endsWith(" "));
  return { ...pattern, parts: keeps ? [inner[0]!, "", ""] : inner };
}

/** `./x` is `x`; a bare name is the same with `**` and a slash in front. Anchors and everything else stay. */
function canonicalPath(pattern: string): string {
  if (/^(?:\/|~\/|!)/.test(pattern)) return pattern;
  const plain = pattern.replace(/^(?:\.\/)+/, "");
  if (/^(?:\*\*\/)*\*$/.test(plain)) return pattern;
  const body = plain.endsWith("/") ? plain.slice(0, -1) : plain;
  const unrooted = /^\*\*\/([^/]+)$/.exec(body);
  if (unrooted !== null && unrooted[1] !== "**") return plain.replace(/^\*\*\//, "");
  return plain;
}
