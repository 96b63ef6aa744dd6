import { join } from "node:path";
import type { EvaluationPlan } from "../check/ports.ts";
import type { SourceAttributes } from "../lock/index.ts";
import { NixclaudeError } from "../model/errors.ts";
import { errorOfEnd, wholeError } from "./errors.ts";
import { type PlannedFlake, planOrganisation, planSide, readLock, sourcesOf } from "./flakes.ts";
import type { HybridFailures } from "./hybrid-failures.ts";
import { readLog } from "./log.ts";
import type { Names } from "./names.ts";
import type { Publisher } from "./publish.ts";
import { evaluateInRounds, type RoundResult } from "./rounds.ts";
import type { NixRunner } from "./session.ts";
import type { Symbols } from "./symbols.ts";
import { nixString, type ToolFlake } from "./tool-flake.ts";
import { allowedUrisOf, vetSources } from "./vet.ts";

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
  const { plan, nix, publisher, organisationSources } = bench;
  const { reference } = await publisher.files(tool.files);
  const rounds = (mode: "trusted" | "sealed") => inRounds(bench, reference, mode, hybrids, describe);
  if (plan.trust === "trusted") return rounds("trusted");
  const sources = bench.flakes.flatMap(({ lock }) => sourcesOf(lock));
  const known = await knownSources(bench);
  vetSources(sources, known, "local");
  const uris = [
    ...publisher.allowedUris,
    `path:${nix.scratch}/`,
    ...[...sources, ...organisationSources.values()].flatMap(allowedUrisOf),
  ];
  nix.allowedUris = [...new Set(uris)];
  try {
    // What is in the store already needs no network.
    return await rounds("sealed");
  } catch (error) {
    const mayFetch = error instanceof NixclaudeError && error.code === "fetch-failed" && !plan.offline;
    if (!mayFetch || sources.length + organisationSources.size === 0) throw error;
  }
  vetSources(sources, known, "all");
  await fetchInputs(bench, reference);
  return rounds("sealed");
}

/** Sources that were not written by the change under check. */
async function knownSources({ plan, flakes }: Bench): Promise<SourceAttributes[]> {
  const base = plan.sides.find(({ name }) => name === "before")?.tree ?? plan.baseTree ?? null;
  const baseLock = base === null ? null : await readLock(plan, base);
  const organisations = flakes.filter(({ subject }) => subject.kind === "organisation");
  return [...sourcesOf(baseLock), ...organisations.flatMap(({ lock }) => sourcesOf(lock))];
}

/** Phase one of untrusted runs: only the generated flake is evaluated, which names nothing but locked sources. */
async function fetchInputs({ nix, names, plan }: Bench, tool: string): Promise<void> {
  const expression = `builtins.mapAttrs (_: input: input.outPath) (builtins.getFlake ${nixString(tool)}).inputs`;
  const end = await nix.evaluate("fetch", expression);
  if (end.kind === "exited" && end.status === 0) return;
  const log = readLog(end.kind === "not-started" ? [] : end.stderr);
  const stopped = errorOfEnd(end, log, nix.timeoutMs);
  throw stopped ?? wholeError("an input", log.errors.at(-1) ?? null, log, names.symbols({}), plan.debug);
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
