/** A place in a source file. Lines and columns are 1-based. */
export interface Position {
  /** Path relative to the root of the tree it stands in, with `/`; never a store path. */
  file: string;
  line: number;
  column: number;
  /** Name of the flake input whose tree holds the file, or `org:REF`; absent: this repository. */
  input?: string;
  /** The file at this line and at the locked revision, where its forge has a page for it; only in snapshots and reports. */
  url?: string;
}

/** Positions by attribute path (`permissions.allow`, `tools."my tool".command`); list elements `path[0]`. */
export type Positions = Readonly<Record<string, Position>>;

const BARE_KEY = /^[A-Za-z_][A-Za-z0-9_'-]*$/;

/** `permissions` + `allow` → `permissions.allow`; keys that Nix would quote are quoted. */
export function attributePath(parent: string, key: string | number): string {
  if (typeof key === "number") return `${parent}[${key}]`;
  const step = BARE_KEY.test(key) ? key : JSON.stringify(key);
  return parent === "" ? step : `${parent}.${step}`;
}

/** The position of a path, or of its nearest ancestor that has one. */
export function positionOf(positions: Positions, path: string): Position | undefined {
  for (let at: string | null = path; at !== null; at = parentPath(at)) {
    const found = Object.hasOwn(positions, at) ? positions[at] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `permissions.allow[2]` → `permissions.allow` → `permissions` → `` → null. */
export function parentPath(path: string): string | null {
  if (path === "") return null;
  const index = path.endsWith("]") ? path.lastIndexOf("[") : lastDotOutsideQuotes(path);
  return index <= 0 ? "" : path.slice(0, index);
}

function lastDotOutsideQuotes(path: string): number {
  let last = -1;
  let quoted = false;
  for (let i = 0; i < path.length; i++) {
    const character = path[i];
    if (character === "\\" && quoted) i++;
    else if (character === '"') quoted = !quoted;
    else if (character === "." && !quoted) last = i;
  }
  return last;
}
