import fc from "fast-check";
import type { InputChange } from "../../src/model/lock.ts";
import { EDIT, type Formula, row } from "./support.ts";

/** A direct input with the rows at and below it. */
export interface RandomUnit {
  name: string;
  rows: readonly InputChange[];
}

export interface RandomCase {
  units: readonly RandomUnit[];
  isEdited: boolean;
  /** When each token is there, as alternatives of what it takes: a monotone formula over inputs and the edit. */
  tokens: Readonly<Record<string, readonly (readonly string[])[]>>;
}

const unitShapes = fc.record({
  own: fc.boolean(),
  nested: fc.array(fc.constantFrom<InputChange["kind"]>("moved", "moved", "redirected", "added"), {
    maxLength: 3,
  }),
});

/** Small graphs of moved inputs, some of them nested, and contexts of tokens that depend on them. */
export const randomCases = (limits: { units: number; tokens: number }): fc.Arbitrary<RandomCase> =>
  fc
    .record({
      shapes: fc.array(unitShapes, { minLength: 1, maxLength: limits.units }),
      isEdited: fc.boolean(),
      formulas: fc.array(
        fc.array(fc.array(fc.nat(99), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
        { minLength: 1, maxLength: limits.tokens },
      ),
    })
    .map(({ shapes, isEdited, formulas }) => {
      const units = shapes.map(unitOf);
      const atoms = [
        ...(isEdited ? [EDIT] : []),
        ...units.flatMap(({ rows }) => rows.map(({ path }) => path)),
      ];
      const tokens = formulas.map((terms, index): [string, string[][]] => [
        `token${index}`,
        terms.map((term) => [...new Set(term.map((number) => atoms[number % atoms.length]!))]),
      ]);
      return { units, isEdited, tokens: Object.fromEntries(tokens) };
    });

function unitOf({ own, nested }: { own: boolean; nested: InputChange["kind"][] }, index: number): RandomUnit {
  const name = `unit${index}`;
  const hasOwn = own || nested.every((kind) => kind === "added");
  const below = nested.map((kind, at) => row(`${name}/below${at}`, kind));
  return { name, rows: [...(hasOwn ? [row(name)] : []), ...below] };
}

export function formulaOf(terms: readonly (readonly string[])[]): Formula {
  return (world) => terms.some((term) => term.every((atom) => world.has(atom)));
}

/** Smallest sets of elements with which a formula holds, none of which holds another: found by trying all. */
export function minimalSets(elements: readonly string[], holds: (set: readonly string[]) => boolean) {
  const minimal: string[][] = [];
  const subsets = Array.from({ length: 2 ** elements.length }, (_, bits) =>
    elements.filter((_, index) => bits & (1 << index)),
  ).sort((a, b) => a.length - b.length);
  for (const set of subsets) {
    if (minimal.some((smaller) => smaller.every((element) => set.includes(element)))) continue;
    if (holds(set)) minimal.push(set);
  }
  return minimal;
}
