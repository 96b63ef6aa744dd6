import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { renderLock } from "../../src/lock/index.ts";
import type { RawSet, RawValue } from "../../src/model/raw-value.ts";
import { nixVersions } from "../support/nix.ts";
import { createRepository } from "../support/repository.ts";
import { circle, evaluateNatively, plain, threeLevels } from "./hybrid-locks.ts";
import { bothMoved, HEAD, plannerOf, presentHybrid } from "./hybrid-plans.ts";
import { lock, pathInput } from "./path-inputs.ts";
import { evaluate, presentSide } from "./support.ts";

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

  test("40 moved inputs of which two matter: all others give the very value of a side", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `i${index}`);
    const flakes = ["1", "2"].map((word) =>
      pathInput({ "flake.nix": `{ outputs = _: { word = "${word}"; }; }` }),
    );
    const [old, fresh] = flakes.map(({ node }) =>
      lock(
        Object.fromEntries(names.map((name) => [name, name])),
        Object.fromEntries(names.map((name) => [name, { ...node, original: { type: "indirect", id: "x" } }])),
      ),
    ) as [string, string];
    const inputs = names.map((name) => `inputs.${name}.url = "x";`).join(" ");
    const repository = createRepository({
      "flake.nix": `{ ${inputs} outputs = { i3, i30, ... }: { claudeContext = { persona = i3.word; skills = [ i30.word ]; }; }; }`,
      "flake.lock": old,
    });
    repository.write({ "flake.lock": fresh });
    const result = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: plannerOf(old, fresh)(Object.fromEntries(names.map((name) => [name, [name]]))),
    });
    const before = presentSide(result, "before").value;
    const others = names.filter((name) => presentHybrid(result, name).value !== before);
    expect(others).toEqual(["i3", "i30"]);
    expect(presentHybrid(result, "i3").value).toMatchObject({ entries: { persona: { value: "2" } } });
    expect(result.evaluations).toBe(42);
  });

  test("three levels of inputs with follows are what Nix makes of a real lock file", async () => {
    const { old, fresh, source } = threeLevels();
    const repository = createRepository({ "flake.nix": source, "flake.lock": old });
    repository.write({ "flake.lock": fresh });
    const moved = {
      none: [],
      library: ["library"],
      company: ["company"],
      nested: ["company/standards"],
      deep: ["company/standards/words"],
      all: ["library", "company"],
    };
    const plans = plannerOf(old, fresh)(moved);
    const result = await evaluate(nix, repository, { before: HEAD, planHybrids: plans });
    const seen = new Set<string>();
    for (const { id, lock: hybrid } of plans({ before: null, after: null }).plans) {
      const native = evaluateNatively(nix, { "flake.nix": source, "flake.lock": renderLock(hybrid) });
      expect([id, plain(presentHybrid(result, id).value)]).toEqual([id, native]);
      seen.add(JSON.stringify(native));
    }
    expect(seen.size).toBe(Object.keys(moved).length);
  });

  test("a plan may have no sides; trees are named after the inputs of the sides all the same", async () => {
    const tools = ["1", "2"].map((version) => pathInput({ "run.sh": version }, { flake: false }).node);
    const [one, two] = tools.map((node) => ({ ...node, original: { type: "indirect", id: "x" } }));
    const lockOf = (a: unknown, b: unknown) => lock({ a: "a", b: "b" }, { a, b });
    const [old, fresh] = [lockOf(one, one), lockOf(two, one)];
    const repository = createRepository({
      "flake.nix": `{ inputs = { a = { url = "x"; flake = false; }; b = { url = "x"; flake = false; }; };
        outputs = { a, b, ... }: { claudeContext = { persona = "\${a}"; skills = [ "\${b}" ]; }; }; }`,
      "flake.lock": old,
    });
    repository.write({ "flake.lock": fresh });
    const plans = plannerOf(old, fresh)({ a: ["a"] });
    const together = await evaluate(nix, repository, { before: HEAD, planHybrids: plans });
    const alone = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: (trees) => ({ ...plans(trees), sides: [trees.before!, trees.after!] }),
      withoutSides: true,
    });
    expect(alone.sides).toEqual({});
    expect(alone.evaluations).toBe(1);
    // The same source as `a` before and `b` after is `<a>` wherever both sides are known.
    expect(plain(presentHybrid(together, "a").value)).toEqual({ persona: "<a>", skills: ["<a>"] });
    expect(plain(presentHybrid(alone, "a").value)).toEqual({ persona: "<a>", skills: ["<a>"] });
    expect(presentHybrid(alone, "a").declaredInputs).toEqual(presentSide(together).declaredInputs);
  });

  test("a file of an input that a command line names is read where that flake has the input", async () => {
    const tool = (text: string) => {
      const { node } = pathInput({ "guard.sh": text, same: "" }, { flake: false });
      return { ...node, original: { type: "indirect", id: "x" } };
    };
    const [first, second] = [tool("exit 1"), tool("exit 2")];
    const lockOf = (tools: unknown) => lock({ tools: "tools" }, { tools });
    const [old, fresh] = [lockOf(first), lockOf(second)];
    const repository = createRepository({
      "flake.nix": `{ inputs.tools = { url = "x"; flake = false; };
        outputs = { tools, ... }: { claudeContext.env = { GUARD = "\${tools}/guard.sh"; OWN = "./own.sh"; }; }; }`,
      "flake.lock": old,
      "own.sh": "1",
    });
    repository.write({ "flake.lock": fresh, "own.sh": "2" });
    const result = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: plannerOf(old, fresh)({ s: [] }),
    });
    const digests = (value: RawValue) =>
      [...JSON.stringify(value).matchAll(/"references":\{"([^"]*)":"([^"]*)"\}/g)].map(([, name, hash]) => ({
        name,
        hash,
      }));
    const sha256 = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
    const [guard, own] = ["<tools>/guard.sh", "./own.sh"];
    expect(
      [presentSide(result, "before"), presentSide(result), presentHybrid(result, "s")].map(({ value }) =>
        digests(value),
      ),
    ).toEqual([
      [
        { name: guard, hash: sha256("exit 1") },
        { name: own, hash: sha256("1") },
      ],
      [
        { name: guard, hash: sha256("exit 2") },
        { name: own, hash: sha256("2") },
      ],
      [
        { name: guard, hash: sha256("exit 1") },
        { name: own, hash: sha256("2") },
      ],
    ]);
  });

  test("inputs in a circle are left to Nix, with another flake.lock in the tree", async () => {
    const { old, fresh, source } = circle();
    const repository = createRepository({ "flake.nix": source, "flake.lock": old });
    repository.write({ "flake.lock": fresh });
    const result = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: plannerOf(old, fresh)({ a: ["a"], b: ["b"], both: ["a", "b"] }),
    });
    const word = (id: string) => presentHybrid(result, id).value;
    expect(word("a")).toMatchObject({ entries: { persona: { value: "b1 a2" } } });
    expect(word("b")).toMatchObject({ entries: { persona: { value: "b2 a1" } } });
    expect(word("both")).toBe(presentSide(result).value);
    expect(repository.git("status", "--porcelain")).toBe(" M flake.lock");
  });

  test("inputs in a circle that flake.nix names otherwise are told to Nix one by one", async () => {
    const { old, fresh, source } = circle({ differentPlaces: true });
    const repository = createRepository({ "flake.nix": source("1"), "flake.lock": old });
    repository.write({ "flake.nix": source("2"), "flake.lock": fresh });
    const plans = plannerOf(old, fresh)({ none: [], a: ["a"] });
    const result = await evaluate(nix, repository, { before: HEAD, planHybrids: plans });
    expect(presentHybrid(result, "none").value).toMatchObject({ entries: { persona: { value: "b1 a1" } } });
    expect(presentHybrid(result, "a").value).toMatchObject({ entries: { persona: { value: "b1 a2" } } });
    // Foreign code could name any address: then Nix locks nothing.
    const untrusted = await evaluate(nix, repository, {
      before: HEAD,
      planHybrids: plans,
      withoutSides: true,
      trust: "untrusted",
    });
    expect(untrusted.hybrids.none).toMatchObject({ kind: "failed", because: expect.stringMatching(/./) });
    expect(untrusted.hybrids.a).toMatchObject({ kind: "failed", code: "input-not-allowed" });
  });
});
