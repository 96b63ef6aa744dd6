import type { PermissionMode } from "../model/permission.ts";
import { type CompiledPermissions, deciderOf } from "./decide.ts";
import {
  compileParts,
  heedsDenyInsteadOfPrompting,
  type RuleSource,
  type SetParts,
  waitsForTrust,
} from "./sets/compiled-set.ts";
import { type ReadLayer, readLayer, type SettingsLayer } from "./sets/settings-layer.ts";
import { type DecideOptions, type Surroundings, USUAL_SURROUNDINGS } from "./types.ts";

export type { SettingsLayer } from "./sets/settings-layer.ts";

export interface LayerOptions extends DecideOptions {
  /** As on the client's command line (`--permission-mode`); null: what the settings say. */
  mode?: PermissionMode | null;
}

/** From what wins to what gives way. */
const PRECEDENCE: readonly Surroundings["scope"][] = ["managed", "local", "project", "user"];

/**
 * All settings files of a session, as the client merges them (reference, section 2.2; measured on both versions):
 * lists add up and each rule keeps the anchor of its own file, the highest file that names a value has it, restrictions
 * hold wherever they stand. A file that the client rejects says nothing. `surroundings.scope` plays no part.
 */
export function compileLayers(layers: readonly SettingsLayer[], options: LayerOptions): CompiledPermissions {
  const { client } = options;
  const surroundings = options.surroundings ?? USUAL_SURROUNDINGS;
  const { trusted } = surroundings;
  const read = PRECEDENCE.flatMap((scope) => layers.filter((layer) => layer.scope === scope))
    .map((layer) => readLayer(layer, client))
    .filter((layer) => layer !== null);
  const waits = (layer: ReadLayer): boolean => waitsForTrust({ scope: layer.scope, trusted }, client);
  const managedOnly = read.some((layer) => layer.managedRulesOnly);
  const parts: SetParts = {
    // As the client reads them, the user's first: a negated path takes something back from files before it.
    sources: read
      .toReversed()
      .filter((layer) => !managedOnly || layer.scope === "managed")
      .map((layer): RuleSource => ({ ...layer, allow: waits(layer) ? [] : layer.allow })),
    mode: options.mode ?? settledMode(read, options),
    bypassDisabled: read.some((layer) => layer.bypassDisabled),
    autoDisabled: read.some((layer) => layer.autoDisabled),
    // Directories are no rules: `allowManagedPermissionRulesOnly` leaves them.
    additionalDirectories: read.flatMap((layer) => (waits(layer) ? [] : layer.additionalDirectories)),
    sandboxEnabled: highest(read, "sandboxEnabled") === true,
    sandboxApprovesBash: sandboxApproves(read, options),
    blockReadsOutside: read.some((layer) => layer.blockReadsOutside),
    blockWritesOutside: read.some((layer) => layer.blockWritesOutside),
    denyInsteadOfPrompting: read.some(
      (layer) => layer.denyInsteadOfPrompting && heedsDenyInsteadOfPrompting(layer.scope),
    ),
  };
  return deciderOf(compileParts(parts, surroundings, client));
}

/** The highest file that names a mode. One that it may not choose is `default`, whatever files below say. */
function settledMode(layers: readonly ReadLayer[], { client }: LayerOptions): PermissionMode | null {
  const layer = layers.find(({ mode }) => mode !== null);
  if (layer === undefined) return null;
  const fromRepository = layer.scope === "project" || layer.scope === "local";
  const ignored =
    fromRepository && (layer.mode === "auto" || (layer.mode === "bypassPermissions" && client !== "2.1.197"));
  return ignored ? "default" : layer.mode;
}

/** Approving what is sandboxed was the default before 2.1.325. */
function sandboxApproves(layers: readonly ReadLayer[], { client }: LayerOptions): boolean {
  const approves = highest(layers, "sandboxApproves") ?? client === "2.1.197";
  return highest(layers, "sandboxEnabled") === true && approves;
}

function highest(
  layers: readonly ReadLayer[],
  key: "sandboxEnabled" | "sandboxApproves",
): boolean | undefined {
  return layers.find((layer) => layer[key] !== undefined)?.[key];
}
