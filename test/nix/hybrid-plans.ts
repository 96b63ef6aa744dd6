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

/** A repository of which both inputs moved, and hybrids of its source with some of the new ones. */
export function bothMoved(outputs: string, context = "claudeContext.persona = word;") {
  const flake = (word: string) => {
    const input = pathInput({ "flake.nix": `{ outputs = _: rec { word = "${word}"; ${context} }; }` });
    return { ...input.node, original: { type: "indirect", id: "x" } };
  };
  const lockOf = (a: string, b: string) => lock({ a: "a", b: "b" }, { a: flake(a), b: flake(b) });
  const [old, fresh] = [lockOf("a1", "b1"), lockOf("a2", "b2")];
  const source = `{ inputs.a.url = "x"; inputs.b.url = "x"; outputs = ${outputs}; }`;
  const repository = createRepository({ "flake.nix": source, "flake.lock": old });
  repository.write({ "flake.lock": fresh });
  return { repository, plans: plannerOf(old, fresh) };
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
