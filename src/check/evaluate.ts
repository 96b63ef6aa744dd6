import { BEHAVIOR_LOCK_FILE } from "../model/behavior-lock.ts";
import { ContextError } from "../model/errors.ts";
import type { Json } from "../model/json.ts";
import type { RawValue } from "../model/raw-value.ts";
import { type CacheIdentity, evaluationKey } from "./cache-key.ts";
import type { Counterfactuals } from "./counterfactuals/index.ts";
import { inFlake } from "./flake-directory.ts";
import type {
  EvaluationResult,
  ForeignEvaluation,
  HybridPlans,
  Ports,
  Repository,
  SideEvaluation,
  Tree,
} from "./ports.ts";
import type { CheckRequest } from "./request.ts";

export type SideName = "before" | "after";
export type Trees = { before: Tree | null; after: Tree };

/** Everything one run works with. */
export interface Run {
  request: CheckRequest;
  ports: Ports;
  repository: Repository;
  trees: Trees;
  /** Revision before an untrusted change, where it is not evaluated itself: what it locks may be fetched. */
  baseTree?: Tree | null;
  identity: CacheIdentity;
}

/** What stands at one end, before anything of it is understood. */
export type RawSide =
  | { kind: "nothing" }
  | { kind: "flake"; tree: Tree; evaluation: SideEvaluation }
  | { kind: "files"; tree: Tree; value: RawValue | null };

/** What it took to evaluate something. */
export interface EvaluationWork {
  nixVersion: string | null;
  evaluations: number;
  cached: number;
  limitsHit: readonly string[];
  /** Nothing in it can change while trees and tools stay the same. */
  cacheable: boolean;
}

/** Both ends of one flake, and what it took to get them. */
export interface EvaluatedFlake extends EvaluationWork {
  /** `""` is the root of the tree. */
  directory: string;
  sides: Record<SideName, RawSide>;
  organisations: Record<string, ForeignEvaluation>;
  /** What did not happen, where it was looked at beside the sides. */
  counterfactuals?: Counterfactuals;
}

/**
 * Evaluates a flake at both ends: sides that are in the cache are taken from it, all others go into one Nix process.
 * A tree without `flake.nix` is read from the client's own files. `onStarted` is called as soon as Nix runs.
 */
export async function evaluateFlake(
  run: Run,
  directory: string,
  onStarted: () => void,
): Promise<EvaluatedFlake> {
  // Asked for by whoever attributes causes, who then need not wait; a failure comes up again there.
  if (run.trees.before !== null)
    void run.repository.changedFiles(run.trees.before, run.trees.after).catch(() => {});
  const stored = await fromCache(run, directory);
  const missing = stored.filter((side) => side.kind === "unknown");
  // Whether one side alone leaves something to explain is not known before it is evaluated.
  const counterfactuals = missing.length === 2 ? await betweenLocks(run, directory) : null;
  const result =
    missing.length > 0 || run.request.organisations.length > 0
      ? await evaluateNow(run, directory, missing, counterfactuals?.beside ?? null, onStarted)
      : null;
  if (result !== null) counterfactuals?.learn(result);
  const cacheable = mayCache(run) && (result === null || isPinned(result));
  const side = async (name: SideName): Promise<RawSide> => {
    const found = stored.find((one) => one.name === name);
    if (found === undefined) return { kind: "nothing" };
    const { tree } = found;
    if (found.kind === "files") {
      return {
        kind: "files",
        tree,
        value: await run.ports.clientFiles.read(run.repository, tree, directory),
      };
    }
    if (found.kind === "known") return { kind: "flake", tree, evaluation: found.evaluation };
    const evaluation = result!.sides[name]!;
    if (cacheable) await run.ports.cache.put(found.key, evaluation as unknown as Json);
    return { kind: "flake", tree, evaluation };
  };
  return {
    directory,
    sides: { before: await side("before"), after: await side("after") },
    organisations: result?.organisations ?? {},
    ...(counterfactuals !== null && { counterfactuals }),
    nixVersion: result?.nixVersion ?? null,
    evaluations: result?.evaluations ?? 0,
    cached: stored.filter((one) => one.kind === "known").length,
    limitsHit: result?.limitsHit ?? [],
    cacheable,
  };
}

