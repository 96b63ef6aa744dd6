import fc from "fast-check";
import { expect, test } from "vitest";
import { minimalSets } from "../causes/random-graphs.ts";
import type { TestRepository } from "../support/repository.ts";
import { check, type FlakeText, flake, inWords, lock, policies, rewrite, version } from "./causes-world.ts";

/** What can have moved, by how a context sees that it did: three inputs, one of them with two below it, and the edit. */
const ATOMS = {
  "edit:flake.nix": "edited",
  "input:a": "i.a.v == 2",
  "input:b": "i.b.v == 2",
  "input:org": "i.org.v == 2",
  "input:org/x": "i.org.x == 2",
  "input:org/y": "i.org.y == 2",
} as const;
type Atom = keyof typeof ATOMS;
const names = Object.keys(ATOMS) as Atom[];

/** Alternatives of what a token takes. */
type Formula = readonly (readonly Atom[])[];

const formulas: fc.Arbitrary<Formula> = fc.array(
  fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
  { minLength: 1, maxLength: 3 },
);

/** The contexts of before and after the change are those of the same formulas. */
function contextOf(tokens: readonly Formula[], isEdited: boolean): string {
  const conditions = tokens.map((terms, index) => {
    const text = terms.map((term) => `(${term.map((atom) => ATOMS[atom]).join(" && ")})`).join(" || ");
    return [`token${index}`, `let edited = ${isEdited}; in ${text}`];
  });
  return policies(Object.fromEntries(conditions));
}

function holds(terms: Formula, set: readonly string[]): boolean {
  return terms.some((term) => term.every((atom) => set.includes(atom)));
}

/** All of `org` counts as one, as long as the whole of it is asked about. */
function whole(set: readonly string[]): string[] {
  return set.flatMap((name) => (name === "input:org" ? [name, "input:org/x", "input:org/y"] : [name]));
}

function expectTrue(terms: Formula, causes: readonly string[]): void {
  const elements = ["edit:flake.nix", "input:a", "input:b", "input:org"];
  const truth = minimalSets(elements, (set) => holds(terms, whole(set)));
  const alone = truth.filter((set) => set.length === 1).flat();
  const sets = causes.map((cause) => cause.split(" + "));
  for (const set of sets) {
    expect(holds(terms, whole(set))).toBe(true);
    for (const name of set) {
      expect(holds(terms, whole(set.filter((other) => other !== name)))).toBe(false);
    }
  }
  const top = (name: string) => name.replace(/\/.*/, "");
  if (alone.length > 0) expect(new Set(sets.flat().map(top))).toEqual(new Set(alone));
  else expect(truth).toContainEqual([...new Set(sets[0]!.map(top))]);
}

test("for random formulas over real inputs, the named causes are the true ones", () => {
  fc.assert(
    fc.property(fc.array(formulas, { minLength: 4, maxLength: 8 }), fc.boolean(), (tokens, isEdited) => {
      const world = makeWorld();
      const text = (edited: boolean): FlakeText => ({
        inputs: { a: world.a, b: world.b, org: world.org },
        outputs: contextOf(tokens, edited),
      });
      const repository = flake(text(false));
      world.move();
      if (isEdited) rewrite(repository, text(true));
      lock(repository, "a", "b", "org");
      const { causes } = check(repository, "--base", isEdited ? "HEAD~2" : "HEAD~1", "--head", "HEAD");
      const moved = names.filter((name) => isEdited || name !== "edit:flake.nix");
      const there = tokens.flatMap((terms, index) => (holds(terms, moved) ? [[index, terms] as const] : []));
      expect(Object.keys(causes).sort()).toEqual(there.map(([index]) => `policies.token${index}`).sort());
      for (const [index, terms] of there) {
        const possible = terms.filter((term) => term.every((atom) => moved.includes(atom)));
        expectTrue(possible, inWords(causes[`policies.token${index}`]));
      }
    }),
    { numRuns: 4, endOnFailure: true },
  );
}, 180_000);

function makeWorld() {
  const [a, b, x, y] = [1, 1, 1, 1].map((number) => flake({ outputs: version(number) })) as [
    TestRepository,
    TestRepository,
    TestRepository,
    TestRepository,
  ];
  const orgText = (number: number) => ({
    inputs: { x, y },
    outputs: `v = ${number}; x = i.x.v; y = i.y.v;`,
  });
  const org = flake(orgText(1));
  const move = () => {
    for (const input of [a, b, x, y]) rewrite(input, { outputs: version(2) });
    rewrite(org, orgText(2));
    lock(org, "x", "y");
  };
  return { a, b, org, move };
}
