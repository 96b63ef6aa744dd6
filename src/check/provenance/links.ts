import { fileLink, inputNodeAt, type LockFile } from "../../lock/index.ts";
import type { Position } from "../../model/position.ts";
import type { PresentSnapshot } from "../../model/snapshot.ts";

/** Gives places in inputs the address of their file and line at the revision that `lock` has, where there is one. */
function linker(lock: LockFile | null): (position: Position) => Position {
  if (lock === null) return (position) => position;
  const nodes = new Map<string, ReturnType<typeof inputNodeAt>>();
  const nodeAt = (path: string) => {
    if (!nodes.has(path)) nodes.set(path, inputNodeAt(lock, path));
    return nodes.get(path) ?? null;
  };
  return (position) => {
    const { input, file, line } = position;
    if (input === undefined || input.startsWith("org:")) return position;
    const locked = nodeAt(input)?.locked ?? null;
    const url = locked === null ? null : fileLink(locked, file, line);
    return url === null ? position : { ...position, url };
  };
}

/** The same for all places that a snapshot knows. */
export function withLinks(lock: LockFile | null, snapshot: PresentSnapshot): PresentSnapshot {
  const link = linker(lock);
  const linkAll = (positions: Readonly<Record<string, Position>>) =>
    Object.fromEntries(Object.entries(positions).map(([name, position]) => [name, link(position)]));
  return {
    ...snapshot,
    positions: linkAll(snapshot.positions),
    foreignPositions: linkAll(snapshot.foreignPositions),
    problems: snapshot.problems.map(({ position, ...problem }) =>
      position === undefined ? problem : { ...problem, position: link(position) },
    ),
  };
}
