import type { GraphNode, InputGraph, SourceAttributes } from "../lock/index.ts";
import type { Limits } from "../model/limits.ts";
import { unhashedInputs } from "./flakes.ts";
import { type OwnNixFile, ownExpression } from "./own-files.ts";

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

/** A flake as it never was. `like`: label of an entry with the same tree, which says what `flake.nix` says. */
export interface ToolHybrid extends ToolEntry {
  like: string | null;
}

export interface ToolFlakePlan {
  entries: readonly ToolEntry[];
  hybrids: readonly ToolHybrid[];
  when: "always" | "if-sides-differ";
  /** Further sources that entries name (organisations). */
  sources: ReadonlyMap<string, SourceAttributes>;
  /** What to look for in direct inputs. */
  attribute: readonly string[];
  limits: Limits;
  /** What answers: driver.nix, or what goes on with it; with the files that it reads. */
  main?: { file: "driver.nix" | "checks.nix"; files: Record<string, string> };
}

/** Files below a directory path that are hashed one by one; more than any skill has. */
const MAX_FILES = 500;

const DRIVER = { file: "driver.nix", files: {} } as const;

export interface ToolFlake {
  files: Record<string, string>;
  /** Node keys of direct inputs, by label of the flake, by name; inputs that are no flakes are left out. */
  inputNodes: Map<string, Map<string, string>>;
  /** Labels of the hybrids that have a node, for those that nothing else has. */
  hybridNodes: Map<string, string[]>;
}

/**
 * The generated flake. Its inputs are exactly the locked sources, none of them a flake to Nix: Nix fetches and never
 * locks. driver.nix, or what stands in for it, does the rest.
 */
export function buildToolFlake(plan: ToolFlakePlan): ToolFlake {
  const { attribute, limits, main = DRIVER } = plan;
  const sources = new Map(plan.sources);
  const graphs = new GraphWriter(sources);
  const flakes = plan.entries.map((entry) => [entry.label, graphs.add(entry)] as const);
  const wanted = graphs.wanted();
  const hybrids = plan.hybrids.map(
    (entry) => [entry.label, { ...graphs.add(entry), like: entry.like, unhashed: unhashed(entry) }] as const,
  );
  const hybridNodes = new Map<string, string[]>();
  for (const { label } of plan.hybrids) {
    for (const key of graphs.inputNodes.get(label)?.values() ?? [])
      if (!wanted.has(key)) hybridNodes.set(key, [...(hybridNodes.get(key) ?? []), label]);
  }
  const graph = {
    nodes: Object.fromEntries(graphs.nodes),
    flakes: Object.fromEntries(flakes),
    hybrids: Object.fromEntries(hybrids),
    when: plan.when,
    wanted: [...wanted].sort(),
    wantedByHybrids: [...hybridNodes.keys()].sort(),
    dates: Object.fromEntries(
      [...sources].filter(([, source]) => isDated(source)).map(([id, source]) => [id, datesOf(source)]),
    ),
    attribute,
    limits: { maxDepth: limits.contextDepth, maxWidth: limits.contextValues, maxFiles: MAX_FILES },
  };
  return {
    inputNodes: graphs.inputNodes,
    hybridNodes,
    files: {
      ...main.files,
      "flake.nix": flakeText(sources, main.file, graph),
      // Nothing is locked where nothing is named.
      ...(sources.size > 0 && { "flake.lock": lockText(sources) }),
    },
  };
}

function unhashed({ graph }: ToolEntry): Record<string, string> {
  return graph === null ? {} : unhashedInputs(graph);
}

/** Writes flakes and their inputs; what several of them share is there once. */
class GraphWriter {
  readonly nodes = new Map<string, object>();
  readonly inputNodes = new Map<string, Map<string, string>>();
  readonly #sources: Map<string, SourceAttributes>;
  /** The flake that stands for a tree, by its source. */
  readonly #owners = new Map<string, string>();

  constructor(sources: Map<string, SourceAttributes>) {
    this.#sources = sources;
  }

  add({ source, dir, attribute, graph, native, label }: ToolEntry) {
    const tree = JSON.stringify(source);
    const owner = this.#owners.get(tree) ?? label;
    this.#owners.set(tree, owner);
    const direct = graph === null ? [] : this.#addGraph(graph, owner);
    this.inputNodes.set(
      label,
      new Map(direct.filter(({ flake }) => flake).map(({ name, key }) => [name, key])),
    );
    const inputs = Object.fromEntries(direct.map(({ name, key }) => [name, key]));
    return { source, dir, attribute, native, inputs };
  }

  /** Nodes whose own context is asked for, of all that was added. */
  wanted(): Set<string> {
    return new Set([...this.inputNodes.values()].flatMap((inputs) => [...inputs.values()]));
  }

  #addGraph(graph: InputGraph, owner: string) {
    for (const [id, source] of graph.sources) this.#sources.set(id, source);
    for (const node of graph.nodes.values()) {
      const key = nodeKey(node, owner);
      if (!this.nodes.has(key)) this.nodes.set(key, nodeData(node, graph, owner));
    }
    return [...graph.inputs].map(([name, id]) => {
      const node = graph.nodes.get(id)!;
      return { name, key: nodeKey(node, owner), flake: node.flake };
    });
  }
}

function nodeData(node: GraphNode, graph: InputGraph, owner: string) {
  const inputs = [...node.inputs].map(([name, id]) => [name, nodeKey(graph.nodes.get(id)!, owner)]);
  return {
    source: node.from.kind === "self" ? { flake: owner } : { input: node.from.source },
    dir: node.dir,
    flake: node.flake,
    inputs: Object.fromEntries(inputs),
  };
}

/** Nodes in a flake's own tree are different ones for each tree, though their ids are the same. */
function nodeKey(node: GraphNode, owner: string): string {
  return node.touchesSelf ? `${node.id}-${owner}` : node.id;
}

function flakeText(sources: ReadonlyMap<string, SourceAttributes>, main: OwnNixFile, graph: object): string {
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
    result = arguments: ${ownExpression(main)} ({
      inherit inputs;
      graph = builtins.fromJSON ${nixString(JSON.stringify(graph))};
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
