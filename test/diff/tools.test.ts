import { expect, test } from "vitest";
import { packageOf, type WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  [
    "a name in the prompt is instruction",
    {},
    t({ description: "Searches." }),
    ["incomparable tools.t added"],
  ],
  ["a command that is served widens", {}, t({ command: ["./t.sh"] }), ["widens tools.t added"]],
  [
    "another command widens",
    t({ command: ["./t.sh"] }),
    t({ command: ["./u.sh"] }),
    ["widens tools.t changed"],
  ],
  [
    "a command that goes narrows, its words are others",
    t({ command: ["t"] }),
    t({}),
    ["narrows tools.t changed"],
  ],
  [
    "another description cannot be compared",
    t({ description: "A" }),
    t({ description: "B" }),
    ["incomparable tools.t changed"],
  ],
  ["approval is for the permissions to say", t({}), t({ alwaysApprove: true }), ["neutral tools.t changed"]],
  [
    "an approved program out of another package is other code under the same rule",
    t({ pkg: packageOf("ripgrep-14.1", { mainProgram: "rg" }), alwaysApprove: true }),
    t({ pkg: packageOf("other-14.1", { mainProgram: "rg" }), alwaysApprove: true }),
    ["widens tools.t changed"],
  ],
  [
    "another version of it is not",
    t({ pkg: packageOf("ripgrep-14.1", { mainProgram: "rg" }), alwaysApprove: true }),
    t({ pkg: packageOf("ripgrep-15.0", { mainProgram: "rg" }), alwaysApprove: true }),
    ["incomparable tools.t changed"],
  ],
  [
    "a list and a set of the same tools are the same",
    t({ description: "A" }),
    { tools: [{ name: "t", description: "A" }] },
    [],
  ],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "tools")).toEqual(changes);
});

function t(tool: WritableSet): WritableSet {
  return { tools: { t: tool } };
}
