import type { ClaudeContext, SystemFacts, TextUnit } from "../model/context.ts";
import { DEFAULT_LIMITS, type Limits } from "../model/limits.ts";
import { compareText } from "../model/order.ts";
import { attributePath, type Positions } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import type { ClientVersion } from "../model/semantics.ts";
import type { SchemaProblem } from "../model/snapshot.ts";
import { withinLimits } from "./bounds.ts";
import { normaliseConstraints } from "./constraints.ts";
import { collectFailures } from "./failures.ts";
import { normaliseHooks } from "./hooks.ts";
import { normaliseMcpServers } from "./mcp-servers.ts";
import { byName, membersOf, type NamedMember } from "./named.ts";
import { type ContextFailure, Notes, type ProblemWithoutPlace, placed } from "./notes.ts";
import { notePathText } from "./path-text.ts";
import { normalisePermissions } from "./permissions.ts";
import { plainObject } from "./plain.ts";
import { type Alias, flattenPositions, positionsRecord, withAliases } from "./positions.ts";
import { spelledOut, variableOf } from "./program.ts";
import { entriesOf, entryOf, stringOf, textOf } from "./read.ts";
import { schemaProblems } from "./schema-problems.ts";
import { type MainFile, textUnitOf, unitName } from "./text-units.ts";
import { normaliseTools } from "./tools.ts";
import { refuseUnknownVersion } from "./version.ts";
import { normaliseWaivers } from "./waivers.ts";

export interface NormaliseOptions {
  /** Whose settings these are. The known versions drop the same files for the same type errors. */
  client: ClientVersion;
  limits?: Pick<Limits, "permissionRules" | "contextValues" | "contextDepth">;
}

export interface NormalisedContext {
  context: ClaudeContext;
  positions: Positions;
  /** What does not fit the schema, all of it; left out of `context`. */
  problems: SchemaProblem[];
  /** What could not be judged: values that did not evaluate, and limits. Never a pass. */
  failures: ContextFailure[];
  /** Names of the limits that were reached, in order. */
  limits: string[];
}

/**
 * The normal form of an evaluated `claudeContext`. Throws a `ContextError` for an unknown version
 * (`context-version-unknown`) and for a constraint that does not say what it means (`constraint-unreadable`).
 */
export function normaliseContext(evaluated: RawValue, options: NormaliseOptions): NormalisedContext {
  const limits = options.limits ?? DEFAULT_LIMITS;
  const raw = withinLimits(evaluated, limits);
  refuseUnknownVersion(raw);
  const { constraints } = normaliseConstraints(entryOf(raw, "constraints"));
  const notes = new Notes();
  collectFailures(raw, "", notes);
  const misfits = schemaProblems(raw);
  const { surfaces, aliases } = readSurfaces(raw, notes);
  const waivers = normaliseWaivers(entryOf(raw, "waivers"), misfits, notes);
  if (surfaces.permissions.rules.length > limits.permissionRules) {
    const message = `there are more than ${limits.permissionRules} permission rules`;
    notes.limit("permissions", "permissionRules", message);
  }
  const positions = positionsRecord(withAliases(flattenPositions(raw), aliases));
  return {
    context: { ...surfaces, constraints, waivers },
    positions,
    problems: placed(onePerPlace([...misfits, ...notes.problems]), positions),
    failures: placed(notes.failures, positions),
    limits: [...notes.limits],
  };
}

/** Everything that acts, and the names that members of lists have in the normal form. */
function readSurfaces(
  raw: RawValue,
  notes: Notes,
): { surfaces: Omit<ClaudeContext, "constraints" | "waivers">; aliases: Alias[] } {
  const tools = normaliseTools(entryOf(raw, "tools"), notes);
  const servers = normaliseMcpServers(entryOf(raw, "mcpServers"), notes);
  const skills = skillMembers(entryOf(raw, "skills"), notes);
  return {
    surfaces: {
      system: systemFacts(entryOf(raw, "system")),
      persona: instructionOf(entryOf(raw, "persona"), "persona", notes) ?? null,
      tools: tools.tools,
      policies: policyTexts(entryOf(raw, "policies"), notes),
      permissions: normalisePermissions(raw, tools.rules),
      mcpServers: servers.servers,
      skills: byName(skills, "skill", notes),
      agents: keyedUnits(raw, "agents", "agent.md", notes),
      commands: keyedUnits(raw, "commands", "command.md", notes),
      outputStyles: keyedUnits(raw, "outputStyles", "output-style.md", notes),
      hooks: normaliseHooks(entryOf(raw, "hooks")),
      env: variables(entryOf(raw, "env")),
      model: stringOf(entryOf(raw, "model")) ?? null,
      sandbox: plainObject(entryOf(raw, "sandbox")),
      settings: plainObject(entryOf(raw, "settings")),
    },
    aliases: [
      ...aliasesOf("tools", tools.members),
      ...aliasesOf("mcpServers", servers.members),
      ...aliasesOf("skills", skills),
    ],
  };
}

function skillMembers(raw: RawValue | undefined, notes: Notes): NamedMember<TextUnit>[] {
  return membersOf(raw, "skills").flatMap(({ raw: item, path, key }): NamedMember<TextUnit>[] => {
    const value = textUnitOf(item, "SKILL.md", key, path, notes);
    if (value === undefined) return [];
    const name = key ?? unitName(item, value);
    return name === undefined ? [] : [{ name, path, value }];
  });
}

function keyedUnits(raw: RawValue, key: string, main: MainFile, notes: Notes): Record<string, TextUnit> {
  return Object.fromEntries(
    entriesOf(entryOf(raw, key)).flatMap(([name, value]): [string, TextUnit][] => {
      const unit = textUnitOf(value, main, name, attributePath(key, name), notes);
      return unit === undefined ? [] : [[name, unit]];
    }),
  );
}

function systemFacts(raw: RawValue | undefined): SystemFacts | null {
  if (raw?.kind !== "set") return null;
  const fact = (key: string) => stringOf(entryOf(raw, key)) ?? null;
  return { type: fact("type"), version: fact("version"), desktop: fact("desktop"), shell: fact("shell") };
}

function policyTexts(raw: RawValue | undefined, notes: Notes): Record<string, string> {
  return Object.fromEntries(
    entriesOf(raw).flatMap(([id, value]): [string, string][] => {
      const text = instructionOf(value, attributePath("policies", id), notes);
      return text === undefined ? [] : [[id, text]];
    }),
  );
}

function instructionOf(raw: RawValue | undefined, path: string, notes: Notes): string | undefined {
  notePathText(raw, path, notes);
  return textOf(raw);
}

function variables(raw: RawValue | undefined): Record<string, string> {
  return Object.fromEntries(
    entriesOf(raw).flatMap(([name, value]): [string, string][] => {
      const word = variableOf(value);
      return word === undefined ? [] : [[name, spelledOut(word)]];
    }),
  );
}

/** What the schema says of a place comes before what reading it said. */
function onePerPlace(problems: readonly ProblemWithoutPlace[]): ProblemWithoutPlace[] {
  const byPath = new Map<string, ProblemWithoutPlace>();
  for (const problem of problems) if (!byPath.has(problem.path)) byPath.set(problem.path, problem);
  return [...byPath.values()].sort((a, b) => compareText(a.path, b.path));
}

function aliasesOf(collection: string, members: readonly NamedMember<unknown>[]): Alias[] {
  return members.map(({ name, path }) => ({ path, alias: attributePath(collection, name) }));
}
