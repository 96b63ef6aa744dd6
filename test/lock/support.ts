import { type LockFile, parseLock } from "../../src/lock/index.ts";

export type Edge = string | string[];

export function lockText(inputs: Record<string, Edge>, nodes: Record<string, object>, version = 7): string {
  return JSON.stringify({ version, root: "root", nodes: { ...nodes, root: { inputs } } }, null, 2);
}

export const lock = (inputs: Record<string, Edge>, nodes: Record<string, object>): LockFile =>
  parseLock(lockText(inputs, nodes));

export const REV = { one: "1".repeat(40), two: "2".repeat(40), three: "3".repeat(40) };

export function github(repo: string, rev: string, inputs: Record<string, Edge> = {}, more: object = {}) {
  const original = { type: "github", owner: "acme", repo };
  const narHash = `sha256-${rev.slice(0, 3)}${repo}`;
  return { locked: { ...original, rev, narHash, lastModified: 1_700_000_000 }, original, inputs, ...more };
}
