import type { Json, JsonObject } from "../model/json.ts";

const REVISIONS = { one: "1".repeat(40), two: "2".repeat(40) };

/** A lock file for the examples of rules: `inputs` of the root, and nodes. */
export function exampleLock(nodes: JsonObject, inputs?: JsonObject): Json {
  const own = Object.fromEntries(Object.keys(nodes).map((name) => [name, name]));
  return { nodes: { ...nodes, root: { inputs: inputs ?? own } }, root: "root", version: 7 };
}

/** A node for `github:acme/NAME`; what is given goes over what stands there. */
export function exampleNode(
  name: string,
  rev: keyof typeof REVISIONS,
  { locked, original, ...node }: { locked?: JsonObject; original?: JsonObject; inputs?: JsonObject } = {},
): JsonObject {
  const source = { type: "github", owner: "acme", repo: name };
  const hash = `sha256-${(rev === "one" ? "A" : "B").repeat(43)}=`;
  const date = rev === "one" ? 1_760_000_000 : 1_770_000_000;
  return {
    locked: { ...source, rev: REVISIONS[rev], narHash: hash, lastModified: date, ...locked },
    original: { ...source, ...original },
    ...node,
  };
}
