import { expect, test } from "vitest";
import type { WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  [
    "a constraint that comes narrows",
    {},
    c({ forbid: { allow: ["WebFetch"] } }),
    ["narrows constraints.c added"],
  ],
  [
    "a constraint that goes widens",
    c({ forbid: { allow: ["WebFetch"] } }),
    {},
    ["widens constraints.c removed"],
  ],
  [
    "another demand is judged elsewhere",
    c({ forbid: { allow: ["WebFetch"] } }),
    c({ forbid: { allow: ["WebSearch"] } }),
    ["undecided constraints.c changed"],
  ],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "constraints")).toEqual(changes);
});

function c(constraint: WritableSet): WritableSet {
  return { constraints: { c: constraint } };
}
