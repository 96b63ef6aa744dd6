import { join } from "node:path";
import type {
  EvaluationPlan,
  EvaluationResult,
  EvaluatorPort,
  HybridPlans,
  Repository,
  RevisionSpec,
  Tree,
} from "../../src/check/ports.ts";
import { createRevisionPort } from "../../src/git/index.ts";
import { NixclaudeError } from "../../src/model/errors.ts";
import { DEFAULT_LIMITS } from "../../src/model/limits.ts";
import { createEvaluator } from "../../src/nix/index.ts";
import type { TestNix } from "../support/nix.ts";
import {
  cleanGitEnvironment,
  createDirectory,
  createRepository,
  type Files,
  type TestRepository,
} from "../support/repository.ts";

/** One cache for a test file, as one user has; its path holds no space. */
const cache = createDirectory("nixclaude-cache-");

export function evaluatorFor(nix: TestNix, env: Record<string, string> = {}): EvaluatorPort {
  const home = join(cache, `home-${nix.version}`);
  return createEvaluator({
    env: { ...cleanGitEnvironment(), HOME: home, ...env },
    cacheDirectory: join(cache, nix.version),
    nixPath: nix.binary,
  });
}

export interface EvaluateOptions extends Partial<Omit<EvaluationPlan, "repository" | "sides" | "limits">> {
  before?: RevisionSpec;
  after?: RevisionSpec;
  limits?: Partial<EvaluationPlan["limits"]>;
  /** Made of the trees of both sides. */
  planHybrids?: (trees: { before: Tree | null; after: Tree | null }) => HybridPlans;
  /** Hybrids alone. */
  withoutSides?: boolean;
  env?: Record<string, string>;
}

/** Evaluates the work tree (and, with `before`, another revision) of a repository. */
export async function evaluate(
  nix: TestNix,
  repository: TestRepository,
  {
    before,
    after = { kind: "worktree", includeUntracked: true },
    limits,
    env,
    planHybrids,
    withoutSides = false,
    ...plan
  }: EvaluateOptions = {},
): Promise<EvaluationResult> {
  const port = createRevisionPort({ env: cleanGitEnvironment() });
  const opened = await port.open(repository.root);
  try {
    const sides = await sidesOf(opened, before, after);
    const treeOf = (side: "before" | "after") => sides.find(({ name }) => name === side)?.tree ?? null;
    const hybrids = planHybrids?.({ before: treeOf("before"), after: treeOf("after") });
    return await evaluatorFor(nix, env).evaluate({
      repository: opened,
      flakeDirectory: "",
      attribute: ["claudeContext"],
      ...(withoutSides ? { sides: [], baseTree: treeOf("before") } : { sides }),
      ...(hybrids === undefined ? {} : { hybrids }),
      organisations: [],
      trust: "trusted",
      offline: true,
      debug: false,
      limits: { ...DEFAULT_LIMITS, ...limits },
      ...plan,
    });
  } finally {
    await opened.close();
  }
}

async function sidesOf(repository: Repository, before: RevisionSpec | undefined, after: RevisionSpec) {
  const sides: EvaluationPlan["sides"] = [];
  const old = before === undefined ? null : await repository.resolve(before);
  if (old !== null) sides.push({ name: "before", tree: old });
  const now = await repository.resolve(after);
  if (now !== null) sides.push({ name: "after", tree: now });
  return sides;
}

/** A flake without inputs that has this Nix expression as its context. */
export function flakeWith(context: string): string {
  return `{\n  outputs = { self }: {\n    claudeContext = ${context};\n  };\n}\n`;
}

/** A repository with that flake, and further files. */
export function contextRepository(context: string, files: Files = {}): TestRepository {
  return createRepository({ "flake.nix": flakeWith(context), ...files });
}

/** The value of the head, which must be there. */
export function presentSide(result: EvaluationResult, side: "before" | "after" = "after") {
  const evaluation = result.sides[side];
  if (evaluation?.kind !== "present") throw new Error(`${side} is ${JSON.stringify(evaluation)}`);
  return evaluation;
}

/** What an evaluation throws. */
export async function errorOf(evaluation: Promise<unknown>): Promise<NixclaudeError> {
  try {
    await evaluation;
  } catch (error) {
    if (error instanceof NixclaudeError) return error;
    throw error;
  }
  throw new Error("it evaluated");
}
