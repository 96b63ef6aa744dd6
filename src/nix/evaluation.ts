import type {
  EvaluationPlan,
  EvaluationResult,
  ForeignEvaluation,
  HybridEvaluation,
} from "../check/ports.ts";
import type { JsonObject } from "../model/json.ts";
import { type Bench, evaluateTool, planFlakes } from "./bench.ts";
import { rootsOf } from "./driver-output.ts";
import { FileDigests } from "./file-digests.ts";
import { FOREIGN_ATTRIBUTE, type PlannedFlake, sourcesOfNative } from "./flakes.ts";
import { HybridFailures } from "./hybrid-failures.ts";
import { type PlannedHybrid, planHybrid, sideGraphs } from "./hybrids.ts";
import { Names } from "./names.ts";
import { type Publisher, publisherFor } from "./publish.ts";
import { ResultReader } from "./result-reader.ts";
import type { NixRunner } from "./session.ts";
import type { Symbols } from "./symbols.ts";
import { buildToolFlake } from "./tool-flake.ts";

/** Evaluates one plan; used once. */
export class Evaluation {
  readonly #plan: EvaluationPlan;
  readonly #nix: NixRunner;
  readonly #publisher: Publisher;
  #flakes: PlannedFlake[] = [];
  readonly #hybrids: PlannedHybrid[] = [];
  /** Hybrids of which all is known without Nix. */
  readonly #settled: [string, HybridEvaluation][] = [];
  #organisationSources: Bench["organisationSources"] = new Map();
  readonly #limitsHit = new Set<string>();
  #names: Names;

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
      sources: new Map([...this.#organisationSources, ...sourcesOfNative(all)]),
      attribute: FOREIGN_ATTRIBUTE,
      limits: this.#plan.limits,
    });
    const labels = this.#hybrids.map(({ entry }) => entry.label);
    const failures = new HybridFailures(labels, tool.hybridNodes);
    const names = this.#names;
    const result = await evaluateTool(
      {
        plan: this.#plan,
        nix: this.#nix,
        publisher: this.#publisher,
        flakes: all,
        organisationSources: this.#organisationSources,
        names,
      },
      tool,
      failures,
      (label) => names.describe(label, tool),
    );
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
    const inputsOf = (flake: PlannedFlake) => () =>
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
    const { flakes, organisationSources } = await planFlakes(plan, this.#nix, this.#publisher);
    this.#flakes = flakes;
    this.#organisationSources = organisationSources;
    const native = {
      publisher: this.#publisher,
      dir: plan.flakeDirectory,
      timeoutMs: this.#nix.timeoutMs,
      nix: plan.trust === "trusted" ? (args: readonly string[]) => this.#nix.command(args) : null,
    };
    for (const hybrid of plan.hybrids?.plans ?? []) {
      const planning = await planHybrid(plan, hybrid, this.#flakes, native);
      if (planning.kind === "planned") this.#hybrids.push(planning.hybrid);
      else this.#settled.push([hybrid.id, planning.evaluation]);
    }
    // Nix may have been asked about them.
    if (plan.hybrids !== undefined) this.#nix.renewDeadline();
    const graphs = await sideGraphs(plan, plan.hybrids?.sides ?? []);
    this.#names = new Names([...this.#flakes, ...this.#hybrids], graphs, this.#nix.store.physicalRoot);
  }
}
