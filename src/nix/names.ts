import type { InputGraph } from "../lock/index.ts";
import { assertNever } from "../model/assert-never.ts";
import { inputName, inputTrees, type PlannedFlake } from "./flakes.ts";
import { type KnownTree, Symbols, storeNameOf } from "./symbols.ts";
import type { ToolFlake } from "./tool-flake.ts";

/** Names for trees and values of one evaluation. */
export class Names {
  readonly #flakes: readonly PlannedFlake[];
  readonly #graphs: readonly InputGraph[];
  readonly #physicalRoot: string;

  /**
   * @param flakes in this order the first to name a tree names it.
   * @param graphs of sides that are not evaluated here: they name trees before hybrids do.
   * @param physicalRoot what stands in front of `/nix/store` on this disk.
   */
  constructor(flakes: readonly PlannedFlake[], graphs: readonly InputGraph[], physicalRoot: string) {
    this.#flakes = flakes;
    this.#graphs = graphs;
    this.#physicalRoot = physicalRoot;
  }

  /** @param roots store paths by label: flakes as `before`, inputs that only Nix can place as `before/name`. */
  symbols(roots: Record<string, string>, storeDirectory = "/nix/store"): Symbols {
    const own = this.#flakes.map(({ subject, entry, marks }): KnownTree => {
      const storeName = storeNameOf(roots[entry.label] ?? "");
      return { input: inputName(subject, ""), marks, ...(storeName === undefined ? {} : { storeName }) };
    });
    const logical = this.logicalStore(storeDirectory);
    const directories = [logical, this.#physicalRoot + logical];
    return new Symbols([...own, ...this.#inputs(logical), ...this.#resolvedByNix(roots)], directories);
  }

  /**
   * Inputs of one flake by the symbol that texts have for them: the same symbol stands for different trees in
   * different flakes, and by accident for several in one.
   */
  inputsOf(
    flake: PlannedFlake,
    symbols: Symbols,
    roots: Record<string, string>,
    logicalStore: string,
  ): Map<string, string[]> {
    const { label, graph } = flake.entry;
    const below = graph === null ? [] : inputTrees(flake.subject, graph, logicalStore, new Set());
    const resolvedByNix = Object.entries(roots).flatMap(([place, root]) =>
      place.startsWith(`${label}/`) ? [storeNameOf(root)] : [],
    );
    const inputs = new Map<string, string[]>();
    for (const name of new Set([...below.map(({ storeName }) => storeName), ...resolvedByNix])) {
      const symbol = name === undefined ? null : symbols.ofInput(name);
      if (symbol !== null) inputs.set(symbol, [...(inputs.get(symbol) ?? []), name!]);
    }
    return inputs;
  }

  /** The store's directory without the place on this disk that some versions put in front. */
  logicalStore(storeDirectory: string): string {
    return storeDirectory.startsWith(this.#physicalRoot)
      ? storeDirectory.slice(this.#physicalRoot.length)
      : storeDirectory;
  }

  /** `before:tools.rg` in words: "tools.rg of the flake in HEAD". Of a hybrid only the value: "". */
  describe(place: string, tool: ToolFlake): string {
    const colon = place.indexOf(":");
    const label = colon < 0 ? place : place.slice(0, colon);
    const path = colon < 0 ? "" : place.slice(colon + 1);
    const value = path === "" ? "" : `${path} of `;
    const [flakeLabel, input] = label.replace(/#.*$/, "").split("/");
    const flake = this.#flakes.find(({ entry }) => entry.label === flakeLabel);
    if (input !== undefined) return `${value}input ${input}`;
    if (flake?.subject.kind === "hybrid") return path;
    if (flake !== undefined) return value + subjectOf(flake);
    const owner = nameOfNode(flakeLabel ?? "", tool);
    return value + (owner === null ? "the flake" : `input ${owner}`);
  }

  #inputs(logicalStore: string): KnownTree[] {
    const named = new Set<string>();
    const trees = (subject: PlannedFlake["subject"] | "repository", graph: InputGraph | null) =>
      graph === null ? [] : inputTrees(subject, graph, logicalStore, named);
    const below = (flakes: readonly PlannedFlake[]) =>
      flakes.flatMap(({ subject, entry }) => trees(subject, entry.graph));
    return [
      ...below(this.#flakes.filter(({ subject }) => subject.kind !== "hybrid")),
      ...this.#graphs.flatMap((graph) => trees("repository", graph)),
      ...below(this.#flakes.filter(({ subject }) => subject.kind === "hybrid")),
    ];
  }

  #resolvedByNix(roots: Record<string, string>): KnownTree[] {
    return Object.entries(roots).flatMap(([label, root]): KnownTree[] => {
      const [flakeLabel, ...steps] = label.split("/");
      const input = steps.join("/");
      const flake = this.#flakes.find(({ entry }) => entry.label === flakeLabel);
      const storeName = storeNameOf(root);
      if (flake === undefined || input === "" || storeName === undefined) return [];
      return [{ input: inputName(flake.subject, input), storeName, marks: [] }];
    });
  }
}

/** A flake in words. */
export function subjectOf({ subject }: PlannedFlake): string {
  switch (subject.kind) {
    case "side":
      return `the flake in ${subject.tree.label}`;
    case "hybrid":
      return `the flake in ${subject.tree.label} with other inputs`;
    case "organisation":
      return `--org ${subject.reference}`;
    default:
      return assertNever(subject);
  }
}

/** Name of a direct input that is this node. */
function nameOfNode(key: string, { inputNodes }: ToolFlake): string | null {
  for (const inputs of inputNodes.values()) for (const [name, node] of inputs) if (node === key) return name;
  return null;
}
