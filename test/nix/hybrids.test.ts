import { describe, expect, test } from "vitest";
import type { EvaluationResult, HybridPlans } from "../../src/check/ports.ts";
import { hybridLock, type LockFile, parseLock } from "../../src/lock/index.ts";
import type { RawSet } from "../../src/model/raw-value.ts";
import { nixVersions } from "../support/nix.ts";
import { createRepository } from "../support/repository.ts";
import { lock, pathInput } from "./path-inputs.ts";
import { type EvaluateOptions, evaluate, presentSide } from "./support.ts";

const versions = nixVersions();

describe.each(versions)("hybrids on Nix $version", (nix) => {
  test("each moved input alone, in the same process as the sides", async () => {
    const { repository, plans } = bothMoved(
      "{ a, b, ... }: { claudeContext = { persona = a.word; skills = [ b.word ]; }; }",
    );
    const result = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: plans({ none: [], a: ["a"], b: ["b"], both: ["a", "b"] }),
    });
    const words = (id: string) => {
      const { entries } = presentHybrid(result, id).value as RawSet;
      return [entries.persona, entries.skills];
    };
    expect(words("a")).toMatchObject([{ value: "a2" }, { items: [{ value: "b1" }] }]);
    expect(words("b")).toMatchObject([{ value: "a1" }, { items: [{ value: "b2" }] }]);
    expect(result.evaluations).toBe(6);
  });

  test("what a hybrid has in common with a side is the same object", async () => {
    const { repository, plans } = bothMoved("{ a, ... }: { claudeContext.persona = a.word; }");
    const result = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: plans({ none: [], a: ["a"], b: ["b"] }),
    });
    const [before, after] = [presentSide(result, "before"), presentSide(result, "after")];
    expect(presentHybrid(result, "none").value).toBe(before.value);
    expect(presentHybrid(result, "a").value).toBe(after.value);
    expect(presentHybrid(result, "b").value).toBe(before.value);
    expect(presentHybrid(result, "a").inputs.a).toBe(after.inputs.a);
    expect(presentHybrid(result, "a").inputs.b).toBe(before.inputs.b);
  });

  test("where the sides are the same, no hybrid is evaluated", async () => {
    const { repository, plans } = bothMoved('{ a, b, ... }: { claudeContext.persona = "same"; }', "");
    const planHybrids = plans({ a: ["a"], b: ["b"] });
    const result = await evaluate(nix, repository, { before: HEAD, planHybrids });
    expect(result.hybrids).toEqual({ a: { kind: "not-needed" }, b: { kind: "not-needed" } });
    expect(result.evaluations).toBe(2);
    const asked = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: (trees) => ({ ...planHybrids(trees), when: "always" }),
    });
    expect(presentHybrid(asked, "a").value).toBe(presentSide(asked).value);
    expect(asked.evaluations).toBe(4);
  });

  test.each([
    ["throws", 'throw "no such mixture"', "evaluation-failed", /no such mixture \(flake\.nix:/],
    ["has a type error", '1 + "a"', "evaluation-failed", /flake\.nix:/],
    ["misses an attribute", "a.nothing", "evaluation-failed", /'nothing' missing/],
    ["recurses without end", "(let f = n: 1 + f (n + 1); in f 0)", /./, /./],
  ])("a hybrid that %s is alone in that", async (_, explosion, code, because) => {
    const { repository, plans } = bothMoved(exploding(explosion));
    const result = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: plans({ a: ["a"], b: ["b"], both: ["a", "b"] }),
    });
    expect(result.hybrids.a).toEqual({
      kind: "failed",
      code: expect.stringMatching(code),
      because: expect.stringMatching(because),
    });
    expect(presentSide(result, "before").value).toMatchObject({ entries: { persona: { value: "a1" } } });
    if (typeof code === "string") {
      expect(presentHybrid(result, "b").value).toMatchObject({ entries: { persona: { value: "a1" } } });
      expect(presentHybrid(result, "both").value).toBe(presentSide(result).value);
    }
  });

  test.each<[string, string, NonNullable<EvaluateOptions["limits"]>, string]>([
    [
      "never ends",
      "(let f = n: if n == 0 then 0 else f (n - 1) + f (n - 1); in f 60)",
      { evaluationTimeoutMs: 3000 },
      "evaluation-timeout",
    ],
    [
      "needs too much memory",
      "builtins.length (builtins.foldl' (l: n: l ++ [ { inherit n l; } ]) [ ] (builtins.genList (n: n) 20000))",
      { evaluationMemoryBytes: 128 * 1024 ** 2, evaluationTimeoutMs: 20_000 },
      "evaluation-memory",
    ],
    [
      "prints too much",
      '{ claudeContext.persona = builtins.foldl\' (text: _: text + text) "0123456789abcdef" (builtins.genList (n: n) 20); }',
      { evaluatorOutputBytes: 1024 ** 2 },
      "evaluation-output",
    ],
  ])("a hybrid that %s does not keep the sides from coming out", async (_, explosion, limits, code) => {
    const { repository, plans } = bothMoved(exploding(explosion));
    const result = await evaluate(nix, repository, {
      before: HEAD,
      limits,
      planHybrids: plans({ a: ["a"], b: ["b"] }),
    });
    expect(result.hybrids.a).toMatchObject({ kind: "failed", code });
    expect(result.hybrids.b).toMatchObject({ kind: "failed", code });
    expect(presentSide(result).value).toMatchObject({ entries: { persona: { value: "a2" } } });
  });

  test("a value that breaks in a hybrid alone hides no other", async () => {
    const { repository, plans } = bothMoved(
      `{ a, b, ... }: { claudeContext = {
        persona = a.word;
        skills = [ (if a.word == "a2" && b.word == "b1" then 1 + "a" else b.word) ];
      }; }`,
    );
    const result = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: plans({ a: ["a"], b: ["b"] }),
    });
    expect(presentHybrid(result, "a").value).toMatchObject({
      entries: {
        persona: { value: "a2" },
        skills: { items: [{ kind: "failure", code: "evaluation-failed" }] },
      },
    });
    expect(presentHybrid(result, "b").value).toMatchObject({
      entries: { persona: { value: "a1" }, skills: { items: [{ value: "b2" }] } },
    });
  });
});

