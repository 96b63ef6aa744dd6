import type { Call, RuleList } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import { absolutePath } from "../rules/paths.ts";
import { toolFacts } from "../rules/tool-catalogue.ts";
import { canonicalPattern } from "../tools/powershell.ts";
import { type ParsedRule, type Surroundings, USUAL_SURROUNDINGS } from "../types.ts";
import type { Piece } from "./automaton.ts";
import { ANY } from "./characters.ts";
import { commandPieces } from "./commands.ts";
import { anyHostPieces, domainPieces, globPieces } from "./name-language.ts";
import { anyPathPieces, pathPieces } from "./path-language.ts";

type Kinds = Family["kinds"];

export interface RuleContext {
  list: RuleList;
  client: ClientVersion;
  surroundings: Surroundings;
  /** What is inside the working directories, the project first. */
  directoryPatterns: Piece[][];
}

/** The texts a rule is about in one family; `unmodelled` when they cannot be expressed. */
export type Patterns = Piece[][] | "unmodelled";

/** Calls of one tool (or of all tools without a specifier), as texts. */
export interface Family {
  name: string;
  /** Shell commands, of which deny and ask rules see more spellings than allow rules. */
  shell: boolean;
  ignoreCase: boolean;
  /** The kinds of rules that may say something about it. */
  kinds: ReadonlySet<ParsedRule["kind"]>;
  /** Every call of the family. */
  everything: Piece[];
  patterns(rule: ParsedRule, context: RuleContext): Patterns;
  call(text: string): Call;
  /** Texts of the calls that belong here, for filtering probes; null: not of this family. */
  textOf(call: Call): string | null;
}

const COMMAND_KINDS: Kinds = new Set(["command", "whole-tool", "tool-glob"]);
const PATH_KINDS: Kinds = new Set(["path", "whole-tool", "tool-glob"]);
const HOST_KINDS: Kinds = new Set(["domain", "whole-tool", "tool-glob"]);
const NAME_KINDS: Kinds = new Set(["name", "whole-tool", "tool-glob"]);
const TOOL_KINDS: Kinds = new Set(["mcp", "whole-tool", "tool-glob"]);
const NOTHING: Patterns = [];
const ANY_PATH = anyPathPieces();
const ANY_HOST = anyHostPieces();
const ANY_TEXT: Piece[] = [{ kind: "many", of: ANY }];

function ofTool(tool: string, rest: Omit<Family, "name" | "call" | "textOf">): Family {
  const fold = (text: string) => (rest.ignoreCase ? text.toLowerCase() : text);
  return {
    name: tool,
    ...rest,
    call: (text) => ({ tool, argument: text }),
    textOf: (call) => (call.tool === tool ? fold(call.argument) : null),
  };
}

