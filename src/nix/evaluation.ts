import { join } from "node:path";
import { withFileReferences } from "../check/file-references.ts";
import { namedTree } from "../check/own-tree.ts";
import type {
  EvaluationPlan,
  EvaluationResult,
  ForeignEvaluation,
  SideEvaluation,
  Tree,
} from "../check/ports.ts";
import { openProjectTree } from "../check/project-tree.ts";
import type { SourceAttributes } from "../lock/index.ts";
import { NixclaudeError } from "../model/errors.ts";
import { errorOfEnd, wholeError } from "./errors.ts";
import {
  FOREIGN_ATTRIBUTE,
  inputName,
  inputTrees,
  type PlannedFlake,
  planOrganisation,
  planSide,
  readLock,
  sourcesOf,
} from "./flakes.ts";
import { readLog } from "./log.ts";
import { type Publisher, publisherFor } from "./publish.ts";
import { ResultReader, rootsOf, subjectOf } from "./result-reader.ts";
import { evaluateInRounds, type RoundResult } from "./rounds.ts";
import type { NixRunner } from "./session.ts";
import { storeTree } from "./store-tree.ts";
import { type KnownTree, Symbols, storeNameOf } from "./symbols.ts";
import { buildToolFlake, nixString, type ToolFlake } from "./tool-flake.ts";
import { allowedUrisOf, vetSources } from "./vet.ts";

/** Evaluates one plan; used once. */
export class Evaluation {
  readonly #plan: EvaluationPlan;
  readonly #nix: NixRunner;
  readonly #publisher: Publisher;
  readonly #flakes: PlannedFlake[] = [];
  /** What `--org` flakes are fetched from: named by whoever runs this, so never vetted. */
  readonly #organisationSources = new Map<string, SourceAttributes>();
  readonly #limitsHit = new Set<string>();
  #symbols: Symbols | null = null;

  constructor(plan: EvaluationPlan, nix: NixRunner) {
    this.#plan = plan;
    this.#nix = nix;
    this.#publisher = publisherFor(plan.repository, nix.scratch);
  }

