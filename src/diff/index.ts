import { type Change, type ChangeFact, SURFACES, type Surface } from "../model/change.ts";
import { fingerprintOf } from "../model/fingerprint.ts";
import { canonicalJson } from "../model/json.ts";
import { compareText } from "../model/order.ts";
import { positionOf } from "../model/position.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { diffAgents } from "./agents.ts";
import { diffCommands } from "./commands.ts";
import { diffConstraints } from "./constraints.ts";
import { diffContext } from "./context.ts";
import { diffEnv } from "./env.ts";
import { diffHooks } from "./hooks.ts";
import { withoutListIndex } from "./list-index.ts";
import { diffMcpServers } from "./mcp-servers.ts";
import { diffMode } from "./mode.ts";
import { diffModel } from "./model.ts";
import { diffNixConfig } from "./nix-config.ts";
import { diffPermissions } from "./permissions.ts";
import { diffPersona } from "./persona.ts";
import { diffPolicies } from "./policies.ts";
import { diffSandbox } from "./sandbox.ts";
import { diffSettings } from "./settings.ts";
import { type DiffOptions, type SurfaceDiff, sideOf } from "./side.ts";
import { diffSkills } from "./skills.ts";
import { diffSystem } from "./system.ts";
import { textDiffer } from "./text-diff.ts";
import { diffTools } from "./tools.ts";
import { diffWaivers } from "./waivers.ts";

export { type CanonicalContext, canonicalContext, canonicalNixConfig } from "./canonical.ts";
export { constraintJson } from "./constraints.ts";
export { withoutListIndex } from "./list-index.ts";
export { sampleCall } from "./sample-call.ts";
export type { DiffOptions } from "./side.ts";
export { textDiffer } from "./text-diff.ts";

const SURFACE_DIFFS: Readonly<Record<Surface, SurfaceDiff>> = {
  permissions: diffPermissions,
  mode: diffMode,
  sandbox: diffSandbox,
  hooks: diffHooks,
  "mcp-servers": diffMcpServers,
  tools: diffTools,
  skills: diffSkills,
  agents: diffAgents,
  commands: diffCommands,
  env: diffEnv,
  settings: diffSettings,
  model: diffModel,
  policies: diffPolicies,
  persona: diffPersona,
  system: diffSystem,
  constraints: diffConstraints,
  waivers: diffWaivers,
  "nix-config": diffNixConfig,
  context: diffContext,
};

/**
 * What is different between two snapshots: facts with a direction, ordered by surface, path, kind and value, so that
 * the same two snapshots give the same list everywhere. Causes are empty until `causes/` adds them.
 */
export function diffSnapshots(before: Snapshot, after: Snapshot, options: DiffOptions): Change[] {
  const [old, now] = [sideOf(before), sideOf(after)];
  const surfaceOptions = { ...options, textDiff: textDiffer(options.limits) };
  return SURFACES.flatMap((surface) =>
    SURFACE_DIFFS[surface](old, now, surfaceOptions)
      .map((fact) => ({ fact, fingerprint: changeFingerprint(fact) }))
      .sort((a, b) => compareFacts(a.fact, b.fact) || compareText(a.fingerprint, b.fingerprint)),
  ).map(({ fact, fingerprint }, index) => changeOf(fact, fingerprint, index, before, after));
}

function compareFacts(a: ChangeFact, b: ChangeFact): number {
  return (
    comparePaths(a.path, b.path) ||
    compareText(a.kind, b.kind) ||
    compareText(canonicalJson(a.before), canonicalJson(b.before)) ||
    compareText(canonicalJson(a.after), canonicalJson(b.after))
  );
}

/** Elements of one list in the order they stand in: `[2]` before `[10]`. */
function comparePaths(a: string, b: string): number {
  const padded = (path: string) => path.replace(/\[(\d+)\]/g, (_, digits) => `[${digits.padStart(9, "0")}]`);
  return compareText(padded(a), padded(b));
}

function changeFingerprint({ surface, path, kind, before, after }: ChangeFact): string {
  return fingerprintOf(surface, withoutListIndex(path), kind, before, after);
}

function changeOf(
  fact: ChangeFact,
  fingerprint: string,
  index: number,
  before: Snapshot,
  after: Snapshot,
): Change {
  const { at, ...facts } = fact;
  const side = at?.side ?? (fact.kind === "removed" ? "before" : "after");
  const snapshot = side === "before" ? before : after;
  // `nixConfig` stands outside the context, whose position would be found as its nearest ancestor.
  const position =
    snapshot.kind === "present" && fact.surface !== "nix-config"
      ? positionOf(snapshot.positions, at?.path ?? fact.path)
      : undefined;
  return { id: `c${index + 1}`, fingerprint, ...facts, causes: [], ...(position && { position }) };
}