function matchesGlob(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.split("*").join(".*")}$`, "s").test(name);
}

/** Whole-tool rules and globs over tool names, for the tool of a family. */
function coversTool(rule: ParsedRule, tool: string): boolean {
  if (rule.kind === "whole-tool") return rule.tool === tool;
  return rule.kind === "tool-glob" && matchesGlob(rule.pattern, tool);
}

function commandFamily(tool: "Bash" | "PowerShell"): Family {
  const ignoreCase = tool === "PowerShell";
  return ofTool(tool, {
    shell: tool === "Bash",
    kinds: COMMAND_KINDS,
    ignoreCase,
    everything: ANY_TEXT,
    patterns: (rule) => {
      if (coversTool(rule, tool)) return [ANY_TEXT];
      if (rule.kind !== "command" || rule.tool !== tool) return NOTHING;
      // Commands are compared by their full names, so that an alias and its command are one language.
      return commandPieces(ignoreCase ? canonicalPattern(rule.pattern) : rule.pattern, ignoreCase);
    },
  });
}

/** Monitor runs a command line that the rules of Bash judge; a bare `Bash` does not allow it (reference, 1.10). */
const monitor: Family = ofTool("Monitor", {
  shell: true,
  kinds: COMMAND_KINDS,
  ignoreCase: false,
  everything: ANY_TEXT,
  patterns: (rule, { list }) => {
    if (coversTool(rule, "Monitor") || (list === "deny" && coversTool(rule, "Bash"))) return [ANY_TEXT];
    return rule.kind === "command" && rule.tool === "Bash" ? commandPieces(rule.pattern, false) : NOTHING;
  },
});

type PathRule = Extract<ParsedRule, { kind: "path" }>;

/** Which path rules govern the tool in which list (reference, section 1.7). */
function governs(tool: string, rule: PathRule, { list, client }: RuleContext): boolean {
  const action = actionOf(tool);
  if (rule.action === action) return true;
  // An allowed edit lets the file be read; since 2.1.208 a denied read also refuses Edit and Write.
  if (action === "read") return list === "allow";
  return list === "deny" && tool !== "NotebookEdit" && client !== "2.1.197";
}

/** Where nothing may be read, nothing may be edited or written either. */
function deniesReading(rule: ParsedRule, tool: string, { list, client }: RuleContext): boolean {
  if (rule.kind !== "whole-tool" || rule.tool !== "Read") return false;
  return list === "deny" && client !== "2.1.197" && (tool === "Edit" || tool === "Write");
}

const knownPathPatterns = new WeakMap<PathRule, Patterns>();

/** The same object for all tools, so that a question answered for one need not be searched for another. */
function pathPatterns(rule: PathRule, context: RuleContext): Patterns {
  const known = knownPathPatterns.get(rule);
  if (known !== undefined) return known;
  const pieces = pathPieces(rule.pattern, context.list, context.surroundings, context.client);
  const patterns: Patterns = pieces === null ? NOTHING : pieces === "unmodelled" ? pieces : [pieces];
  knownPathPatterns.set(rule, patterns);
  return patterns;
}

function pathFamily(tool: "Read" | "Edit" | "Write" | "NotebookEdit" | "Grep" | "Glob"): Family {
  const family = ofTool(tool, {
    shell: false,
    kinds: PATH_KINDS,
    ignoreCase: true,
    everything: ANY_PATH,
    patterns: (rule, context) => {
      if (rule.kind === "path") {
        if (!governs(tool, rule, context)) return NOTHING;
        return pathPatterns(rule, context);
      }
      if (deniesReading(rule, tool, context)) return [ANY_PATH];
      if (!coversTool(rule, tool)) return NOTHING;
      const inside = rule.kind === "whole-tool" && rule.inside === true;
      return inside ? context.directoryPatterns : [ANY_PATH];
    },
  });
  const { home, project } = USUAL_SURROUNDINGS;
  return {
    ...family,
    call: (path) => ({ tool, argument: shownPath(path, project, home) }),
    textOf: (call) => (call.tool === tool ? absolutePath(call.argument, project, home).toLowerCase() : null),
  };
}

/** As a person would name it: relative to the project, `~/…`, else absolute. */
function shownPath(path: string, project: string, home: string): string {
  if (path.startsWith(`${project}/`) && path.length > project.length + 1)
    return path.slice(project.length + 1);
  if (path.startsWith(`${home}/`)) return `~/${path.slice(home.length + 1)}`;
  return path;
}

function actionOf(tool: string): "read" | "edit" {
  const { family } = toolFacts(tool)!;
  return family.kind === "path" || family.kind === "path-elsewhere" ? family.action : "read";
}

const webFetch: Family = {
  ...ofTool("WebFetch", {
    shell: false,
    kinds: HOST_KINDS,
    ignoreCase: true,
    everything: ANY_HOST,
    patterns: (rule) => {
      if (coversTool(rule, "WebFetch")) return [ANY_HOST];
      return rule.kind === "domain" ? [domainPieces(rule.pattern)] : NOTHING;
    },
  }),
  call: (host) => ({ tool: "WebFetch", argument: `https://${host}/` }),
  textOf: (call) => {
    if (call.tool !== "WebFetch") return null;
    return /^[a-z]+:\/\/([^/?#:]+)/i.exec(call.argument)?.[1]?.toLowerCase() ?? null;
  },
};

function nameFamily(tool: "Skill" | "Agent"): Family {
  return ofTool(tool, {
    shell: false,
    kinds: NAME_KINDS,
    ignoreCase: false,
    everything: ANY_TEXT,
    patterns: (rule) => {
      if (coversTool(rule, tool)) return [ANY_TEXT];
      if (rule.kind !== "name" || rule.tool !== tool) return NOTHING;
      const text: Piece = { kind: "text", text: rule.name };
      return [rule.prefix === true ? [text, ...ANY_TEXT] : [text]];
    },
  });
}

const TOOL_FAMILIES: readonly Family[] = [
  commandFamily("Bash"),
  commandFamily("PowerShell"),
  monitor,
  // Where an edit and the read it implies are both newly approved, the edit is what matters.
  pathFamily("Edit"),
  pathFamily("Write"),
  pathFamily("NotebookEdit"),
  pathFamily("Read"),
  pathFamily("Grep"),
  pathFamily("Glob"),
  webFetch,
  nameFamily("Skill"),
  nameFamily("Agent"),
];

const OWN_FAMILY: ReadonlySet<string> = new Set(TOOL_FAMILIES.map((family) => family.name));

/** All other tools, MCP tools among them: the text is the tool's name. */
const toolNames: Family = {
  name: "tool",
  shell: false,
  kinds: TOOL_KINDS,
  ignoreCase: false,
  everything: ANY_TEXT,
  patterns: (rule) => {
    switch (rule.kind) {
      case "whole-tool":
        return OWN_FAMILY.has(rule.tool) ? NOTHING : [[{ kind: "text", text: rule.tool }]];
      case "tool-glob":
        return [globPieces(rule.pattern)];
      case "mcp":
        return [[{ kind: "text", text: `mcp__${rule.server}__` }, ...globPieces(rule.toolPattern)]];
      default:
        return NOTHING;
    }
  },
  call: (name) => ({ tool: name, argument: "" }),
  textOf: (call) => (OWN_FAMILY.has(call.tool) ? null : call.tool),
};

export const FAMILIES: readonly Family[] = [...TOOL_FAMILIES, toolNames];
