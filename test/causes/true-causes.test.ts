import fc from "fast-check";
import { expect, test } from "vitest";
import { attributeCauses } from "../../src/causes/index.ts";
import type { Cause } from "../../src/model/change.ts";
import { formulaOf, minimalSets, type RandomCase, randomCases } from "./random-graphs.ts";
import { change, EDIT, oracleOf, worldOf } from "./support.ts";

async function attributed({ units, isEdited, tokens }: RandomCase) {
  const formulas = Object.entries(tokens).map(([token, terms]) => [token, formulaOf(terms)] as const);
  const oracle = oracleOf(Object.fromEntries(formulas));
  const { changes, inputs } = await attributeCauses(
    Object.keys(tokens).map((token) => change(token)),
    {
      changedFiles: ["flake.lock", ...(isEdited ? ["flake.nix"] : [])],
      inputs: units.flatMap(({ rows }) => rows),
      lockFile: "flake.lock",
      worlds: { kind: "asked", ask: oracle.ask },
    },
  );
  return { changes, inputs, questions: oracle.asked.flat() };
}

/** The names in a cause; the edit under its own. */
function named(cause: Cause): string[] {
  switch (cause.kind) {
    case "edit":
      return [EDIT];
    case "input":
      return [cause.name];
    case "joint":
      return cause.of.flatMap(named);
  }
}

/** What moves with a name: a direct input brings all below it, if it moved itself. */
function atomsOf({ units }: RandomCase, name: string): string[] {
  if (name === EDIT) return [EDIT];
  const rows = units.flatMap((unit) => unit.rows);
  const isDirect = units.some((unit) => unit.name === name);
  const below = rows.filter(
    ({ path, kind }) => path.startsWith(`${name}/`) && (isDirect || kind === "added"),
  );
  return [name, ...below.map(({ path }) => path)];
}

const worlds = (random: RandomCase, names: readonly string[]) =>
  new Set(names.flatMap((name) => atomsOf(random, name)));

const cases = randomCases({ units: 5, tokens: 6 });
const check = (property: (random: RandomCase) => Promise<void>) =>
  fc.assert(fc.asyncProperty(cases, property), { numRuns: 1000 });

test("every cause that is named suffices, and nothing in it could be left out", async () => {
  await check(async (random) => {
    const { changes } = await attributed(random);
    for (const { path, causes } of changes) {
      const holds = formulaOf(random.tokens[path]!);
      expect(causes.length).toBeGreaterThan(0);
      for (const names of causes.map(named)) {
        expect(holds(worlds(random, names))).toBe(true);
        for (const name of names) {
          const others = names.filter((other) => other !== name);
          expect(holds(worlds(random, others))).toBe(false);
        }
      }
    }
  });
});

test("what does it alone is named, all of it and nothing else; otherwise the smallest set", async () => {
  await check(async (random) => {
    const { changes } = await attributed(random);
    const elements = [...(random.isEdited ? [EDIT] : []), ...random.units.map(({ name }) => name)];
    const atomsOfElement = (name: string) =>
      random.units.find((unit) => unit.name === name)?.rows.map(({ path }) => path) ?? [name];
    for (const { path, causes } of changes) {
      const holds = formulaOf(random.tokens[path]!);
      const truth = minimalSets(elements, (set) => holds(new Set(set.flatMap(atomsOfElement))));
      const alone = truth.filter((set) => set.length === 1).flat();
      const said = causes.map((cause) => [...new Set(named(cause).map((name) => name.split("/")[0]!))]);
      if (alone.length > 0) expect(new Set(said.flat())).toEqual(new Set(alone));
      else for (const set of said) expect(truth).toContainEqual(set);
      // What every set holds is found at once, and all that takes up to two more is tried.
      const inAll = elements.filter((name) => truth.every((set) => set.includes(name)));
      const smallest = truth[0]!.length;
      if (alone.length === 0 && smallest <= inAll.length + 2) expect(said[0]!.length).toBe(smallest);
    }
  });
});

test("a nested input is named where it does it alone and the one above does not", async () => {
  await check(async (random) => {
    const { changes } = await attributed(random);
    for (const { path, causes } of changes) {
      const holds = formulaOf(random.tokens[path]!);
      for (const { name, rows } of random.units) {
        const rowsAlone = rows
          .filter(({ kind }) => kind !== "added" || rows.every((row) => row.path !== name))
          .map((row) => row.path)
          .filter((row) => holds(new Set(row === name ? [name, ...addedBelow(rows)] : atomsOf(random, row))));
        if (rowsAlone.length === 0) continue;
        const said = causes.flatMap(named).filter((one) => one.split("/")[0] === name);
        expect(said).toEqual(rowsAlone.includes(name) ? [name] : rowsAlone);
      }
    }
  });
});

function addedBelow(rows: RandomCase["units"][number]["rows"]): string[] {
  return rows.filter(({ kind }) => kind === "added").map(({ path }) => path);
}

test("nothing is asked twice, nor what both sides say already, and each input knows its changes", async () => {
  await check(async (random) => {
    const { changes, inputs, questions } = await attributed(random);
    const asked = questions.map((question) => [...worldOf(question)].sort().join("+"));
    expect(new Set(asked).size).toBe(asked.length);
    const all = [...(random.isEdited ? [EDIT] : []), ...inputs.map(({ path }) => path)].sort().join("+");
    expect(asked).not.toContain("");
    expect(asked).not.toContain(all);
    for (const { path, effects, undecidedBecause } of inputs) {
      expect(effects).toBe(changes.filter(({ causes }) => causes.flatMap(named).includes(path)).length);
      expect(undecidedBecause).toBeUndefined();
    }
  });
});
