import { join } from "node:path";
import type {
  EvaluationPlan,
  EvaluationResult,
  ForeignEvaluation,
  HybridEvaluation,
} from "../check/ports.ts";
import type { SourceAttributes } from "../lock/index.ts";
import { NixclaudeError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import { errorOfEnd, wholeError } from "./errors.ts";
import { FileDigests } from "./file-digests.ts";
import {
  FOREIGN_ATTRIBUTE,
  type PlannedFlake,
  planOrganisation,
  planSide,
  readLock,
  sourcesOf,
} from "./flakes.ts";
import { HybridFailures } from "./hybrid-failures.ts";
import { type PlannedHybrid, planHybrid, sideGraphs } from "./hybrids.ts";
import { readLog } from "./log.ts";
import { Names } from "./names.ts";
import { type Publisher, publisherFor } from "./publish.ts";
import { ResultReader, rootsOf } from "./result-reader.ts";
import { evaluateInRounds, type RoundResult } from "./rounds.ts";
import type { NixRunner } from "./session.ts";
import type { Symbols } from "./symbols.ts";
import { buildToolFlake, nixString, type ToolFlake } from "./tool-flake.ts";
import { allowedUrisOf, vetSources } from "./vet.ts";

/** Evaluates one plan; used once. */
export class Evaluation {
  readonly #plan: EvaluationPlan;
  readonly #nix: NixRunner;
  readonly #publisher: Publisher;
  readonly #flakes: PlannedFlake[] = [];
  readonly #hybrids: PlannedHybrid[] = [];
  /** Hybrids of which all is known without Nix. */
  readonly #settled: [string, HybridEvaluation][] = [];
  /** What `--org` flakes are fetched from: named by whoever runs this, so never vetted. */
  readonly #organisationSources = new Map<string, SourceAttributes>();
  readonly #limitsHit = new Set<string>();
  #names: Names;
  #symbols: Symbols | null = null;

  constructor(plan: EvaluationPlan, nix: NixRunner) {
    this.#plan = plan;
    this.#nix = nix;
    this.#publisher = publisherFor(plan.repository, nix.scratch);
    this.#names = new Names([], [], nix.store.physicalRoot);
  }

  async run(): Promise<EvaluationResult> {
    await this.#prepare();
    const all = [...this.#flakes, ...this.#hybrids];
    if (all.length === 0) return this.#withoutNix();
    const tool = buildToolFlake({
      entries: this.#flakes.map(({ entry }) => entry),
      hybrids: this.#hybrids.map(({ entry }) => entry),
      when: this.#whenHybrids(),
      sources: this.#organisationSources,
      attribute: FOREIGN_ATTRIBUTE,
      limits: this.#plan.limits,
    });
    const labels = this.#hybrids.map(({ entry }) => entry.label);
    const failures = new HybridFailures(labels, tool.hybridNodes);
    const result = await this.#evaluate(tool, failures);
    const symbols = this.#names.symbols(rootsOf(result.output), String(result.output.storeDir));
    const reader = new ResultReader(this.#plan, this.#nix, result, symbols, tool, this.#limitsHit);
    return this.#read(reader, symbols, result.output, failures);
  }

  #withoutNix(): EvaluationResult {
    return {
      sides: this.#absentSides(),
      hybrids: Object.fromEntries(this.#settled),
      organisations: {},
      nixVersion: "",
      evaluations: 0,
      limitsHit: [],
      cacheable: this.#plan.organisations.length === 0,
    };
  }

  #absentSides(): EvaluationResult["sides"] {
    return Object.fromEntries(
      this.#plan.sides.map(({ name }) => [name, { kind: "absent", reason: "no-flake" } as const]),
    );
  }

  /** Without two sides there is nothing that could be the same. */
  #whenHybrids(): "always" | "if-sides-differ" {
    const sides = this.#flakes.filter(({ subject }) => subject.kind === "side");
    return sides.length === 2 ? (this.#plan.hybrids?.when ?? "always") : "always";
  }

  async #read(reader: ResultReader, symbols: Symbols, output: JsonObject, failures: HybridFailures) {
    const { physicalRoot } = this.#nix.store;
    const logicalStore = this.#names.logicalStore(String(output.storeDir));
    const digests = new FileDigests(this.#plan, physicalRoot + logicalStore);
    const inputsOf = (flake: PlannedFlake) =>
      this.#names.inputsOf(flake, symbols, rootsOf(output), logicalStore);
    const sides = this.#absentSides();
    const organisations: [string, ForeignEvaluation][] = [];
    for (const flake of this.#flakes) {
      reader.refuseStale(flake);
      const { subject } = flake;
      if (subject.kind === "organisation")
        organisations.push([subject.reference, reader.organisation(flake)]);
      if (subject.kind === "side")
        sides[subject.name] = await digests.side(reader.side(flake), subject.tree, inputsOf(flake));
    }
    const hybrids = new Map(this.#settled);
    for (const flake of this.#hybrids) {
      const { id, tree } = flake.subject;
      const failed = failures.failed.get(flake.entry.label);
      const read = failed === undefined ? reader.hybrid(flake) : ({ kind: "failed", ...failed } as const);
      if (read.kind !== "evaluated") hybrids.set(id, read);
      else
        hybrids.set(id, { ...read, evaluation: await digests.side(read.evaluation, tree, inputsOf(flake)) });
    }
    const ran = this.#hybrids.filter(({ subject }) => hybrids.get(subject.id)?.kind !== "not-needed");
    return {
      sides,
      hybrids: Object.fromEntries(hybrids),
      organisations: Object.fromEntries(organisations),
      nixVersion: String(output.nixVersion),
      evaluations: this.#flakes.length + ran.length,
      limitsHit: [...this.#limitsHit].sort(),
      cacheable: this.#plan.organisations.length === 0 && !reader.hasUnreadFiles(),
    };
  }

  async #prepare(): Promise<void> {
    const plan = this.#plan;
    const sides = await Promise.all(plan.sides.map((side) => planSide(plan, side, this.#publisher)));
    this.#flakes.push(...sides.filter((flake) => flake !== null));
    for (const [index, reference] of plan.organisations.entries()) {
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
    for (const hybrid of plan.hybrids?.plans ?? []) {
      const planning = await planHybrid(plan, hybrid, this.#flakes, this.#publisher);
      if (planning.kind === "planned") this.#hybrids.push(planning.hybrid);
      else this.#settled.push([planning.id, planning.evaluation]);
    }
    const graphs = await sideGraphs(plan, plan.hybrids?.sides ?? []);
    this.#names = new Names([...this.#flakes, ...this.#hybrids], graphs, this.#nix.store.physicalRoot);
  }

  async #evaluate(tool: ToolFlake, hybrids: HybridFailures): Promise<RoundResult> {
    const { reference } = await this.#publisher.files(tool.files);
    const rounds = (mode: "trusted" | "sealed") => this.#rounds(reference, mode, tool, hybrids);
    if (this.#plan.trust === "trusted") return rounds("trusted");
    const sources = [...this.#flakes, ...this.#hybrids].flatMap(({ lock }) => sourcesOf(lock));
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
      return await rounds("sealed");
    } catch (error) {
      const mayFetch =
        error instanceof NixclaudeError && error.code === "fetch-failed" && !this.#plan.offline;
      if (!mayFetch || sources.length + this.#organisationSources.size === 0) throw error;
    }
    vetSources(sources, known, "all");
    await this.#fetchInputs(reference);
    return rounds("sealed");
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
      wholeError("an input", log.errors.at(-1) ?? null, log, this.#names.symbols({}), this.#plan.debug)
    );
  }

  #rounds(
    reference: string,
    mode: "trusted" | "sealed",
    tool: ToolFlake,
    hybrids: HybridFailures,
  ): Promise<RoundResult> {
    const run = (expression: string) => this.#nix.evaluate(mode, expression);
    return evaluateInRounds({
      tool: reference,
      run,
      hybrids,
      renewDeadline: () => this.#nix.renewDeadline(),
      timeoutMs: this.#nix.timeoutMs,
      debug: this.#plan.debug,
      describe: (label) => this.#names.describe(label, tool),
      refuseOldVersion: () => this.#nix.refuseOldVersion(),
      symbols: async () => {
        this.#symbols ??= await this.#symbolsFromRoots(reference, run);
        return this.#symbols;
      },
    });
  }

  async #symbolsFromRoots(tool: string, run: (expression: string) => ReturnType<NixRunner["evaluate"]>) {
    const end = await run(`((builtins.getFlake ${nixString(tool)}).result { token = ""; }).roots`);
    const found =
      end.kind === "exited" && end.status === 0 ? (JSON.parse(end.stdout) as Record<string, string>) : {};
    return this.#names.symbols(found);
  }
}
