import { expect, test } from "vitest";
import type { WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  ["a helper is code that runs", {}, s({ apiKeyHelper: "./key.sh" }), ["widens settings.apiKeyHelper added"]],
  [
    "another helper is other code",
    s({ apiKeyHelper: "./key.sh" }),
    s({ apiKeyHelper: "./other.sh" }),
    ["widens settings.apiKeyHelper changed"],
  ],
  [
    "a helper that goes narrows",
    s({ statusLine: { type: "command", command: "x" } }),
    {},
    ["narrows settings.statusLine removed"],
  ],
  [
    "all servers of the project widen",
    {},
    s({ enableAllProjectMcpServers: true }),
    ["widens settings.enableAllProjectMcpServers added"],
  ],
  [
    "false where it was unset is neutral",
    {},
    s({ enableAllProjectMcpServers: false }),
    ["neutral settings.enableAllProjectMcpServers added"],
  ],
  [
    "a first allowlist narrows",
    {},
    s({ allowedMcpServers: [{ serverName: "a" }] }),
    ["narrows settings.allowedMcpServers added"],
  ],
  [
    "an entry more on an allowlist widens",
    s({ allowedMcpServers: [] }),
    s({ allowedMcpServers: [{ serverName: "a" }] }),
    ["widens settings.allowedMcpServers changed"],
  ],
  [
    "an allowlist that goes widens",
    s({ allowedMcpServers: [] }),
    {},
    ["widens settings.allowedMcpServers removed"],
  ],
  [
    "a plugin that is switched on widens",
    s({ enabledPlugins: { a: false } }),
    s({ enabledPlugins: { a: true } }),
    ["widens settings.enabledPlugins changed"],
  ],
  [
    "a plugin that is switched off narrows",
    s({ enabledPlugins: { a: true } }),
    s({ enabledPlugins: { a: false } }),
    ["narrows settings.enabledPlugins changed"],
  ],
  [
    "a denied server that goes widens",
    s({ deniedMcpServers: [{ serverName: "a" }] }),
    {},
    ["widens settings.deniedMcpServers removed"],
  ],
  [
    "a list of what the classifier denies may take the place of the client's own",
    {},
    s({ autoMode: { soft_deny: ["x"] } }),
    ["undecided settings.autoMode.soft_deny added"],
  ],
  ["looks are neutral", {}, s({ theme: "dark" }), ["neutral settings.theme added"]],
  ["words cannot be compared", {}, s({ language: "french" }), ["incomparable settings.language added"]],
  [
    "what nobody knows is undecided, never neutral",
    {},
    s({ someNewKey: true }),
    ["undecided settings.someNewKey added"],
  ],
  [
    "a flag that is no flag is undecided",
    {},
    s({ skipWebFetchPreflight: "yes" }),
    ["undecided settings.skipWebFetchPreflight added"],
  ],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "settings")).toEqual(changes);
});

function s(settings: WritableSet): WritableSet {
  return { settings };
}
