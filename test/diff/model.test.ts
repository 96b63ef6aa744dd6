import { expect, test } from "vitest";
import type { WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  ["another model is neutral", { model: "opus" }, { model: "sonnet" }, ["neutral model changed"]],
  ["none is neutral too", { model: "opus" }, {}, ["neutral model removed"]],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "model")).toEqual(changes);
});
