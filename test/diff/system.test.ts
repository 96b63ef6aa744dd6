import { expect, test } from "vitest";
import type { WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  [
    "what Claude is told of the machine is text",
    { system: { type: "nixos", version: "24.11" } },
    { system: { type: "nixos", version: "25.05" } },
    ["incomparable system.version changed"],
  ],
  [
    "a fact more",
    { system: { type: "nixos", version: "1" } },
    { system: { type: "nixos", version: "1", shell: "zsh" } },
    ["incomparable system.shell added"],
  ],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "system")).toEqual(changes);
});
