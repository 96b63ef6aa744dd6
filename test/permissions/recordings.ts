import { readdirSync, readFileSync } from "node:fs";
import type { Call, PermissionMode } from "../../src/model/permission.ts";
import { type CompiledPermissions, compilePermissions } from "../../src/permissions/decide.ts";
import { compileLayers, type SettingsLayer } from "../../src/permissions/layers.ts";
import type { DecideOptions, Surroundings } from "../../src/permissions/types.ts";

/** What was recorded from the real client: one file of `test/recorded/`. */
export interface Recording {
  about: string;
  /** The versions whose decisions stand in each call, in this order. */
  clients: string[];
  sets: RecordedSet[];
}

export interface RecordedSet {
  id: string;
  /** Rules in the project's settings; or `layers`. */
  permissions?: { allow?: string[]; ask?: string[]; deny?: string[] };
  /** Settings files as they stood there. */
  layers?: SettingsLayer[];
  /** As on the command line. */
  mode?: PermissionMode;
  /** Has the workspace trust dialog been accepted? Where nothing is said, it has. */
  trusted?: boolean;
  /**
   * Tool, argument, one decision per client (`allow`, `prompt`, `deny`; `classifier`: the mode leaves it to one; null:
   * no usable answer), then the newest client's reason where it gave one.
   */
  calls: RecordedCall[];
}

/** The argument alone, or with further parameters. */
export type RecordedArgument = string | { argument: string; parameters: NonNullable<Call["parameters"]> };
export type RecordedCall = [tool: string, argument: RecordedArgument, ...decisions: (string | null)[]];

/** Measured and documented cases: `test/recorded/permission-vectors.json`. */
export interface PermissionVector {
  id: string;
  rules: { allow: string[]; ask: string[]; deny: string[] };
  call: { tool: string } & Record<string, unknown>;
  expect: string;
  outcome?: string;
  mode?: PermissionMode;
  scope?: Surroundings["scope"];
  trusted?: boolean;
}

export interface Recordings {
  vectors: PermissionVector[];
  /** By the name of the file without `.json`, in the order of names. */
  decisions: Map<string, Recording>;
}

/** Everything in `directory` (`test/recorded`): whoever adds a file of decisions has them replayed. */
export function readRecordings(directory: string): Recordings {
  const read = (name: string): unknown => JSON.parse(readFileSync(`${directory}/${name}`, "utf8"));
  const vectors = read("permission-vectors.json") as PermissionVector[];
  const decisions = new Map<string, Recording>();
  for (const name of readdirSync(directory).sort()) {
    if (!name.endsWith(".json") || name === "permission-vectors.json") continue;
    const recording = read(name) as Recording;
    if (Array.isArray(recording.sets)) decisions.set(name.replace(/\.json$/, ""), recording);
  }
  const { corrections } = read("corrections.json") as { corrections: Correction[] };
  correct(decisions.get("client-decisions")!, corrections);
  return { vectors, decisions };
}

/** A recorded decision that was found wrong when the same client was asked again: `test/recorded/corrections.json`. */
interface Correction {
  set: string;
  /** Place of the call in its set. */
  call: number;
  recorded: (string | null)[];
  measured: (string | null)[];
}

function correct(recording: Recording, corrections: readonly Correction[]): void {
  const sets = new Map(recording.sets.map((set) => [set.id, set]));
  for (const { set, call, recorded, measured } of corrections) {
    const found = sets.get(set)?.calls[call];
    const decisions = found?.slice(2, 2 + recorded.length) ?? [];
    if (found === undefined || decisions.join() !== recorded.join()) {
      throw new Error(`corrections.json: call ${call} of set ${set} is not recorded as ${recorded.join()}`);
    }
    found.splice(2, measured.length, ...measured);
  }
}

export const SURROUNDINGS: Surroundings = {
  home: "/home/u",
  project: "/home/u/proj",
  scope: "project",
  trusted: true,
  // The servers of the recordings declare nothing.
  readOnlyMcpTools: new Set(),
};

/** Skills of the recordings that declare neither tools nor hooks. */
const PLAIN_SKILLS: ReadonlySet<string> = new Set([
  "deploy",
  "deploy-all",
  "review",
  "review-pr",
  "test",
  "x",
]);

export function compileRecorded(set: RecordedSet, client: DecideOptions["client"]): CompiledPermissions {
  const surroundings = { ...SURROUNDINGS, trusted: set.trusted ?? true, plainSkills: PLAIN_SKILLS };
  if (set.layers !== undefined) {
    return compileLayers(set.layers, { client, surroundings, mode: set.mode ?? null });
  }
  return compilePermissions(permissionSet(set.permissions ?? {}, set.mode ?? null), { client, surroundings });
}

export function recordedCall(tool: string, argument: RecordedArgument): Call {
  if (typeof argument === "string") return { tool, argument: placed(argument) };
  return { tool, argument: placed(argument.argument), parameters: argument.parameters };
}

/** What the recorder left open: `{HOME}` is a placeholder, `${HOME}` is shell. */
function placed(text: string): string {
  return text.replaceAll("{REPO}", SURROUNDINGS.project).replace(/(?<!\$)\{HOME\}/g, SURROUNDINGS.home);
}

export function permissionSet(
  rules: { allow?: string[]; ask?: string[]; deny?: string[] },
  mode: PermissionMode | null,
) {
  return {
    allow: (rules.allow ?? []).map(placed),
    ask: (rules.ask ?? []).map(placed),
    deny: (rules.deny ?? []).map(placed),
    mode,
    additionalDirectories: [],
    bypassDisabled: false,
    sandboxApprovesBash: false,
    other: {},
  };
}
