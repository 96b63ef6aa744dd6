import { expect, test } from "vitest";
import type { WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  ["a policy that comes narrows", {}, { policies: { a: "Ask." } }, ["narrows policies.a added"]],
  ["a policy that goes widens", { policies: { a: "Ask." } }, {}, ["widens policies.a removed"]],
  [
    "another text cannot be compared",
    { policies: { a: "Ask." } },
    { policies: { a: "Tell." } },
    ["incomparable policies.a changed"],
  ],
  [
    "emptying a policy takes it away",
    { policies: { a: "Ask." } },
    { policies: { a: " " } },
    ["widens policies.a removed"],
  ],
  ["another order is nothing", { policies: { a: "A", b: "B" } }, { policies: { b: "B", a: "A" } }, []],
  [
    "names that Nix quotes are quoted",
    {},
    { policies: { "no force": "Ask." } },
    ['narrows policies."no force" added'],
  ],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "policies")).toEqual(changes);
});
