import { join } from "node:path";
import type { EvaluationPlan } from "../check/ports.ts";
import type { SourceAttributes } from "../lock/index.ts";
import { type PlannedFlake, planOrganisation, planSide } from "./flakes.ts";
import type { HybridFailures } from "./hybrid-failures.ts";
import type { Names } from "./names.ts";
import type { Publisher } from "./publish.ts";
import { evaluateInRounds, type RoundResult } from "./rounds.ts";
import type { NixRunner } from "./session.ts";
import type { Symbols } from "./symbols.ts";
import { nixString, type ToolFlake } from "./tool-flake.ts";
import { evaluateUntrusted } from "./untrusted.ts";

/** Everything that one plan is evaluated with. */
export interface Bench {
  plan: Pick<
    EvaluationPlan,
    "repository" | "flakeDirectory" | "sides" | "baseTree" | "trust" | "offline" | "debug"
  >;
  nix: NixRunner;
  publisher: Publisher;
  /** All that takes part. */
  flakes: readonly PlannedFlake[];
  /** What `--org` flakes are fetched from: named by whoever runs this, so never vetted. */
  organisationSources: ReadonlyMap<string, SourceAttributes>;
  names: Names;
}

/** The sides that are flakes, and the organisations. */
export async function planFlakes(
  plan: Omit<EvaluationPlan, "hybrids">,
  nix: NixRunner,
  publisher: Publisher,
): Promise<{ flakes: PlannedFlake[]; organisationSources: Map<string, SourceAttributes> }> {
  const sides = await Promise.all(plan.sides.map((side) => planSide(plan, side, publisher)));
  const flakes = sides.filter((flake) => flake !== null);
  const organisationSources = new Map<string, SourceAttributes>();
  for (const [index, reference] of plan.organisations.entries()) {
    const { sources, ...flake } = await planOrganisation(`org${index}`, reference, {
      cwd: process.cwd(),
      exportDirectory: join(nix.scratch, `org${index}`),
      physicalRoot: nix.store.physicalRoot,
      timeoutMs: nix.timeoutMs,
      nix: (args) => nix.command(args),
      git: (args, cwd) => nix.git(args, cwd),
    });
    for (const [id, source] of sources) organisationSources.set(id, source);
    flakes.push(flake);
  }
  return { flakes, organisationSources };
}

/**
 * Evaluates a tool flake as the plan's trust allows: in one phase, or first without a network and, where something has
 * yet to be fetched, once more after that.
 * @param describe a label of an error frame in words.
 */
export async function evaluateTool(
  bench: Bench,
  tool: ToolFlake,
  hybrids: HybridFailures,
  describe: (label: string) => string,
): Promise<RoundResult> {
  const { plan, publisher } = bench;
  const { reference } = await publisher.files(tool.files);
  const rounds = (mode: "trusted" | "sealed") => inRounds(bench, reference, mode, hybrids, describe);
  if (plan.trust === "trusted") return rounds("trusted");
  return evaluateUntrusted(bench, reference, hybrids, () => rounds("sealed"));
}

function inRounds(
  { nix, names, plan }: Bench,
  tool: string,
  mode: "trusted" | "sealed",
  hybrids: HybridFailures,
  describe: (label: string) => string,
): Promise<RoundResult> {
  const run = (expression: string) => nix.evaluate(mode, expression);
  let symbols: Promise<Symbols> | null = null;
  return evaluateInRounds({
    tool,
    run,
    hybrids,
    renewDeadline: () => nix.renewDeadline(),
    timeoutMs: nix.timeoutMs,
    debug: plan.debug,
    describe,
    refuseOldVersion: () => nix.refuseOldVersion(),
    symbols: () => {
      symbols ??= symbolsFromRoots(names, tool, run);
      return symbols;
    },
  });
}

async function symbolsFromRoots(
  names: Names,
  tool: string,
  run: (expression: string) => ReturnType<NixRunner["evaluate"]>,
): Promise<Symbols> {
  const end = await run(`((builtins.getFlake ${nixString(tool)}).result { token = ""; }).roots`);
  const found =
    end.kind === "exited" && end.status === 0 ? (JSON.parse(end.stdout) as Record<string, string>) : {};
  return names.symbols(found);
}
