import type { RuleList } from "../model/permission.ts";
import type { ClientVersion } from "../model/semantics.ts";
import { withSingleSpaces } from "./command-pattern.ts";
import { parsedRules } from "./parsed-rules.ts";
import { compilePathPattern, type PathMatcher } from "./paths.ts";
import type { CommandPattern, ParsedRule, Surroundings } from "./types.ts";

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
    wholeTools: new Map(),
    toolGlobs: [],
    mcp: [],
    domains: [],
    names: [],
    parameters: [],
    unknown: [],
  };
  for (const { texts, surroundings } of sources) {
    for (const [text, parsed] of parsedRules(texts, list, client)) {
      if (counts(parsed)) addRule(compiled, text, parsed, surroundings, client);
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
      const matcher = compilePathPattern(parsed.pattern, list, surroundings, client);
      compiled.paths.push({ list, text, parsed, matcher });
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

function normalPattern(pattern: CommandPattern): CommandPattern {
  if (pattern.kind === "exact") return pattern;
  return { ...pattern, parts: pattern.parts.map(withSingleSpaces) };
}
