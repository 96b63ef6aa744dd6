import { ContextError, NixclaudeError } from "../model/errors.ts";
import type { Json } from "../model/json.ts";
import type { RawValue } from "../model/raw-value.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { type CacheIdentity, evaluationKey } from "./cache-key.ts";
import { inFlake } from "./flake-directory.ts";
import type {
  EvaluationResult,
  ForeignEvaluation,
  Ports,
  Repository,
  SideEvaluation,
  Tree,
} from "./ports.ts";
import type { CheckRequest } from "./request.ts";
import { filesSnapshot, flakeSnapshot, NO_BASE } from "./side.ts";

export type SideName = "before" | "after";
export type Trees = Record<SideName, Tree | null>;

/** Both ends of one flake, and what it took to get them. */
export interface LoadedFlake {
  before: Snapshot;
  after: Snapshot;
  nixVersion: string | null;
  evaluations: number;
  cached: number;
  limitsHit: string[];
  /** Nothing in it can change while trees and tools stay the same. */
  cacheable: boolean;
}

interface Loading {
  request: CheckRequest;
  ports: Ports;
  repository: Repository;
  trees: Trees;
  identity: CacheIdentity;
  directory: string;
}

/** What was found on one side, before it is normalised. */
type Found = { kind: "flake"; evaluation: SideEvaluation } | { kind: "files"; value: RawValue | null };

/**
 * Evaluates a flake at both ends: sides that are in the cache are taken from it, all others go into one Nix process.
 * A tree without `flake.nix` is read from the client's own files.
 */
export async function loadFlake(loading: Loading): Promise<LoadedFlake> {
  const { request, repository, trees, directory } = loading;
  const withFlake = {
    before: await hasFlake(repository, trees.before, directory),
    after: await hasFlake(repository, trees.after, directory),
  };
  const evaluated = await evaluateSides(loading, withFlake);
  const side = async (name: SideName): Promise<Snapshot> => {
    const tree = trees[name];
    if (tree === null) return NO_BASE;
    const found = evaluated.sides[name] ?? (await readFiles(loading, tree));
    return found.kind === "flake"
      ? flakeSnapshot(request, repository, tree, directory, found.evaluation, evaluated.organisations)
      : filesSnapshot(request, tree, found.value, evaluated.organisations);
  };
  const before = await side("before").catch((error: unknown) => Promise.reject(aboutBase(error)));
  const after = await side("after");
  refuseNothing(before, after, directory);
  return { before, after, ...evaluated.facts };
}

async function hasFlake(repository: Repository, tree: Tree | null, directory: string): Promise<boolean> {
  return tree !== null && (await repository.readFile(tree, inFlake(directory, "flake.nix"))) !== null;
}

async function readFiles({ ports, repository, directory }: Loading, tree: Tree): Promise<Found> {
  return { kind: "files", value: await ports.clientFiles.read(repository, tree, directory) };
}

interface Evaluated {
  sides: Partial<Record<SideName, Found>>;
  organisations: Record<string, ForeignEvaluation>;
  facts: Pick<LoadedFlake, "nixVersion" | "evaluations" | "cached" | "limitsHit" | "cacheable">;
}

async function evaluateSides(loading: Loading, withFlake: Record<SideName, boolean>): Promise<Evaluated> {
  const { request, ports, trees, directory, identity } = loading;
  // A reference that is not pinned can say something else tomorrow: with organisations nothing comes from the cache.
  const useCache = request.cache && request.organisations.length === 0;
  const names = (["before", "after"] as const).filter((name) => withFlake[name]);
  const sides: Evaluated["sides"] = {};
  const missing: { name: SideName; tree: Tree; key: string }[] = [];
  let cached = 0;
  for (const name of names) {
    const tree = trees[name]!;
    const key = evaluationKey(request, tree, directory, identity);
    const stored = useCache ? ((await ports.cache.get(key)) as unknown as SideEvaluation | null) : null;
    if (stored === null) missing.push({ name, tree, key });
    else {
      sides[name] = { kind: "flake", evaluation: stored };
      cached++;
    }
  }
  if (missing.length === 0 && request.organisations.length === 0) {
    return {
      sides,
      organisations: {},
      facts: { nixVersion: null, evaluations: 0, cached, limitsHit: [], cacheable: true },
    };
  }
  const result = await ports.evaluator.evaluate({
    repository: loading.repository,
    flakeDirectory: directory,
    attribute: [...request.attribute],
    sides: missing.map(({ name, tree }) => ({ name, tree })),
    organisations: [...request.organisations],
    trust: request.trust,
    offline: request.offline,
    debug: request.debug,
    limits: request.limits,
  });
  for (const { name, key } of missing) {
    const evaluation = result.sides[name]!;
    sides[name] = { kind: "flake", evaluation };
    if (useCache && isPinned(result)) await ports.cache.put(key, evaluation as unknown as Json);
  }
  return {
    sides,
    organisations: result.organisations,
    facts: {
      nixVersion: result.nixVersion,
      evaluations: result.evaluations,
      cached,
      limitsHit: result.limitsHit,
      cacheable: useCache && isPinned(result),
    },
  };
}

function isPinned(result: EvaluationResult): boolean {
  return result.cacheable && result.limitsHit.length === 0;
}

function refuseNothing(before: Snapshot, after: Snapshot, directory: string): void {
  if (before.kind === "present" || after.kind === "present") return;
  const where = directory === "" ? "this repository" : directory;
  if (after.reason === "no-attribute") {
    throw new ContextError("no-claude-context", `the flake of ${where} has no claudeContext`, {
      hint: "Add the output (nixclaude init prints one), or name another with --attribute.",
    });
  }
  throw new ContextError("no-context", `${where} has neither a flake.nix nor files of the client`, {
    hint: "Run nixclaude init for a first claudeContext, or name the flake's directory with --flake.",
  });
}

/** A base that cannot be judged is no reason to pass, but there is a way to go on without it. */
function aboutBase(error: unknown): unknown {
  if (!(error instanceof NixclaudeError)) return error;
  const Same = error.constructor as new (
    code: string,
    message: string,
    options: { hint: string; details: readonly string[]; cause: unknown },
  ) => NixclaudeError;
  return new Same(error.code, `before the change: ${error.message}`, {
    hint: `${error.hint} To judge the change as if nothing had been there before, use --base none.`,
    details: error.details,
    cause: error,
  });
}
