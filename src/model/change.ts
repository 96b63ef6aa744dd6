import type { Json } from "./json.ts";
import type { Call, Decision } from "./permission.ts";
import type { Position } from "./position.ts";

/** Parts of a context that act on their own; reports are ordered by this list. */
export const SURFACES = [
  "permissions",
  "mode",
  "sandbox",
  "hooks",
  "mcp-servers",
  "tools",
  "skills",
  "agents",
  "commands",
  "env",
  "settings",
  "model",
  "policies",
  "persona",
  "system",
  "constraints",
  "waivers",
  "nix-config",
  "context",
] as const;
export type Surface = (typeof SURFACES)[number];

export const DIRECTIONS = ["widens", "undecided", "incomparable", "narrows", "neutral"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** A difference between two snapshots: a fact without judgement. */
export interface Change {
  /** `c1`, `c2`, …: position in the ordered list of this comparison; findings refer to it. */
  id: string;
  /** Holds from revision to revision: surface, path, kind and both values, never a line number. */
  fingerprint: string;
  surface: Surface;
  /** Attribute path of what changed: `permissions.allow`, `mcpServers.github`, `policies.commits`. */
  path: string;
  kind: "added" | "removed" | "changed";
  direction: Direction;
  /** Normalised values for people and machines; null where there is none. */
  before: Json;
  after: Json;
  /** One sentence fragment in plain words, starting in lower case: "allow rule `Bash(git *)` added". */
  summary: string;
  /** Why the direction could not be decided; only with `undecided`. */
  undecidedBecause?: string;
  witness?: Witness;
  /** Word-level difference of a text, bounded; only on surfaces that hold text. */
  textDiff?: TextDiffPart[];
  causes: Cause[];
  position?: Position;
}

/** A concrete call that proves a direction, checked by the matcher before it is shown. */
export interface Witness {
  /** As `formatCall` writes it. */
  call: string;
  before: Decision;
  after: Decision;
}

export interface TextDiffPart {
  kind: "same" | "added" | "removed";
  text: string;
}

export type Cause =
  | { kind: "edit"; file: string; line?: number; commit?: string; author?: string }
  | { kind: "input"; name: string; from: string | null; to: string | null; url?: string }
  | { kind: "joint"; of: Cause[] };

/** Every input that had a part in it, alone or together with others; each once, by its path. */
export function inputCauses(causes: readonly Cause[]): Extract<Cause, { kind: "input" }>[] {
  const found = causes.flatMap((cause) =>
    cause.kind === "joint" ? inputCauses(cause.of) : cause.kind === "input" ? [cause] : [],
  );
  return [...new Map(found.map((cause) => [cause.name, cause])).values()];
}

/** What a surface's diff returns; ids, fingerprints, causes and order are given by `diff/index.ts`. */
export type ChangeFact = Omit<Change, "id" | "fingerprint" | "causes" | "position"> & {
  /** Where to look for the position, and on which side; default: `path`, the side that has the value. */
  at?: { path: string; side: "before" | "after" };
};

export interface ComparedCall {
  call: Call;
  before: Decision;
  after: Decision;
}
