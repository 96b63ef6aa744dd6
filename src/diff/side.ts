import type { ChangeFact, TextDiffPart } from "../model/change.ts";
import type { ClaudeContext } from "../model/context.ts";
import type { JsonObject } from "../model/json.ts";
import type { Limits } from "../model/limits.ts";
import type { ClientVersion } from "../model/semantics.ts";
import type { Snapshot } from "../model/snapshot.ts";

/** One end of a comparison. A snapshot without a context stands for an empty one: nothing approved, nothing refused. */
export interface Side {
  snapshot: Snapshot;
  context: ClaudeContext;
  nixConfig: JsonObject;
}

export interface DiffOptions {
  client: ClientVersion;
  limits: Limits;
}

/** What every surface is handed: the options, and the word-level comparison with the budget that is left. */
export interface SurfaceOptions extends DiffOptions {
  textDiff: (before: string, after: string) => TextDiffPart[] | undefined;
}

/** A surface's facts, in any order; `diff/index.ts` orders and numbers them. */
export type SurfaceDiff = (before: Side, after: Side, options: SurfaceOptions) => ChangeFact[];

export function sideOf(snapshot: Snapshot): Side {
  return snapshot.kind === "present"
    ? { snapshot, context: snapshot.context, nixConfig: snapshot.nixConfig }
    : { snapshot, context: emptyContext(), nixConfig: {} };
}

function emptyContext(): ClaudeContext {
  return {
    system: null,
    persona: null,
    tools: {},
    policies: {},
    permissions: {
      rules: [],
      defaultMode: null,
      additionalDirectories: [],
      bypassDisabled: false,
      other: {},
    },
    mcpServers: {},
    skills: {},
    agents: {},
    commands: {},
    outputStyles: {},
    hooks: [],
    env: {},
    model: null,
    sandbox: {},
    settings: {},
    constraints: {},
    waivers: {},
  };
}