type StoredSide = { name: SideName; tree: Tree } & (
  | { kind: "files" }
  | { kind: "known"; evaluation: SideEvaluation }
  | { kind: "unknown"; key: string }
);

async function fromCache(run: Run, directory: string): Promise<StoredSide[]> {
  const { before, after } = run.trees;
  // Asked for together, so that one Git process answers for both sides, the lock files included.
  const sides = await Promise.all([
    before === null ? null : storedSide(run, directory, "before", before),
    storedSide(run, directory, "after", after),
  ]);
  return sides.filter((side) => side !== null);
}

async function storedSide(run: Run, directory: string, name: SideName, tree: Tree): Promise<StoredSide> {
  const [isFlake] = await Promise.all([
    hasFlake(run.repository, tree, directory),
    run.repository.readFile(tree, inFlake(directory, "flake.lock")),
    run.repository.readFile(tree, inFlake(directory, BEHAVIOR_LOCK_FILE)),
  ]);
  if (!isFlake) return { kind: "files", name, tree };
  const key = evaluationKey(run.request, tree, directory, run.identity);
  const stored = mayCache(run) ? await run.ports.cache.get(key) : null;
  return stored === null
    ? { kind: "unknown", name, tree, key }
    : { kind: "known", name, tree, evaluation: stored as unknown as SideEvaluation };
}

async function hasFlake(repository: Repository, tree: Tree, directory: string): Promise<boolean> {
  const file = inFlake(directory, "flake.nix");
  if ((await repository.readFile(tree, file)) !== null) return true;
  const what = await whatIsAt(repository, tree, directory, file);
  if (what === null) return false;
  // Nix may make something of it; falling back to the client's files would judge something else than what is used.
  throw new ContextError("flake-not-a-file", `${file} in ${tree.label} is ${what}, not a file`, {
    hint: "Put the file itself there; nothing else is followed in a tree that may come from a stranger.",
  });
}

async function whatIsAt(
  repository: Repository,
  tree: Tree,
  directory: string,
  file: string,
): Promise<string | null> {
  if (Object.hasOwn(await repository.listLinks(tree, directory), file)) return "a symbolic link";
  if (Object.hasOwn(await repository.listSubmodules(tree), file)) return "a submodule";
  return (await repository.listFiles(tree, file)).length > 0 ? "a directory" : null;
}

/** What stands between the two lock files; what that takes is loaded only where they differ. */
async function betweenLocks(run: Run, directory: string): Promise<Counterfactuals | null> {
  const { repository, trees } = run;
  const file = inFlake(directory, "flake.lock");
  if (trees.before === null) return null;
  const [before, after] = await Promise.all([
    repository.readFile(trees.before, file),
    repository.readFile(trees.after, file),
  ]);
  if (before === null || after === null || Buffer.compare(before, after) === 0) return null;
  return (await import("./counterfactuals/index.ts")).counterfactualsBetween(run, directory);
}

function evaluateNow(
  { request, ports, repository, trees, baseTree = trees.before }: Run,
  directory: string,
  sides: readonly { name: SideName; tree: Tree }[],
  hybrids: HybridPlans | null,
  onStarted: () => void,
): Promise<EvaluationResult> {
  return ports.evaluator.evaluate({
    repository,
    flakeDirectory: directory,
    attribute: [...request.attribute],
    sides: sides.map(({ name, tree }) => ({ name, tree })),
    ...(hybrids !== null && { hybrids }),
    baseTree,
    organisations: [...request.organisations],
    trust: request.trust,
    offline: request.offline,
    debug: request.debug,
    limits: request.limits,
    onStarted,
  });
}

/** A reference that is not pinned can say something else tomorrow: with organisations nothing comes from the cache. */
export function mayCache({ request }: Pick<Run, "request">): boolean {
  return request.cache && request.organisations.length === 0;
}

/** What the real client did is asked anew: nothing names everything that it depends on. */
export function mayCacheReport(run: Pick<Run, "request">): boolean {
  return mayCache(run) && run.request.probeWith.length === 0 && run.request.purpose === "judge";
}

function isPinned(result: EvaluationResult): boolean {
  return result.cacheable && result.limitsHit.length === 0;
}
