import type { EvaluationResult, HybridPlans } from "../../src/check/ports.ts";
import { hybridLock, type LockFile, parseLock } from "../../src/lock/index.ts";
import { createRepository } from "../support/repository.ts";
import { lock, pathInput } from "./path-inputs.ts";
import type { EvaluateOptions } from "./support.ts";

export const HEAD = { kind: "revision", name: "HEAD" } as const;

/** Explodes where only `a` has moved. */
export function exploding(expression: string): string {
  return `{ a, b, ... }: if a.word == "a2" && b.word == "b1" then ${expression} else { claudeContext.persona = a.word; }`;
}

/** A locked input that gives a word, and a context. */
export function flakeOf(word: string, context = "claudeContext.persona = word;") {
  return pathInput({ "flake.nix": `{ outputs = _: rec { word = "${word}"; ${context} }; }` }).node;
}

type Locked = ReturnType<typeof flakeOf>;

/** Lock files before and after: each input as it was and as it is. All are declared as `x`. */
export function locksOf(inputs: Record<string, readonly Locked[]>): { old: string; fresh: string } {
  const edges = Object.fromEntries(Object.keys(inputs).map((name) => [name, name]));
  const [old, fresh] = [0, 1].map((index) => {
    const nodes = Object.entries(inputs).map(([name, versions]) => [
      name,
      { ...versions[index], original: { type: "indirect", id: "x" } },
    ]);
    return lock(edges, Object.fromEntries(nodes));
  }) as [string, string];
  return { old, fresh };
}

/** A repository of which these inputs moved, and hybrids of its source with some of the new ones. */
export function moved(
  outputs: string,
  inputs: Record<string, readonly Locked[]>,
  more: Record<string, string> = {},
) {
  const { old, fresh } = locksOf(inputs);
  const declared = Object.keys(inputs).map((name) => `inputs.${name} = { url = "x"; ${more[name] ?? ""} };`);
  const source = `{ ${declared.join(" ")} outputs = ${outputs}; }`;
  const repository = createRepository({ "flake.nix": source, "flake.lock": old });
  repository.write({ "flake.lock": fresh });
  return { repository, plans: plannerOf(old, fresh) };
}

export function bothMoved(outputs: string, context?: string) {
  const versions = (name: string) => ["1", "2"].map((version) => flakeOf(name + version, context));
  return moved(outputs, { a: versions("a"), b: versions("b") });
}

/** Hybrids of one side's source: by id, the inputs that are taken from the newer lock file. */
export function plannerOf(old: string, fresh: string, source: "before" | "after" = "after") {
  const [onto, from] = [old, fresh].map((text) => parseLock(text, "flake.lock")) as [LockFile, LockFile];
  return (moved: Record<string, string[]>): NonNullable<EvaluateOptions["planHybrids"]> =>
    (trees): HybridPlans => ({
      when: "if-sides-differ",
      plans: Object.entries(moved).map(([id, paths]) => ({
        id,
        tree: trees[source]!,
        lock: mixed(onto, from, paths),
      })),
    });
}

export function mixed(onto: LockFile, from: LockFile, paths: readonly string[]): LockFile {
  const hybrid = hybridLock(onto, from, paths);
  if (hybrid.kind === "refused") throw new Error(hybrid.because);
  return hybrid.lock;
}

export function presentHybrid(result: EvaluationResult, id: string) {
  const hybrid = result.hybrids[id];
  if (hybrid?.kind !== "evaluated" || hybrid.evaluation.kind !== "present") {
    throw new Error(`${id} is ${JSON.stringify(hybrid)}`);
  }
  return hybrid.evaluation;
}
