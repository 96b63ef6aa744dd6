import type { EvaluationPlan, Tree } from "../check/ports.ts";
import {
  EMPTY_GRAPH,
  type GraphNode,
  type InputGraph,
  type LockFile,
  parseLock,
  resolveLock,
  type SourceAttributes,
  sourceDigest,
} from "../lock/index.ts";
import { type Organisation, type OrganisationOptions, resolveOrganisation } from "./organisations.ts";
import type { Published, Publisher } from "./publish.ts";
import type { KnownTree } from "./symbols.ts";
import { sourceStoreName } from "./symbols.ts";
import type { ToolEntry } from "./tool-flake.ts";

/** One flake that is going to be evaluated: a side, a hybrid, or an organisation's. */
export interface PlannedFlake {
  entry: ToolEntry;
  subject:
    | { kind: "side"; name: "before" | "after"; tree: Tree }
    | { kind: "hybrid"; id: string; tree: Tree }
    | { kind: "organisation"; reference: string };
  lock: LockFile | null;
  marks: readonly string[];
}

type TreePlan = Pick<EvaluationPlan, "repository" | "flakeDirectory">;

/** null: the tree has no `flake.nix`. */
export async function planSide(
  plan: TreePlan & Pick<EvaluationPlan, "attribute">,
  side: EvaluationPlan["sides"][number],
  publisher: Publisher,
): Promise<PlannedFlake | null> {
  const { repository, flakeDirectory: dir } = plan;
  // Asked for together, since files that are asked for at the same time cost one Git process.
  const [flake, lockBytes] = await Promise.all([
    repository.readFile(side.tree, inDirectory(dir, "flake.nix")),
    repository.readFile(side.tree, inDirectory(dir, "flake.lock")),
  ]);
  if (flake === null) return null;
  const lock = parsedLock(plan, lockBytes);
  const published = await publisher.tree(side.tree);
  const graph = lock === null ? EMPTY_GRAPH : graphOf(lock, dir);
  return {
    entry: {
      label: side.name,
      source: published.source,
      dir,
      attribute: plan.attribute,
      graph,
      native: graph === null ? referenceTo(published, dir) : null,
    },
    subject: { kind: "side", name: side.name, tree: side.tree },
    lock,
    marks: published.marks,
  };
}

export function referenceTo({ reference }: Published, dir: string): string {
  return `${reference}${dir === "" ? "" : `&dir=${encodeURIComponent(dir)}`}`;
}

export async function planOrganisation(
  label: string,
  reference: string,
  options: OrganisationOptions,
): Promise<PlannedFlake & { sources: Organisation["sources"] }> {
  const found = await resolveOrganisation(reference, options);
  const graph = found.lock === null ? EMPTY_GRAPH : graphOf(found.lock, found.dir);
  return {
    entry: {
      label,
      source: found.source,
      dir: found.dir,
      attribute: FOREIGN_ATTRIBUTE,
      graph,
      native: graph === null ? found.reference : null,
    },
    subject: { kind: "organisation", reference },
    lock: found.lock,
    marks: found.marks,
    sources: found.sources,
  };
}

/** Inputs and organisations publish their constraints under this name, whatever `--attribute` says of the flake itself. */
export const FOREIGN_ATTRIBUTE = ["claudeContext"];

export async function readLock(plan: TreePlan, tree: Tree): Promise<LockFile | null> {
  const file = inDirectory(plan.flakeDirectory, "flake.lock");
  return parsedLock(plan, await plan.repository.readFile(tree, file));
}

function parsedLock({ flakeDirectory }: TreePlan, bytes: Uint8Array | null): LockFile | null {
  if (bytes === null) return null;
  return parseLock(new TextDecoder().decode(bytes), inDirectory(flakeDirectory, "flake.lock"));
}

/** null: only Nix itself can resolve it (inputs in a circle, paths that leave their tree). */
export function graphOf(lock: LockFile, dir: string): InputGraph | null {
  const resolution = resolveLock(lock, dir, inDirectory(dir, "flake.lock"));
  return resolution.kind === "resolved" ? resolution.graph : null;
}

/** Every locked source of a lock file, whatever its edges. */
export function sourcesOf(lock: LockFile | null): SourceAttributes[] {
  return [...(lock?.nodes.values() ?? [])].flatMap(({ locked }) => {
    if (locked === null || (locked.type === "path" && !String(locked.path ?? "").startsWith("/"))) return [];
    const { dir: _, ...source } = locked;
    return [source];
  });
}

/** What flakes need whose inputs Nix itself resolves: source id → locked attributes. */
export function sourcesOfNative(flakes: readonly PlannedFlake[]): Map<string, SourceAttributes> {
  const native = flakes.filter(({ entry }) => entry.graph === null);
  return new Map(
    native.flatMap(({ lock }) => sourcesOf(lock)).map((source) => [sourceDigest(source), source]),
  );
}

/**
 * The trees below a flake that values can point into, direct inputs first.
 * @param named sources that have a name; those that get one here are added.
 */
export function inputTrees(
  subject: PlannedFlake["subject"] | "repository",
  graph: InputGraph,
  storeDirectory: string,
  named: Set<string>,
): KnownTree[] {
  const trees: KnownTree[] = [];
  for (const { path, node } of pathsBelow(graph)) {
    if (node.from.kind === "self" || named.has(node.from.source)) continue;
    named.add(node.from.source);
    trees.push(inputTree(inputName(subject, path), node.node.locked!, storeDirectory));
  }
  return trees;
}

/** Every node with the first path that leads to it, the nearest first. */
function pathsBelow({ inputs, nodes }: InputGraph): { path: string; node: GraphNode }[] {
  const seen = new Set(inputs.values());
  const queue = [...inputs].map(([name, id]) => ({ path: name, node: nodes.get(id)! }));
  for (const { path, node } of queue) {
    for (const [name, id] of node.inputs) {
      if (seen.has(id)) continue;
      seen.add(id);
      queue.push({ path: `${path}/${name}`, node: nodes.get(id)! });
    }
  }
  return queue;
}

/** Inputs whose store path no hash tells beforehand: source id by path. */
export function unhashedInputs(graph: InputGraph): Record<string, string> {
  return Object.fromEntries(
    pathsBelow(graph).flatMap(({ path, node: { from, node } }) =>
      from.kind === "source" && node.locked?.narHash === undefined ? [[path, from.source]] : [],
    ),
  );
}

/** How positions name the tree of the flake itself: `""` for the repository under check. */
export function inputName(subject: PlannedFlake["subject"] | "repository", path: string): string {
  if (subject === "repository" || subject.kind !== "organisation") return path;
  const own = `org:${subject.reference}`;
  return path === "" ? own : `${own}/${path}`;
}

function inputTree(input: string, locked: SourceAttributes, storeDirectory: string): KnownTree {
  const marks = [locked.rev, locked.narHash].filter((mark) => typeof mark === "string");
  const storeName =
    typeof locked.narHash === "string" ? sourceStoreName(locked.narHash, storeDirectory) : undefined;
  return { input, marks, ...(storeName === undefined ? {} : { storeName }) };
}

export function inDirectory(directory: string, file: string): string {
  return directory === "" ? file : `${directory}/${file}`;
}
