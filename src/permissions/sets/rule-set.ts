import type { RuleList } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import { parseCommandPattern, withSingleSpaces } from "../rules/command-pattern.ts";
import { parsedRules } from "../rules/parsed-rules.ts";
import { compileNegation, compilePathPattern, isUnanchored, type PathMatcher } from "../rules/paths.ts";
import { toolFacts } from "../rules/tool-catalogue.ts";
import type { CommandPattern, ParsedRule, Surroundings } from "../types.ts";

/** One rule of a set with what its family's matcher needs, prepared once. */
export interface CompiledRule {
  list: RuleList;
  text: string;
  parsed: ParsedRule;
}

export interface CompiledPathRule extends CompiledRule {
  parsed: Extract<ParsedRule, { kind: "path" }>;
  matcher: PathMatcher;
}

export interface CompiledCommandRule extends CompiledRule {
  parsed: Extract<ParsedRule, { kind: "command" }>;
  /** White space counts as one space in patterns with wildcards, as in the text that they are held against. */
  normal: CommandPattern;
}

/** The rules of one list by what they are about, in source order. */
export interface CompiledList {
  list: RuleList;
  commands: CompiledCommandRule[];
  paths: CompiledPathRule[];
  /** Those of `paths` from which a negation that follows takes something back. */
  negatable: CompiledPathRule[];
  wholeTools: Map<string, Of<"whole-tool">>;
  toolGlobs: Of<"tool-glob">[];
  mcp: Of<"mcp">[];
  domains: Of<"domain">[];
  names: Of<"name">[];
  parameters: Of<"parameter">[];
  /** Rules that may mean anything; by the tool they seem to be for. */
  unknown: Of<"unknown">[];
}

export type Of<Kind extends ParsedRule["kind"]> = CompiledRule & {
  parsed: Extract<ParsedRule, { kind: Kind }>;
};

/** Rules as they stand in one settings file; `surroundings` says what `/p` means there. */
export interface ListedTexts {
  texts: readonly string[];
  surroundings: Surroundings;
}

export function compileList(
  list: RuleList,
  sources: readonly ListedTexts[],
  client: ClientVersion,
  counts: (rule: ParsedRule) => boolean = () => true,
): CompiledList {
  const compiled: CompiledList = {
    list,
    commands: [],
    paths: [],
    negatable: [],
    wholeTools: new Map(),
    toolGlobs: [],
    mcp: [],
    domains: [],
    names: [],
    parameters: [],
    unknown: [],
  };
  for (const { texts, surroundings } of sources) {
    // Newer clients look at the refusals of each file by themselves; elsewhere a negation reaches the files before it.
    const own = list !== "allow" && client !== "2.1.197";
    compiled.negatable = own ? [] : compiled.negatable;
    for (const [text, parsed] of parsedRules(texts, list, client)) {
      if (!counts(parsed)) continue;
      addRule(compiled, text, parsed, surroundings, client);
      const other = secondReading(text, parsed);
      if (other !== null) addRule(compiled, text, other, surroundings, client);
    }
  }
  return compiled;
}

function addRule(
  compiled: CompiledList,
  text: string,
  parsed: ParsedRule,
  surroundings: Surroundings,
  client: ClientVersion,
): void {
  const { list } = compiled;
  switch (parsed.kind) {
    case "command":
      compiled.commands.push({ list, text, parsed, normal: normalPattern(parsed.pattern) });
      return;
    case "path": {
      const negation = compileNegation(parsed.pattern, surroundings);
      if (negation !== null) takeBack(compiled.negatable, parsed.action, negation);
      const matcher = compilePathPattern(parsed.pattern, list, surroundings, client);
      const rule = { list, text, parsed, matcher };
      compiled.paths.push(rule);
      compiled.negatable.push(rule);
      return;
    }
    case "whole-tool": {
      const known = compiled.wholeTools.get(parsed.tool);
      // `Read` beside `Read(*)`: the wider of the two speaks for the list.
      if (known === undefined || known.parsed.inside === true) {
        compiled.wholeTools.set(parsed.tool, { list, text, parsed });
      }
      return;
    }
    case "tool-glob":
      compiled.toolGlobs.push({ list, text, parsed });
      return;
    case "mcp":
      compiled.mcp.push({ list, text, parsed });
      return;
    case "domain":
      compiled.domains.push({ list, text, parsed });
      return;
    case "name":
      compiled.names.push({ list, text, parsed });
      return;
    case "parameter":
      compiled.parameters.push({ list, text, parsed });
      return;
    case "unknown":
      compiled.unknown.push({ list, text, parsed });
      return;
    case "ignored":
      return;
  }
}

/** `Read(limit:5)` is a rule about a parameter, and about a file of that name; `Bash(timeout:*)` about a program as well. */
function secondReading(
  text: string,
  parsed: ParsedRule,
): Extract<ParsedRule, { kind: "path" | "command" }> | null {
  if (parsed.kind !== "parameter") return null;
  const family = toolFacts(parsed.tool)?.family;
  if (family?.kind === "path") {
    return {
      kind: "path",
      action: family.action,
      tool: parsed.tool,
      pattern: `${parsed.parameter}:${parsed.valuePattern}`,
    };
  }
  if (family?.kind !== "command") return null;
  const pattern = parseCommandPattern(text.slice(text.indexOf("(") + 1, -1).trim());
  return pattern === null ? null : { kind: "command", tool: family.tool, pattern };
}

/** A negation takes its paths from the rules before it; where one of them matched a directory above, it cannot. */
function takeBack(paths: CompiledPathRule[], action: "read" | "edit", negation: PathMatcher): void {
  for (const rule of paths) {
    if (rule.parsed.action !== action || !isUnanchored(rule.parsed.pattern)) continue;
    const { matcher } = rule;
    const matchedLengths = (path: string): number[] => {
      const lengths = matcher.matchedLengths(path);
      if (lengths.length === 0) return [];
      const taken = new Set(negation.matchedLengths(path));
      return lengths.filter((length) => !taken.has(length));
    };
    rule.matcher = { matchedLengths, matches: (path) => matchedLengths(path).length > 0 };
  }
}

function normalPattern(pattern: CommandPattern): CommandPattern {
  if (pattern.kind === "exact") return pattern;
  return { ...pattern, parts: pattern.parts.map(withSingleSpaces) };
}
