import { createHash } from "node:crypto";
import { CONTEXT_VERSION, normaliseContext } from "../../src/context/index.ts";
import type { ClaudeContext } from "../../src/model/context.ts";
import type { RawDerivation, RawPath, RawValue } from "../../src/model/raw-value.ts";
import { type ClientVersion, DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import type { PresentSnapshot } from "../../src/model/snapshot.ts";

/** What JSON cannot say (a package, a path, a function), to stand inside a value given to `rawOf`. */
export class RawLeaf {
  readonly raw: RawValue;
  constructor(raw: RawValue) {
    this.raw = raw;
  }
}

export type Writable = null | boolean | number | string | RawLeaf | readonly Writable[] | WritableSet;
export interface WritableSet {
  readonly [key: string]: Writable;
}

/** Plain JSON as a user would write it in Nix, as the evaluator would hand it over; without positions. */
export function rawOf(value: Writable): RawValue {
  if (value instanceof RawLeaf) return value.raw;
  if (Array.isArray(value)) return { kind: "list", items: value.map(rawOf) };
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value as WritableSet).map(([key, item]) => [key, rawOf(item)] as const);
    return { kind: "set", entries: Object.fromEntries(entries), positions: {} };
  }
  return { kind: "scalar", value: value as null | boolean | number | string };
}

/** A `claudeContext` as a user would write it, in normal form; `version` is filled in. Throws when it has problems. */
export function contextOf(json: WritableSet, client: ClientVersion = DEFAULT_CLIENT): ClaudeContext {
  const { context, problems, failures } = normaliseContext(rawOf(withVersion(json)), { client });
  const wrong = [...problems, ...failures];
  if (wrong.length > 0) throw new Error(`not a valid claudeContext: ${JSON.stringify(wrong, null, 2)}`);
  return context;
}

/** A snapshot of such a context; problems of it stand in `problems` and do not throw. */
export function snapshotOf(json: WritableSet, overrides: Partial<PresentSnapshot> = {}): PresentSnapshot {
  const { context, positions, problems } = normaliseContext(rawOf(withVersion(json)), {
    client: DEFAULT_CLIENT,
  });
  return {
    kind: "present",
    from: "flake",
    revision: null,
    tree: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    context,
    positions,
    problems,
    inputs: {},
    placedInputs: {},
    foreignConstraints: [],
    foreignPositions: {},
    nixConfig: {},
    ...overrides,
  };
}

export function packageOf(name: string, facts: Omit<RawDerivation, "kind" | "name"> = {}): RawLeaf {
  return new RawLeaf({ kind: "derivation", name, ...facts });
}

export function fileOf(path: string, text: string): RawLeaf {
  return new RawLeaf({ kind: "path", path, content: { kind: "file", sha256: sha256(text), text } });
}

/** `files`: text by relative path. */
export function directoryOf(path: string, files: Record<string, string>): RawLeaf {
  const content: RawPath["content"] = {
    kind: "directory",
    files: Object.entries(files).map(([file, text]) => ({ path: file, sha256: sha256(text), text })),
    truncated: false,
  };
  return new RawLeaf({ kind: "path", path, content });
}

export function missingOf(path: string): RawLeaf {
  return new RawLeaf({ kind: "path", path, content: { kind: "missing" } });
}

/** A flake input handed on whole. */
export function sourceOf(text: string): RawLeaf {
  return new RawLeaf({ kind: "source", text });
}

/** `{ type = "derivation"; … }`: the evaluator takes it for a package, and its other attributes are gone. */
export function pretendingOf(_hidden: WritableSet): RawLeaf {
  return packageOf("pretender");
}

export function failureOf(message: string): RawLeaf {
  return new RawLeaf({ kind: "failure", code: "throw", message });
}

export function functionOf(...names: string[]): RawLeaf {
  return new RawLeaf({ kind: "function", arguments: names });
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function withVersion(json: WritableSet): WritableSet {
  return { version: CONTEXT_VERSION, ...json };
}