const HEAD = { kind: "revision", name: "HEAD" } as const;

/** Explodes where only `a` has moved. */
function exploding(expression: string): string {
  return `{ a, b, ... }: if a.word == "a2" && b.word == "b1" then ${expression} else { claudeContext.persona = a.word; }`;
}

/** A repository of which both inputs moved, and hybrids of its source with some of the new ones. */
function bothMoved(outputs: string, context = "claudeContext.persona = word;") {
  const flake = (word: string) => {
    const input = pathInput({ "flake.nix": `{ outputs = _: rec { word = "${word}"; ${context} }; }` });
    return { ...input.node, original: { type: "indirect", id: "x" } };
  };
  const lockOf = (a: string, b: string) => lock({ a: "a", b: "b" }, { a: flake(a), b: flake(b) });
  const [old, fresh] = [lockOf("a1", "b1"), lockOf("a2", "b2")];
  const source = `{ inputs.a.url = "x"; inputs.b.url = "x"; outputs = ${outputs}; }`;
  const repository = createRepository({ "flake.nix": source, "flake.lock": old });
  repository.write({ "flake.lock": fresh });
  const [onto, from] = [parseLock(old, "flake.lock"), parseLock(fresh, "flake.lock")];
  const plans =
    (moved: Record<string, string[]>): NonNullable<EvaluateOptions["planHybrids"]> =>
    ({ after }): HybridPlans => ({
      when: "if-sides-differ",
      plans: Object.entries(moved).map(([id, paths]) => ({
        id,
        tree: after!,
        lock: mixed(onto, from, paths),
      })),
    });
  return { repository, plans, onto, from };
}

function mixed(onto: LockFile, from: LockFile, paths: readonly string[]): LockFile {
  const hybrid = hybridLock(onto, from, paths);
  if (hybrid.kind === "refused") throw new Error(hybrid.because);
  return hybrid.lock;
}

function presentHybrid(result: EvaluationResult, id: string) {
  const hybrid = result.hybrids[id];
  if (hybrid?.kind !== "evaluated" || hybrid.evaluation.kind !== "present") {
    throw new Error(`${id} is ${JSON.stringify(hybrid)}`);
  }
  return hybrid.evaluation;
}
