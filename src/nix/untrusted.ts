import { randomBytes } from "node:crypto";
import { type SourceAttributes, sourceDigest } from "../lock/index.ts";
import { EvaluationError, NixclaudeError } from "../model/errors.ts";
import type { ProcessEnd } from "../system/process.ts";
import type { Bench } from "./bench.ts";
import { errorOfEnd, wholeError } from "./errors.ts";
import { type PlannedFlake, readLock, sourcesOf } from "./flakes.ts";
import type { HybridFailures } from "./hybrid-failures.ts";
import { frameLabel, type NixLog, readLog } from "./log.ts";
import type { RoundResult } from "./rounds.ts";
import { nixString } from "./tool-flake.ts";
import { allowedUrisOf, vetSources } from "./vet.ts";

/** So many sources that cannot be had are found one by one; whoever needs a further one is told by its own run. */
const MAX_UNFETCHABLE = 16;

/**
 * Evaluates foreign code: without a network and, where something has yet to be fetched, once more after that. All
 * is fetched that can be had: what is missing is an error only where it is needed, and in a hybrid never that of a side.
 * @param reference of the tool flake.
 * @param evaluate one evaluation without a network.
 */
export async function evaluateUntrusted(
  bench: Bench,
  reference: string,
  hybrids: HybridFailures,
  evaluate: () => Promise<RoundResult>,
): Promise<RoundResult> {
  const known = await knownSources(bench);
  const sources = sidesOf(bench).flatMap(({ lock }) => sourcesOf(lock));
  vetSources(sources, known, "local");
  vetHybrids(bench, known, "local", hybrids);
  allowSources(bench);
  const fetch = new Fetching(bench, reference);
  try {
    // What is in the store already needs no network.
    const result = await evaluate();
    return bench.plan.offline
      ? result
      : await againForHybrids(bench, known, hybrids, fetch, evaluate, result);
  } catch (error) {
    const mayFetch = error instanceof NixclaudeError && error.code === "fetch-failed" && !bench.plan.offline;
    if (!mayFetch || sources.length + bench.organisationSources.size === 0) throw error;
  }
  vetSources(sources, known, "all");
  hybrids.forgive("fetch-failed");
  vetHybrids(bench, known, "all", hybrids);
  const wanted = [
    ...sources.map(sourceDigest),
    ...bench.organisationSources.keys(),
    ...neededBy(bench, hybrids),
  ];
  const missing = await fetch.whatCanBeHad(wanted);
  try {
    return await evaluate();
  } catch (error) {
    // Without a network, an evaluation does not know why a source is not there.
    throw error instanceof NixclaudeError && error.code === "fetch-failed" ? (missing ?? error) : error;
  }
}

/** Hybrids that only lacked a network. Whatever comes of it, the sides are evaluated already. */
async function againForHybrids(
  bench: Bench,
  known: readonly SourceAttributes[],
  hybrids: HybridFailures,
  fetch: Fetching,
  evaluate: () => Promise<RoundResult>,
  result: RoundResult,
): Promise<RoundResult> {
  const forgiven = hybrids.forgive("fetch-failed");
  if (forgiven.size === 0) return result;
  vetHybrids(bench, known, "all", hybrids);
  try {
    await fetch.whatCanBeHad(neededBy(bench, hybrids));
    return await evaluate();
  } catch (error) {
    if (!(error instanceof NixclaudeError)) throw error;
    hybrids.restore(forgiven);
    return result;
  }
}

function sidesOf({ flakes }: Bench): PlannedFlake[] {
  return flakes.filter(({ subject }) => subject.kind !== "hybrid");
}

function vetHybrids(
  { flakes }: Bench,
  known: readonly SourceAttributes[],
  which: "local" | "all",
  hybrids: HybridFailures,
): void {
  for (const { entry, subject, lock } of flakes) {
    if (subject.kind !== "hybrid" || hybrids.failed.has(entry.label)) continue;
    try {
      vetSources(sourcesOf(lock), known, which);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      hybrids.fail(entry.label, { code: error.code, because: error.message });
    }
  }
}

function neededBy({ flakes }: Bench, hybrids: HybridFailures): string[] {
  const needy = flakes.filter(
    ({ entry, subject }) => subject.kind === "hybrid" && !hybrids.failed.has(entry.label),
  );
  return [...new Set(needy.flatMap(({ lock }) => sourcesOf(lock)).map(sourceDigest))];
}

function allowSources({ nix, publisher, flakes, organisationSources }: Bench): void {
  const sources = [...flakes.flatMap(({ lock }) => sourcesOf(lock)), ...organisationSources.values()];
  const uris = [...publisher.allowedUris, `path:${nix.scratch}/`, ...sources.flatMap(allowedUrisOf)];
  nix.allowedUris = [...new Set(uris)];
}

/** Sources that were not written by the change under check. */
async function knownSources({ plan, flakes }: Bench): Promise<SourceAttributes[]> {
  const base = plan.sides.find(({ name }) => name === "before")?.tree ?? plan.baseTree ?? null;
  const baseLock = base === null ? null : await readLock(plan, base);
  const organisations = flakes.filter(({ subject }) => subject.kind === "organisation");
  return [...sourcesOf(baseLock), ...organisations.flatMap(({ lock }) => sourcesOf(lock))];
}

/** Phase one of untrusted runs: only the generated flake is evaluated, which names nothing but locked sources. */
class Fetching {
  readonly #bench: Bench;
  readonly #tool: string;

  constructor(bench: Bench, tool: string) {
    this.#bench = bench;
    this.#tool = tool;
  }

  /** Gives the error of the first that cannot be had; a lock file may name what no evaluation looks at. */
  async whatCanBeHad(ids: readonly string[]): Promise<EvaluationError | null> {
    let first: EvaluationError | null = null;
    let left = [...new Set(ids)];
    for (let round = 0; round < MAX_UNFETCHABLE && left.length > 0; round++) {
      const token = randomBytes(12).toString("hex");
      const end = await this.#fetch(left, token);
      if (end.kind === "exited" && end.status === 0) break;
      const log = readLog(end.kind === "not-started" ? [] : end.stderr);
      first ??= this.#errorOf(end, log);
      const error = log.errors.at(-1);
      const failed = error === undefined ? null : frameLabel(error, token);
      if (failed === null) break;
      left = left.filter((id) => id !== failed);
    }
    return first;
  }

  #errorOf(end: ProcessEnd, log: NixLog): EvaluationError {
    const { names, nix, plan } = this.#bench;
    const stopped = errorOfEnd(end, log, nix.timeoutMs);
    return stopped ?? wholeError("an input", log.errors.at(-1) ?? null, log, names.symbols({}), plan.debug);
  }

  #fetch(ids: readonly string[], token: string): Promise<ProcessEnd> {
    const wanted = nixString(JSON.stringify(ids));
    const frame = `name: builtins.addErrorContext ("@nixclaude ${token} " + builtins.toJSON name)`;
    const inputs = `(builtins.getFlake ${nixString(this.#tool)}).inputs`;
    const expression = `builtins.map (${frame} (${inputs}).\${name}.outPath) (builtins.filter (name: (${inputs}) ? \${name}) (builtins.fromJSON ${wanted}))`;
    return this.#bench.nix.evaluate("fetch", expression);
  }
}
