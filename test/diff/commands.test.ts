import { expect, test } from "vitest";
import type { WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  ["a new command is instruction", {}, { commands: { c: "Release." } }, ["incomparable commands.c added"]],
  [
    "another text cannot be compared",
    { commands: { c: "Release." } },
    { commands: { c: "Ship." } },
    ["incomparable commands.c changed"],
  ],
  [
    "a command that approves tools widens",
    { commands: { c: "Release." } },
    { commands: { c: "---\nallowed-tools: Bash\n---\nRelease." } },
    ["widens commands.c changed"],
  ],
  [
    "an output style stands here too",
    {},
    { outputStyles: { terse: "Be terse." } },
    ["incomparable outputStyles.terse added"],
  ],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "commands")).toEqual(changes);
});
