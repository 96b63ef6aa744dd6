import { expect, test } from "vitest";
import type { WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  [
    "a waiver that comes widens what is accepted",
    {},
    w("2027-01-31"),
    ["widens waivers.policy-removed added"],
  ],
  ["a waiver that goes narrows", w("2027-01-31"), {}, ["narrows waivers.policy-removed removed"]],
  [
    "another waiver is judged elsewhere",
    w("2027-01-31"),
    w("2028-01-31"),
    ["undecided waivers.policy-removed changed"],
  ],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "waivers")).toEqual(changes);
});

function w(expires: string): WritableSet {
  return { waivers: { "policy-removed": { reason: "Moved.", owner: "platform", expires } } };
}