  async run(): Promise<EvaluationResult> {
    await this.#prepare();
    const sides: EvaluationResult["sides"] = {};
    for (const { name } of this.#plan.sides) sides[name] = { kind: "absent", reason: "no-flake" };
    const facts = { evaluations: this.#flakes.length, cacheable: this.#plan.organisations.length === 0 };
    if (this.#flakes.length === 0) {
      return { sides, hybrids: {}, organisations: {}, nixVersion: "", limitsHit: [], ...facts };
    }
    const tool = buildToolFlake(
      this.#flakes.map(({ entry }) => entry),
      this.#organisationSources,
      FOREIGN_ATTRIBUTE,
      this.#plan.limits,
    );
    const result = await this.#evaluate(tool);
    this.#symbols = this.#makeSymbols(rootsOf(result.output), String(result.output.storeDir));
    const reader = new ResultReader(this.#plan, this.#nix, result, this.#symbols, tool, this.#limitsHit);
    const organisations: [string, ForeignEvaluation][] = [];
    for (const flake of this.#flakes) {
      reader.refuseStale(flake);
      if (flake.subject.kind === "side") {
        sides[flake.subject.name] = await this.#withFiles(reader.side(flake), flake.subject.tree, result);
      } else organisations.push([flake.subject.reference, reader.organisation(flake)]);
    }
    if (reader.hasUnreadFiles()) facts.cacheable = false;
    return {
      sides,
      hybrids: {},
      organisations: Object.fromEntries(organisations),
      nixVersion: String(result.output.nixVersion),
      limitsHit: [...this.#limitsHit].sort(),
      ...facts,
    };
  }

  /** With digests of the files that its command lines name. */
  async #withFiles(side: SideEvaluation, tree: Tree, { output }: RoundResult): Promise<SideEvaluation> {
    if (side.kind === "absent") return side;
    const { repository, flakeDirectory: directory } = this.#plan;
    const store = this.#nix.store.physicalRoot + this.#logicalStore(String(output.storeDir));
    const inputs = [...(this.#symbols?.inputs() ?? [])].map(
      ([symbol, name]) => [symbol, storeTree(join(store, name), name)] as const,
    );
    const own = async () => namedTree(await openProjectTree(repository, tree), tree);
    const value = await withFileReferences(side.value, { own, directory, inputs: new Map(inputs) });
    return { ...side, value };
  }

  async #prepare(): Promise<void> {
    const sides = await Promise.all(
      this.#plan.sides.map((side) => planSide(this.#plan, side, this.#publisher)),
    );
    this.#flakes.push(...sides.filter((flake) => flake !== null));
    for (const [index, reference] of this.#plan.organisations.entries()) {
      const { sources, ...flake } = await planOrganisation(`org${index}`, reference, {
        cwd: process.cwd(),
        exportDirectory: join(this.#nix.scratch, `org${index}`),
        physicalRoot: this.#nix.store.physicalRoot,
        timeoutMs: this.#nix.timeoutMs,
        nix: (args) => this.#nix.command(args),
        git: (args, cwd) => this.#nix.git(args, cwd),
      });
      for (const [id, source] of sources) this.#organisationSources.set(id, source);
      this.#flakes.push(flake);
    }
  }

  async #evaluate(tool: ToolFlake): Promise<RoundResult> {
    const { reference } = await this.#publisher.files(tool.files);
    if (this.#plan.trust === "trusted") return this.#rounds(reference, "trusted");
    const sources = this.#flakes.flatMap(({ lock }) => sourcesOf(lock));
    const known = await this.#knownSources();
    vetSources(sources, known, "local");
    const uris = [
      ...this.#publisher.allowedUris,
      `path:${this.#nix.scratch}/`,
      ...[...sources, ...this.#organisationSources.values()].flatMap(allowedUrisOf),
    ];
    this.#nix.allowedUris = [...new Set(uris)];
    try {
      // What is in the store already needs no network.
      return await this.#rounds(reference, "sealed");
    } catch (error) {
      const mayFetch =
        error instanceof NixclaudeError && error.code === "fetch-failed" && !this.#plan.offline;
      if (!mayFetch || sources.length + this.#organisationSources.size === 0) throw error;
    }
    vetSources(sources, known, "all");
    await this.#fetchInputs(reference);
    return this.#rounds(reference, "sealed");
  }

  /** Sources that were not written by the change under check. */
  async #knownSources(): Promise<SourceAttributes[]> {
    const base = this.#plan.sides.find(({ name }) => name === "before")?.tree ?? this.#plan.baseTree ?? null;
    const baseLock = base === null ? null : await readLock(this.#plan, base);
    const organisations = this.#flakes.filter(({ subject }) => subject.kind === "organisation");
    return [...sourcesOf(baseLock), ...organisations.flatMap(({ lock }) => sourcesOf(lock))];
  }

  /** Phase one of untrusted runs: only the generated flake is evaluated, which names nothing but locked sources. */
  async #fetchInputs(tool: string): Promise<void> {
    const expression = `builtins.mapAttrs (_: input: input.outPath) (builtins.getFlake ${nixString(tool)}).inputs`;
    const end = await this.#nix.evaluate("fetch", expression);
    if (end.kind === "exited" && end.status === 0) return;
    const log = readLog(end.kind === "not-started" ? [] : end.stderr);
    const stopped = errorOfEnd(end, log, this.#nix.timeoutMs);
    throw (
      stopped ??
      wholeError("an input", log.errors.at(-1) ?? null, log, this.#makeSymbols({}), this.#plan.debug)
    );
  }

  #rounds(tool: string, mode: "trusted" | "sealed"): Promise<RoundResult> {
    const run = (expression: string) => this.#nix.evaluate(mode, expression);
    return evaluateInRounds({
      tool,
      run,
      timeoutMs: this.#nix.timeoutMs,
      debug: this.#plan.debug,
      describe: (label) => this.#describe(label),
      refuseOldVersion: () => this.#nix.refuseOldVersion(),
      symbols: async () => {
        this.#symbols ??= await this.#symbolsFromRoots(tool, run);
        return this.#symbols;
      },
    });
  }

  async #symbolsFromRoots(tool: string, run: (expression: string) => ReturnType<NixRunner["evaluate"]>) {
    const end = await run(`((builtins.getFlake ${nixString(tool)}).result { token = ""; }).roots`);
    const found =
      end.kind === "exited" && end.status === 0 ? (JSON.parse(end.stdout) as Record<string, string>) : {};
    return this.#makeSymbols(found);
  }

  #makeSymbols(roots: Record<string, string>, storeDirectory = "/nix/store"): Symbols {
    const own = this.#flakes.map((flake): KnownTree => {
      const storeName = storeNameOf(roots[flake.entry.label] ?? "");
      return {
        input: inputName(flake, ""),
        marks: flake.marks,
        ...(storeName === undefined ? {} : { storeName }),
      };
    });
    const logical = this.#logicalStore(storeDirectory);
    const inputs = this.#flakes.flatMap((flake) => inputTrees(flake, logical));
    const directories = [logical, this.#nix.store.physicalRoot + logical];
    const resolvedByNix = Object.entries(roots).flatMap(([label, root]): KnownTree[] => {
      const [flakeLabel, input] = label.split("/");
      const flake = this.#flakes.find(({ entry }) => entry.label === flakeLabel);
      const storeName = storeNameOf(root);
      if (flake === undefined || input === undefined || storeName === undefined) return [];
      return [{ input: inputName(flake, input), storeName, marks: [] }];
    });
    return new Symbols([...own, ...inputs, ...resolvedByNix], directories);
  }

  /** The store's directory without the place on this disk that some versions put in front. */
  #logicalStore(storeDirectory: string): string {
    const { physicalRoot } = this.#nix.store;
    return storeDirectory.startsWith(physicalRoot)
      ? storeDirectory.slice(physicalRoot.length)
      : storeDirectory;
  }

  /** `before:tools.rg` in words. */
  #describe(place: string): string {
    const colon = place.indexOf(":");
    const label = colon < 0 ? place : place.slice(0, colon);
    const path = colon < 0 ? "" : place.slice(colon + 1);
    const value = path === "" ? "" : `${path} of `;
    const [flakeLabel, input] = label.replace(/#.*$/, "").split("/");
    const flake = this.#flakes.find(({ entry }) => entry.label === flakeLabel);
    if (flake === undefined) {
      const owner = this.#inputOf(flakeLabel ?? "");
      return value + (owner === null ? "the flake" : `input ${owner}`);
    }
    if (input !== undefined) return `${value}input ${input}`;
    return value + subjectOf(flake);
  }

  /** Name of the direct input that a node belongs to. */
  #inputOf(key: string): string | null {
    for (const { entry } of this.#flakes) {
      for (const [name, id] of entry.graph?.inputs ?? [])
        if (key === id || key === `${id}-${entry.label}`) return name;
    }
    return null;
  }
}
