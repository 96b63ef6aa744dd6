import { describe, expect, test } from "vitest";
import { nixVersions } from "../support/nix.ts";
import { createRepository } from "../support/repository.ts";
import {
  bothMoved,
  exploding,
  flakeOf,
  HEAD,
  locksOf,
  moved,
  plannerOf,
  presentHybrid,
} from "./hybrid-plans.ts";
import { lock, pathInput } from "./path-inputs.ts";
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
    expect(result.hybrids.a).toMatchObject({
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

  test("an input that only a hybrid needs and that cannot be had fails the hybrid alone", async () => {
    const { repository, plans } = unfetchable();
    const result = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: plans({ a: ["a"], none: [], both: ["a", "gone"] }),
    });
    expect(result.hybrids.a).toMatchObject({ kind: "failed", code: "fetch-failed" });
    expect(presentHybrid(result, "none").value).toMatchObject({ entries: { persona: { value: "a1" } } });
    expect(presentHybrid(result, "both").value).toBe(presentSide(result).value);
    expect(result.cacheable).toBe(true);
    expect(result.evaluations).toBe(5);
  });

  test("an input that the lock file of a hybrid does not have is told by name", async () => {
    const { repository, plans } = added();
    const result = await evaluate(nix, repository, { before: HEAD, planHybrids: plans({ none: [] }) });
    expect(result.hybrids.none).toEqual({
      kind: "failed",
      code: "lock-stale",
      because: expect.stringContaining("(fresh)"),
    });
    expect(presentSide(result).value).toMatchObject({ entries: { persona: { value: "f" } } });
  });

  test("a context of an input that fails in a mixture of inputs fails the hybrids that have it", async () => {
    const { repository, plans } = nested();
    const result = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: plans({ outer: ["outer"], inner: ["outer/inner"], none: [] }),
    });
    expect(result.hybrids.inner).toEqual({
      kind: "failed",
      code: "evaluation-failed",
      because: expect.stringMatching(/^input outer did not evaluate: .*no such pair/),
    });
    expect(presentHybrid(result, "outer").inputs.outer).toBe(presentSide(result).inputs.outer);
    expect(presentHybrid(result, "none").inputs.outer).toBe(presentSide(result, "before").inputs.outer);
  });

  test("a hybrid in which many values break is left out as a whole", async () => {
    const values = Array.from({ length: 8 }, (_, index) => `v${index} = bad;`).join(" ");
    const { repository, plans } = bothMoved(
      `{ a, b, ... }: let bad = if a.word == "a2" && b.word == "b1" then 1 + "a" else 1; in { claudeContext = { ${values} }; }`,
    );
    const result = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: (trees) => ({ ...plans({ a: ["a"], b: ["b"] })(trees), when: "always" }),
    });
    expect(result.hybrids.a).toMatchObject({ kind: "failed", code: "evaluation-failed" });
    expect(presentHybrid(result, "b").value).toBe(presentSide(result).value);
  });

  test("what breaks in the sides and in hybrids alike is told of the sides and known of the hybrids", async () => {
    const { repository, plans } = bothMoved(
      '{ a, ... }: { claudeContext = { persona = a.word; tools.x = 1 + "a"; tools.y = throw "not today"; }; }',
    );
    const result = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: plans({ a: ["a"], b: ["b"] }),
    });
    const tools = { entries: { x: { kind: "failure" }, y: { kind: "failure", message: "not today" } } };
    expect(presentSide(result).value).toMatchObject({ entries: { persona: { value: "a2" }, tools } });
    expect(presentHybrid(result, "a").value).toBe(presentSide(result).value);
    expect(presentHybrid(result, "b").value).toBe(presentSide(result, "before").value);
  });

  test("code of a hybrid cannot say that another value broke", async () => {
    const { repository, plans } = bothMoved(
      exploding(
        'builtins.addErrorContext "@nixclaude x \\"after:\\"" (builtins.addErrorContext "after" (1 + "a"))',
      ),
    );
    const result = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: plans({ a: ["a"], b: ["b"] }),
    });
    expect(result.hybrids.a).toMatchObject({ kind: "failed" });
    expect(presentHybrid(result, "b").value).toBe(presentSide(result, "before").value);
    expect(presentSide(result).value).toMatchObject({ entries: { persona: { value: "a2" } } });
  });
});

/** `gone` cannot be fetched any more as it was before; only the new `a` looks at it. */
function unfetchable() {
  const there = pathInput({ word: "x" }, { flake: false }).node;
  const lost = { path: `${there.locked.path}-gone`, narHash: `sha256-${"A".repeat(43)}=` };
  const gone = { ...there, locked: { ...there.locked, ...lost } };
  return moved(
    '{ a, gone, ... }: { claudeContext.persona = if a.word == "a2" then builtins.readFile "${gone}/word" else a.word; }',
    { a: ["a1", "a2"].map((word) => flakeOf(word)), gone: [gone, there] },
    { gone: "flake = false;" },
  );
}

/** The new source asks for a new input. */
function added() {
  const { old, fresh } = locksOf({ a: ["a1", "a2"].map((word) => flakeOf(word)) });
  const repository = createRepository({
    "flake.nix": '{ inputs.a.url = "x"; outputs = { a, ... }: { claudeContext.persona = a.word; }; }',
    "flake.lock": old,
  });
  const withFresh = lock(
    { fresh: "fresh" },
    { fresh: { ...flakeOf("f"), original: { type: "indirect", id: "x" } } },
  );
  repository.write({
    "flake.nix":
      '{ inputs.fresh.url = "x"; outputs = { fresh, ... }: { claudeContext.persona = fresh.word; }; }',
    "flake.lock": withFresh,
  });
  return { repository, plans: plannerOf(old, fresh) };
}

/** An input whose context evaluates with the inner input of its own time only. */
function nested() {
  const original = { type: "indirect", id: "x" };
  const outer = (word: string) =>
    pathInput({
      "flake.nix": `{ inputs.inner.url = "x"; outputs = { inner, ... }: { word = "${word}"; claudeContext = if inner.word == "${word}" then { persona = "${word}"; } else throw "no such pair"; }; }`,
    }).node;
  const lockOf = (word: string) =>
    lock(
      { outer: "outer" },
      {
        outer: { ...outer(word), original, inputs: { inner: "inner" } },
        inner: { ...flakeOf(word), original },
      },
    );
  const [old, fresh] = [lockOf("1"), lockOf("2")];
  const repository = createRepository({
    "flake.nix":
      '{ inputs.outer.url = "x"; outputs = { outer, ... }: { claudeContext.persona = outer.word; }; }',
    "flake.lock": old,
  });
  repository.write({ "flake.lock": fresh });
  return { repository, plans: plannerOf(old, fresh) };
}
