import { describe, expect, test } from "vitest";
import { nixVersions } from "../support/nix.ts";
import { bothMoved, exploding, HEAD, presentHybrid } from "./hybrid-plans.ts";
import { type EvaluateOptions, evaluate, presentSide } from "./support.ts";

describe.each(nixVersions())("what fails in a hybrid, on Nix $version", (nix) => {
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
