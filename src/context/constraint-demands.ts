import type { Constraint, Demand, NamedSurface } from "../model/constraint.ts";
import { SEVERITIES, type Severity } from "../model/finding.ts";
import type { PermissionMode } from "../model/permission.ts";
import type { FunctionDefinition, RawValue } from "../model/raw-value.ts";
import { permissionMode } from "./permissions.ts";
import { plainObject } from "./plain.ts";
import { booleanOf, entriesOf, entryOf, itemsOf, numberOf, stringOf, stringsOf, textOf } from "./read.ts";

const NAMED_SURFACES: readonly NamedSurface[] = ["mcpServers", "tools", "skills", "hooks", "env"];
const REQUIRED_NAMES = ["skills", "mcpServers", "tools"] as const;

/** The normal form of a constraint that fits the schema. */
export function constraintOf(raw: RawValue): Constraint {
  const severity = stringOf(entryOf(raw, "severity"));
  return {
    description: textOf(entryOf(raw, "description")) ?? null,
    severity: SEVERITIES.find((known): known is Severity => known === severity) ?? "error",
    docs: stringOf(entryOf(raw, "docs")) ?? null,
    waivable: booleanOf(entryOf(raw, "waivable")) ?? true,
    demands: [
      ...forbidden(entryOf(raw, "forbid")),
      ...onlyThese(entryOf(raw, "only")),
      ...required(entryOf(raw, "require")),
      ...others(raw),
    ],
  };
}

function forbidden(raw: RawValue | undefined): Demand[] {
  return [
    ...lists(raw, ["allow"], (rules): Demand => ({ kind: "forbid-allow", rules })),
    ...lists(raw, ["modes"], (modes): Demand => ({ kind: "forbid-modes", modes: knownModes(modes) })),
    ...lists(raw, NAMED_SURFACES, (globs, surface): Demand => ({ kind: "forbid-names", surface, globs })),
    ...lists(raw, ["inputs"], (globs): Demand => ({ kind: "forbid-inputs", globs })),
  ];
}

function onlyThese(raw: RawValue | undefined): Demand[] {
  return [
    ...lists(raw, ["allow"], (rules): Demand => ({ kind: "only-allow", rules })),
    ...lists(raw, NAMED_SURFACES, (globs, surface): Demand => ({ kind: "only-names", surface, globs })),
    ...lists(raw, ["inputs"], (globs): Demand => ({ kind: "only-inputs", globs })),
  ];
}

function required(raw: RawValue | undefined): Demand[] {
  const policies = entryOf(raw, "policies");
  const persona = entryOf(raw, "persona");
  return [
    ...lists(raw, ["deny"], (rules): Demand => ({ kind: "require-deny", rules })),
    ...lists(raw, ["ask"], (rules): Demand => ({ kind: "require-ask", rules })),
    ...(policies === undefined
      ? []
      : [{ kind: "require-policies", policies: policyTexts(policies) } as const]),
    ...(persona === undefined ? [] : [{ kind: "require-persona", texts: textsOf(persona) } as const]),
    ...lists(raw, REQUIRED_NAMES, (globs, surface): Demand => ({ kind: "require-names", surface, globs })),
    ...(entryOf(raw, "pinned") === undefined ? [] : [{ kind: "require-pinned" } as const]),
    ...lists(raw, ["inputs"], (globs): Demand => ({ kind: "require-inputs", globs })),
  ];
}

function others(raw: RawValue): Demand[] {
  const days = numberOf(entryOf(raw, "maxAgeDays"));
  const schema = entryOf(raw, "schema");
  const check = entryOf(raw, "check");
  return [
    ...(days === undefined ? [] : [{ kind: "max-age", days } as const]),
    ...(schema === undefined ? [] : [{ kind: "schema", schema: plainObject(schema) } as const]),
    ...entriesOf(entryOf(raw, "changes")).map(
      ([on, decision]): Demand => ({
        kind: "changes",
        on,
        decision: stringOf(decision) as "allow" | "approve" | "forbid",
      }),
    ),
    ...(check === undefined ? [] : [{ kind: "check", definition: definitionOf(check) } as const]),
  ];
}

function definitionOf(check: RawValue): FunctionDefinition | null {
  return check.kind === "function" ? (check.definition ?? null) : null;
}

/** One demand for each key that is there. An empty list is a demand too: `only.allow = [ ]` forbids everything. */
function lists<Key extends string>(
  raw: RawValue | undefined,
  keys: readonly Key[],
  demand: (texts: string[], key: Key) => Demand,
): Demand[] {
  return keys.flatMap((key) => {
    const value = entryOf(raw, key);
    return value === undefined ? [] : [demand(stringsOf(value), key)];
  });
}

function knownModes(texts: string[]): PermissionMode[] {
  return texts.map(permissionMode).filter((mode) => mode !== null);
}

function policyTexts(raw: RawValue): Record<string, string | null> {
  return Object.fromEntries(entriesOf(raw).map(([id, text]) => [id, textOf(text) ?? null]));
}

function textsOf(raw: RawValue): string[] {
  return itemsOf(raw)
    .map(textOf)
    .filter((text) => text !== undefined);
}
