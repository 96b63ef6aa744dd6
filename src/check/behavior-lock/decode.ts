import type { CanonicalContext } from "../../diff/index.ts";
import type { Constraint, SourcedConstraint } from "../../model/constraint.ts";
import type { ClaudeContext, PermissionRule, TextUnit } from "../../model/context.ts";
import type { JsonObject } from "../../model/json.ts";
import { type PermissionMode, RULE_LISTS } from "../../model/permission.ts";
import { attributePath } from "../../model/position.ts";
import type { PresentSnapshot } from "../../model/snapshot.ts";
import type { BehaviorLock } from "./format.ts";

/** Texts as the file has them. */
type Lined<Unit> = Omit<Unit, "text"> & { text: string[] | null };
type Units = Record<string, Lined<TextUnit>>;
type LockedContext = Omit<
  CanonicalContext,
  "persona" | "policies" | "skills" | "agents" | "commands" | "outputStyles"
> & {
  persona: string[] | null;
  policies: Record<string, string[]>;
  skills: Units;
  agents: Units;
  commands: Units;
  outputStyles: Units;
};

/** The snapshot that a lock holds, without anything about where it stood. The lock has the shape of its schema. */
export function snapshotIn(lock: BehaviorLock): PresentSnapshot {
  return {
    kind: "present",
    from: lock.from as PresentSnapshot["from"],
    revision: null,
    tree: null,
    context: contextIn(lock.context as unknown as LockedContext),
    positions: {},
    problems: [],
    inputs: {},
    placedInputs: {},
    foreignConstraints: constraintsIn(lock.inputConstraints as unknown as Constraints),
    foreignPositions: {},
    nixConfig: lock.nixConfig as JsonObject,
  };
}

function contextIn(locked: LockedContext): ClaudeContext {
  const { persona, policies, permissions, system, hooks, constraints, waivers, tools, mcpServers } = locked;
  const { additionalDirectories, bypassDisabled, defaultMode, other } = permissions;
  return {
    ...locked,
    system: { type: null, version: null, desktop: null, shell: null, ...system },
    persona: persona === null ? null : persona.join("\n"),
    policies: mapped(policies, (lines) => lines.join("\n")),
    permissions: {
      rules: rulesIn(permissions),
      additionalDirectories,
      bypassDisabled,
      defaultMode: defaultMode as PermissionMode | null,
      other,
    },
    skills: mapped(locked.skills, unitIn),
    agents: mapped(locked.agents, unitIn),
    commands: mapped(locked.commands, unitIn),
    outputStyles: mapped(locked.outputStyles, unitIn),
    hooks: hooks.map((hook) => ({ ...hook, path: attributePath("hooks", hook.event) })),
    tools: tools as unknown as ClaudeContext["tools"],
    mcpServers: mcpServers as unknown as ClaudeContext["mcpServers"],
    constraints: constraints as unknown as ClaudeContext["constraints"],
    waivers: waivers as unknown as ClaudeContext["waivers"],
  };
}

function rulesIn(permissions: LockedContext["permissions"]): PermissionRule[] {
  return RULE_LISTS.flatMap((list) =>
    permissions[list].map((text, index) => ({ list, text, path: `permissions.${list}[${index}]` })),
  );
}

function unitIn({ text, ...unit }: Lined<TextUnit>): TextUnit {
  return { ...unit, text: text === null ? null : text.join("\n") };
}

type Constraints = Record<string, Record<string, Constraint>>;

function constraintsIn(byInput: Constraints): Omit<SourcedConstraint, "from">[] {
  return Object.entries(byInput).flatMap(([name, constraints]) =>
    Object.entries(constraints).map(([id, constraint]) => ({
      id,
      source: `input:${name}` as const,
      constraint,
    })),
  );
}

function mapped<Value, Result>(
  values: Record<string, Value>,
  of: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, of(value)]));
}
