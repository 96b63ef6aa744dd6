import { expect, test } from "vitest";
import type { WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  ["a new agent is instruction", {}, agent({ tools: "Read" }), ["incomparable agents.a added"]],
  [
    "a new agent with a mode of its own widens",
    {},
    agent({ permissionMode: "acceptEdits" }),
    ["widens agents.a added"],
  ],
  ["without a list it has every tool", agent({ tools: "Read" }), agent({}), ["widens agents.a changed"]],
  [
    "a tool more widens",
    agent({ tools: "Read" }),
    agent({ tools: "Read, Bash" }),
    ["widens agents.a changed"],
  ],
  [
    "a tool less is another text",
    agent({ tools: "Read, Bash" }),
    agent({ tools: "Read" }),
    ["incomparable agents.a changed"],
  ],
  [
    "a wider mode widens",
    agent({ permissionMode: "plan" }),
    agent({ permissionMode: "bypassPermissions" }),
    ["widens agents.a changed"],
  ],
  [
    "a mode that nobody knows is undecided",
    agent({}),
    agent({ permissionMode: "yolo" }),
    ["undecided agents.a changed"],
  ],
  ["an empty list is none", agent({ tools: "Read" }), agent({ tools: "" }), ["widens agents.a changed"]],
  [
    "tools that are no list are undecided",
    agent({ tools: "Read" }),
    agent({ tools: { Bash: true } }),
    ["undecided agents.a changed"],
  ],
  [
    "any isolation but a work tree is none",
    agent({ isolation: "worktree" }),
    agent({ isolation: "none" }),
    ["widens agents.a changed"],
  ],
  ["servers of its own widen", agent({}), agent({ mcpServers: ["x"] }), ["widens agents.a changed"]],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "agents")).toEqual(changes);
});

function agent(attributes: WritableSet): WritableSet {
  return { agents: { a: { description: "Reviews.", ...attributes, prompt: "Review." } } };
}
