import type { GraphNode, InputGraph, SourceAttributes } from "../lock/index.ts";
import type { Limits } from "../model/limits.ts";
import { ownNixFiles } from "./own-files.ts";

/** Where a tree comes from, in the words of driver.nix. */
export type TreeSource =
  | {
      tree:
        | { type: "git"; url: string; rev: string; shallow: true }
        | { type: "path"; path: string; narHash: string };
    }
  | { input: string };

/** One flake to evaluate; `label` names it in error frames. */
export interface ToolEntry {
  label: string;
  source: TreeSource;
  dir: string;
  attribute: readonly string[];
  /** null when Nix itself has to resolve the inputs, by `native`. */
  graph: InputGraph | null;
  native: string | null;
}

/** Files below a directory path that are hashed one by one; more than any skill has. */
const MAX_FILES = 500;

export interface ToolFlake {
  files: Record<string, string>;
  /** Node ids of direct inputs, by label of the flake, by name; inputs that are no flakes are left out. */
  inputNodes: Map<string, Map<string, string>>;
}

/**
 * The generated flake. Its inputs are exactly the locked sources, none of them a flake to Nix: Nix fetches and never
 * locks. driver.nix does the rest.
 * @param attribute what to look for in direct inputs.
 * @param sources further sources that entries name (organisations).
 */
export function buildToolFlake(
  entries: readonly ToolEntry[],
  sources: ReadonlyMap<string, SourceAttributes>,
  attribute: readonly string[],
  limits: Limits,
): ToolFlake {
  const allSources = new Map(sources);
  const nodes: [string, unknown][] = [];
  const inputNodes = new Map<string, Map<string, string>>();
  const wanted = new Set<string>();
  for (const entry of entries) {
    const { graph, label } = entry;
    if (graph === null) continue;
    for (const [id, source] of graph.sources) allSources.set(id, source);
    for (const node of graph.nodes.values()) nodes.push([nodeKey(node, label), nodeData(node, graph, label)]);
    const flakes = [...graph.inputs].flatMap(([name, id]): [string, string][] => {
      const node = graph.nodes.get(id)!;
      return node.flake ? [[name, nodeKey(node, label)]] : [];
    });
    for (const [, key] of flakes) wanted.add(key);
    inputNodes.set(label, new Map(flakes));
  }
  const graph = {
    nodes: Object.fromEntries(nodes),
    flakes: Object.fromEntries(entries.map((entry) => [entry.label, entryData(entry)])),
    wanted: [...wanted].sort(),
    dates: Object.fromEntries(
      [...allSources].filter(([, source]) => isDated(source)).map(([id, source]) => [id, datesOf(source)]),
    ),
    attribute,
    limits: { maxDepth: limits.contextDepth, maxWidth: limits.contextValues, maxFiles: MAX_FILES },
  };
  return {
    inputNodes,
    files: {
      ...ownNixFiles(),
      "graph.json": JSON.stringify(graph),
      "flake.nix": flakeText(allSources),
      "flake.lock": lockText(allSources),
    },
  };
}

function entryData({ source, dir, attribute, graph, native, label }: ToolEntry) {
  const inputs = [...(graph?.inputs ?? [])].map(([name, id]) => [
    name,
    nodeKey(graph!.nodes.get(id)!, label),
  ]);
  return { source, dir, attribute, native, inputs: Object.fromEntries(inputs) };
}

function nodeData(node: GraphNode, graph: InputGraph, label: string) {
  const inputs = [...node.inputs].map(([name, id]) => [name, nodeKey(graph.nodes.get(id)!, label)]);
  return {
    source: node.from.kind === "self" ? { flake: label } : { input: node.from.source },
    dir: node.dir,
    flake: node.flake,
    inputs: Object.fromEntries(inputs),
  };
}

/** Nodes in a flake's own tree are different ones for each flake, though their ids are the same. */
function nodeKey(node: GraphNode, label: string): string {
  return node.touchesSelf ? `${node.id}-${label}` : node.id;
}

function flakeText(sources: ReadonlyMap<string, SourceAttributes>): string {
  const inputs = [...sources].map(([id, source]) => {
    const attributes = Object.entries(declared(source)).map(
      ([name, value]) => `${name} = ${nixValue(value)};`,
    );
    return `    ${id} = { flake = false; ${attributes.join(" ")} };\n`;
  });
  return `{
  inputs = {
${inputs.join("")}  };
  outputs = inputs: {
    result = arguments: import ./driver.nix ({
      inherit inputs;
      graph = builtins.fromJSON (builtins.readFile ./graph.json);
    } // arguments);
  };
}
`;
}

function lockText(sources: ReadonlyMap<string, SourceAttributes>): string {
  const nodes = [...sources].map(([id, source]) => [
    id,
    { flake: false, locked: locked(source), original: declared(source) },
  ]);
  const root = { inputs: Object.fromEntries([...sources.keys()].map((id) => [id, id])) };
  return JSON.stringify({ version: 7, root: "root", nodes: { root, ...Object.fromEntries(nodes) } });
}

/** As an input is declared: without what only a lock file may say. */
function declared(source: SourceAttributes): SourceAttributes {
  return without(source, ["lastModified", "revCount"]);
}

/**
 * Nix 2.8 refuses `lastModified` on a tarball, though it writes it itself, and compares that of a directory with
 * what stands on the disk; the hash pins both. driver.nix puts the locked date back.
 */
function locked(source: SourceAttributes): SourceAttributes {
  return without(source, isDated(source) ? ["lastModified"] : []);
}

function isDated(source: SourceAttributes): boolean {
  return (source.type === "tarball" || source.type === "path") && typeof source.lastModified === "number";
}

/** What Nix makes of a locked date. */
function datesOf(source: SourceAttributes): { lastModified: number; lastModifiedDate: string } {
  const seconds = Number(source.lastModified);
  const date = new Date(seconds * 1000);
  const text = Number.isNaN(date.getTime())
    ? "19700101000000"
    : date.toISOString().replace(/\D/g, "").slice(0, 14);
  return { lastModified: seconds, lastModifiedDate: text };
}

function without(source: SourceAttributes, names: readonly string[]): SourceAttributes {
  return Object.fromEntries(
    Object.entries(source).filter(([name]) => !names.includes(name) && !name.startsWith("__")),
  );
}

function nixValue(value: string | number | boolean): string {
  return typeof value === "string" ? nixString(value) : String(value);
}

/** A Nix string literal; JSON's escapes are Nix's, and interpolation is taken away. */
export function nixString(text: string): string {
  return JSON.stringify(text).replaceAll("${", "\\${");
}
