import { expect, test } from "vitest";
import type { WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  ["more autonomy widens", mode("default"), mode("acceptEdits"), ["widens permissions.defaultMode changed"]],
  [
    "less autonomy narrows",
    mode("acceptEdits"),
    mode("default"),
    ["narrows permissions.defaultMode changed"],
  ],
  [
    "refusing and planning cannot be compared",
    mode("plan"),
    mode("dontAsk"),
    ["incomparable permissions.defaultMode changed"],
  ],
  ["a careful mode that is pinned narrows", {}, mode("default"), ["narrows permissions.defaultMode added"]],
  [
    "a mode that is no longer pinned is for the client to choose",
    mode("default"),
    {},
    ["widens permissions.defaultMode removed"],
  ],
  [
    "the client may choose more than accepting edits",
    mode("acceptEdits"),
    {},
    ["widens permissions.defaultMode removed"],
  ],
  ["manual is another word for default", mode("default"), mode("manual"), []],
  [
    "bypass that is no longer disabled widens",
    p({ disableBypassPermissionsMode: "disable" }),
    {},
    ["widens permissions.disableBypassPermissionsMode removed"],
  ],
  [
    "bypass that is disabled narrows",
    {},
    p({ disableBypassPermissionsMode: "disable" }),
    ["narrows permissions.disableBypassPermissionsMode added"],
  ],
  [
    "auto mode that is no longer disabled widens",
    p({ disableAutoMode: "disable" }),
    {},
    ["widens permissions.disableAutoMode removed"],
  ],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "mode")).toEqual(changes);
});

test("a wider mode is proved by a call that it runs", () => {
  const [change] = changesBetween(mode("default"), mode("acceptEdits"));
  expect(change?.witness).toMatchObject({ after: "allow" });
});

test("the permissions surface does not count the mode again", () => {
  const changes = changesBetween(mode("default"), mode("acceptEdits"));
  expect(inShort(changes, "permissions")).toEqual([]);
});

function p(permissions: WritableSet): WritableSet {
  return { permissions };
}

function mode(defaultMode: string): WritableSet {
  return p({ defaultMode });
}
