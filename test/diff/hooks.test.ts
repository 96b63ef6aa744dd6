import { expect, test } from "vitest";
import { fileOf, type WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  [
    "a hook that comes runs code",
    {},
    hooks("SessionStart", "", "./a.sh"),
    ["widens hooks.SessionStart[0].hooks[0] added"],
  ],
  [
    "another command at the same place is one change",
    hooks("PreToolUse", "Bash", "./a.sh"),
    hooks("PreToolUse", "Bash", "./b.sh"),
    ["widens hooks.PreToolUse[0].hooks[0] changed"],
  ],
  [
    "a hook that goes narrows",
    hooks("SessionStart", "", "./a.sh"),
    {},
    ["narrows hooks.SessionStart[0].hooks[0] removed"],
  ],
  [
    "a guard that goes may have held calls back",
    hooks("PreToolUse", "Bash", "./a.sh"),
    {},
    ["undecided hooks.PreToolUse[0].hooks[0] removed"],
  ],
  [
    "a hook that goes from an event that nobody knows may have been a guard",
    hooks("PreDeploy", "", "./a.sh"),
    {},
    ["undecided hooks.PreDeploy[0].hooks[0] removed"],
  ],
  [
    "an empty matcher and a star mean the same",
    hooks("PreToolUse", "", "./a.sh"),
    hooks("PreToolUse", "*", "./a.sh"),
    [],
  ],
  [
    "another matcher is another hook",
    hooks("PreToolUse", "Bash", "./a.sh"),
    hooks("PreToolUse", "Edit", "./a.sh"),
    ["widens hooks.PreToolUse[0].hooks[0] added", "undecided hooks.PreToolUse[0].hooks[0] removed"],
  ],
  [
    "another order is nothing",
    { hooks: { Stop: [...group("a"), ...group("b")] } },
    { hooks: { Stop: [...group("b"), ...group("a")] } },
    [],
  ],
  [
    "the same hook once more is one more",
    { hooks: { Stop: group("a") } },
    { hooks: { Stop: [...group("a"), ...group("a")] } },
    ["widens hooks.Stop[1].hooks[0] added"],
  ],
  [
    "other options are undecided",
    { hooks: { Stop: [{ hooks: [{ type: "command", command: "a", timeout: 5 }] }] } },
    { hooks: { Stop: [{ hooks: [{ type: "command", command: "a", timeout: 6 }] }] } },
    ["undecided hooks.Stop[0].hooks[0] changed"],
  ],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "hooks")).toEqual(changes);
});

test("other content behind the same command is other code", () => {
  const at = (text: string): WritableSet => ({
    hooks: { Stop: [{ hooks: [{ type: "command", command: fileOf("./a.sh", text) }] }] },
  });
  expect(inShort(changesBetween(at("one"), at("two")), "hooks")).toEqual([
    "widens hooks.Stop[0].hooks[0] changed",
  ]);
});

function hooks(event: string, matcher: string, command: string): WritableSet {
  return { hooks: { [event]: [{ matcher, hooks: [{ type: "command", command }] }] } };
}

function group(command: string): WritableSet[] {
  return [{ hooks: [{ type: "command", command }] }];
}
