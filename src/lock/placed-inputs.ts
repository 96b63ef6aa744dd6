import type { PlacedInput } from "../model/lock.ts";
import { type GraphNode, type InputGraph, resolveLock } from "./graph.ts";
import { type InputAt, inputsAt } from "./inputs-at.ts";
import type { LockFile, SourceAttributes } from "./parse.ts";
import { referenceOf } from "./reference.ts";

/**
 * Every input of the graph by its path, nested ones included, level by level. An input that leads nowhere is not
 * there; nor are the paths below a nested input that follows another, which lead to nothing new.
 * @param flakeDirectory as `resolveLock` takes it.
 * @throws LockError as `resolveLock` does.
 */
export function placedInputs(lock: LockFile, flakeDirectory = ""): Record<string, PlacedInput> {
  const resolution = resolveLock(lock, flakeDirectory);
  const graph = resolution.kind === "resolved" ? resolution.graph : null;
  const inputs = [...inputsAt(lock).values()];
  const fetched = new Set(
    inputs.filter(({ node }) => !isRelative(node.locked!)).map(({ path }) => sourceAt(graph, path)),
  );
  return Object.fromEntries(inputs.map((input) => [input.path, placed(input, graph, fetched)]));
}

function placed(
  { path, node }: InputAt,
  graph: InputGraph | null,
  fetched: ReadonlySet<string | null>,
): PlacedInput {
  const { key, line } = node;
  const own = node.locked!;
  // Where the graph cannot be resolved (inputs in a circle), a relative path is taken for a source like any other.
  const from = isRelative(own) ? nodeAt(graph, path)?.from : undefined;
  if (from?.kind === "self") return { path, key, line, ...facts(own), lies: "in-this-tree" };
  if (from === undefined) return { path, key, line, ...facts(own), lies: "in-own-source" };
  if (fetched.has(from.source)) return { path, key, line, ...facts(own), lies: "in-another-input" };
  // It lies in a source that only this input brings in.
  return { path, key, line, ...facts(graph!.sources.get(from.source)!), lies: "in-own-source" };
}

function facts(source: SourceAttributes): Pick<PlacedInput, "reference" | "lastModified"> {
  const { lastModified } = source;
  return {
    reference: referenceOf(source),
    lastModified: typeof lastModified === "number" ? lastModified : null,
  };
}

function sourceAt(graph: InputGraph | null, path: string): string | null {
  const from = nodeAt(graph, path)?.from;
  return from?.kind === "source" ? from.source : null;
}

function nodeAt(graph: InputGraph | null, path: string): GraphNode | undefined {
  const [first, ...rest] = path.split("/");
  let id = graph?.inputs.get(first!);
  for (const name of rest) id = id === undefined ? undefined : graph?.nodes.get(id)?.inputs.get(name);
  return id === undefined ? undefined : graph?.nodes.get(id);
}

/** A path below the flake that declares it. */
function isRelative({ type, path }: SourceAttributes): boolean {
  return type === "path" && !String(path ?? "").startsWith("/");
}
