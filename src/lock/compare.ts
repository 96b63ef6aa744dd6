import type { InputChange, LockedInput } from "../model/lock.ts";
import { compareText } from "../model/order.ts";
import { resolveLock, sourceDigest, targetOf } from "./graph.ts";
import { inputsAt } from "./inputs-at.ts";
import { compareLink } from "./link.ts";
import type { LockFile, LockNode } from "./parse.ts";
import { branchOf, pinnedReference, placeOf, referenceOf, revisionOf } from "./reference.ts";
import { relativeBase } from "./relative-base.ts";

/** The direct inputs of a flake, by name, in byte order. */
export function directInputs(lock: LockFile): Record<string, LockedInput> {
  const resolution = resolveLock(lock);
  return Object.fromEntries(
    children(lock, lock.nodes.get(lock.root)!).map(([name, node]) => {
      const locked = node.locked!;
      const input: LockedInput = {
        name,
        reference: referenceOf(locked),
        revision: revisionOf(locked),
        lastModified: typeof locked.lastModified === "number" ? locked.lastModified : null,
        // Where the graph has no ids (inputs in a circle), the source has to stand for all that it depends on.
        nodeId: resolution.kind === "resolved" ? resolution.graph.inputs.get(name)! : sourceDigest(locked),
        line: node.line,
      };
      return [name, input];
    }),
  );
}

/**
 * What moved between two lock files: direct inputs, and below them every input that differs by itself, be it in what
 * it is or in what it follows. An input that follows the same as before has no row of its own. null stands for "no
 * lock file", which has no inputs.
 */
export function compareInputs(before: LockFile | null, after: LockFile | null): InputChange[] {
  const follows = before === null || after === null ? [] : followsRows(before, after);
  const told = new Set(follows.map(({ path }) => path));
  const old = ownByPath(before);
  const now = ownByPath(after);
  const paths = [...new Set([...old.keys(), ...now.keys()])].filter((path) => !told.has(path));
  const rows = paths.flatMap(
    (path) => compareInput(path, old.get(path) ?? null, now.get(path) ?? null) ?? [],
  );
  return [...rows, ...follows].sort((a, b) => compareText(a.path, b.path));
}

/** An input that has a node, and the path from which its own starts. */
interface Own {
  node: LockNode;
  base: string | null;
}

function compareInput(path: string, old: Own | null, now: Own | null): InputChange | null {
  const row = { name: path.split("/").at(-1)!, path, effects: 0 };
  const [before, after] = [old?.node, now?.node];
  const from = before?.locked ?? null;
  const to = after?.locked ?? null;
  if (from === null)
    return to === null ? null : { ...row, kind: "added", from: null, to: pinnedReference(to) };
  if (to === null) return { ...row, kind: "removed", from: pinnedReference(from), to: null };
  if (old!.base !== now!.base)
    return { ...row, kind: "redirected", from: basedReference(old!), to: basedReference(now!) };
  const elsewhere = placeOf(before!) !== placeOf(after!) || before!.flake !== after!.flake;
  if (elsewhere || branchOf(before!) !== branchOf(after!)) {
    return { ...row, kind: "redirected", from: pinnedReference(from), to: pinnedReference(to) };
  }
  // The same revision with another hash is a move as well: one of the two is not what it says it is.
  if (from.rev !== to.rev || from.narHash !== to.narHash) {
    const sameRevision = from.rev === to.rev && from.rev !== undefined;
    const name = (source: typeof from) => (sameRevision ? String(source.narHash) : revisionOf(source));
    const url = sameRevision ? null : compareLink(from, to);
    return { ...row, kind: "moved", from: name(from), to: name(to), ...(url === null ? {} : { url }) };
  }
  // Code can read these of its inputs, and not all kinds of sources are held against them by Nix.
  const seen = SEEN_BY_CODE.find((name) => from[name] !== to[name]);
  if (seen === undefined) return null;
  const [then, since] = [from, to].map((source) => `${seen} ${source[seen] ?? "not given"}`);
  return { ...row, kind: "moved", from: then!, to: since! };
}

const SEEN_BY_CODE = ["lastModified", "revCount", "submodules", "lfs", "exportIgnore"];

function basedReference({ node, base }: Own): string {
  const reference = pinnedReference(node.locked!);
  return base === null ? reference : `${reference} ${base === "" ? "in the flake itself" : `in ${base}`}`;
}

/** Inputs of flakes that both sides have, which follow another input than before, or follow one where they had a node. */
function followsRows(before: LockFile, after: LockFile): InputChange[] {
  const old = flakesByPath(before);
  return [...flakesByPath(after)].flatMap(([above, now]) => {
    const then = old.get(above);
    return then === undefined ? [] : followsBelow(above, { before, then, after, now });
  });
}

interface FlakeOnBothSides {
  before: LockFile;
  then: LockNode;
  after: LockFile;
  now: LockNode;
}

function followsBelow(above: string, { before, then, after, now }: FlakeOnBothSides): InputChange[] {
  // A flake that moved may have got or lost inputs with that; where it is the same, somebody else says so.
  const isSame = sourceText(then) === sourceText(now);
  return [...new Set([...then.inputs.keys(), ...now.inputs.keys()])].flatMap((name): InputChange[] => {
    const [from, to] = [edgeText(before, then.inputs.get(name)), edgeText(after, now.inputs.get(name))];
    if (from.followed === to.followed || (!isSame && (from.text === null || to.text === null))) return [];
    const kind = from.text === null ? "added" : to.text === null ? "removed" : "redirected";
    const path = above === "" ? name : `${above}/${name}`;
    return [{ name, path, kind, from: from.text, to: to.text, effects: 0 }];
  });
}

/** `followed`: null where it follows nothing, or is not there. */
function edgeText(lock: LockFile, edge: string | readonly string[] | undefined) {
  if (edge === undefined) return { text: null, followed: null };
  if (typeof edge !== "string") {
    const followed = edge.join("/");
    return { text: followed === "" ? "follows the flake itself" : `follows ${followed}`, followed };
  }
  const locked = lock.nodes.get(edge)?.locked ?? null;
  return { text: locked === null ? null : pinnedReference(locked), followed: null };
}

function sourceText({ locked }: LockNode): string {
  return locked === null ? "" : pinnedReference(locked);
}

/** The flake itself under `""`, and every input that has inputs of its own. */
function flakesByPath(lock: LockFile): Map<string, LockNode> {
  const own = [...inputsAt(lock).values()].filter(({ edge }) => typeof edge === "string");
  return new Map([["", lock.nodes.get(lock.root)!], ...own.map(({ path, node }) => [path, node] as const)]);
}

/** Below the first level only those that do not follow another. */
function ownByPath(lock: LockFile | null): Map<string, Own> {
  const inputs = lock === null ? [] : [...inputsAt(lock).values()];
  return new Map(
    inputs
      .filter(({ above, edge }) => above === null || typeof edge === "string")
      .map((input) => [input.path, { node: input.node, base: relativeBase(lock!, input) }]),
  );
}

function children(lock: LockFile, node: LockNode): [string, LockNode][] {
  return [...node.inputs]
    .flatMap(([name, edge]): [string, LockNode][] => {
      const key = targetOf(lock, edge);
      return key === null || key === lock.root ? [] : [[name, lock.nodes.get(key)!]];
    })
    .sort(([a], [b]) => compareText(a, b));
}
