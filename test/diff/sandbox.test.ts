import { expect, test } from "vitest";
import type { WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  ["switching it on narrows", {}, { sandbox: { enabled: true } }, ["narrows sandbox.enabled added"]],
  [
    "switching it off widens",
    { sandbox: { enabled: true } },
    { sandbox: { enabled: false } },
    ["widens sandbox.enabled changed"],
  ],
  [
    "auto-approval widens",
    { sandbox: { enabled: true } },
    { sandbox: { enabled: true, autoAllowBashIfSandboxed: true } },
    ["widens sandbox.autoAllowBashIfSandboxed added"],
  ],
  [
    "switching it on where it approves widens",
    { sandbox: { autoAllowBashIfSandboxed: true } },
    { sandbox: { enabled: true, autoAllowBashIfSandboxed: true } },
    ["widens sandbox.enabled added"],
  ],
  [
    "switching it off where it approved cannot be compared",
    { sandbox: { enabled: true, autoAllowBashIfSandboxed: true } },
    { sandbox: { autoAllowBashIfSandboxed: true } },
    ["incomparable sandbox.enabled removed"],
  ],
  [
    "what is the default anyway is neutral",
    {},
    { sandbox: { allowUnsandboxedCommands: true } },
    ["neutral sandbox.allowUnsandboxedCommands added"],
  ],
  [
    "forbidding the way out narrows",
    {},
    { sandbox: { allowUnsandboxedCommands: false } },
    ["narrows sandbox.allowUnsandboxedCommands added"],
  ],
  [
    "one host more widens",
    net(["a.example"]),
    net(["b.example", "a.example"]),
    ["widens sandbox.network.allowedDomains changed"],
  ],
  ["another order is nothing", net(["a.example", "b.example"]), net(["b.example", "a.example"]), []],
  [
    "one host for another widens",
    net(["a.example"]),
    net(["b.example"]),
    ["widens sandbox.network.allowedDomains changed"],
  ],
  [
    "a refusal that goes widens",
    { sandbox: { filesystem: { denyRead: ["~/.ssh"] } } },
    {},
    ["widens sandbox.filesystem.denyRead removed"],
  ],
  [
    "a key that nobody knows is undecided",
    {},
    { sandbox: { network: { newKey: 1 } } },
    ["undecided sandbox.network.newKey added"],
  ],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "sandbox")).toEqual(changes);
});

test("auto-approval is proved by a call that it runs", () => {
  const [change] = changesBetween(
    { sandbox: { enabled: true } },
    { sandbox: { enabled: true, autoAllowBashIfSandboxed: true } },
  );
  expect(change?.witness?.after).toBe("allow");
});

test("for the older client, where auto-approval is the default, the sandbox itself approves", () => {
  const changes = changesBetween({}, { sandbox: { enabled: true } }, { client: "2.1.197" });
  expect(inShort(changes, "sandbox")).toEqual(["widens sandbox.enabled added"]);
});

function net(allowedDomains: string[]): WritableSet {
  return { sandbox: { network: { allowedDomains } } };
}
