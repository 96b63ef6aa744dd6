import { expect, test } from "vitest";
import { fileOf, packageOf, type Writable, type WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  ["a server that comes widens", {}, srv({ command: "a" }), ["widens mcpServers.s added"]],
  ["a server that goes narrows", srv({ command: "a" }), {}, ["narrows mcpServers.s removed"]],
  ["another command widens", srv({ command: "a" }), srv({ command: "b" }), ["widens mcpServers.s changed"]],
  [
    "another argument widens",
    srv({ command: "a", args: ["x"] }),
    srv({ command: "a", args: ["y"] }),
    ["widens mcpServers.s changed"],
  ],
  [
    "another variable widens",
    srv({ command: "a" }),
    srv({ command: "a", env: { X: "1" } }),
    ["widens mcpServers.s changed"],
  ],
  [
    "another address widens",
    srv({ type: "http", url: "https://a.example" }),
    srv({ type: "http", url: "https://b.example" }),
    ["widens mcpServers.s changed"],
  ],
  [
    "a timeout is neutral",
    srv({ command: "a" }),
    srv({ command: "a", timeout: 2000 }),
    ["neutral mcpServers.s changed"],
  ],
  [
    "another version of a package is other code",
    srv(packageOf("notes-1.0", { pname: "notes" })),
    srv(packageOf("notes-1.1", { pname: "notes" })),
    ["widens mcpServers.s changed"],
  ],
  [
    "another script behind the same path is other code",
    srv({ command: fileOf("./s.sh", "one") }),
    srv({ command: fileOf("./s.sh", "two") }),
    ["widens mcpServers.s changed"],
  ],
  [
    "the word stdio says what is the default",
    srv({ command: "a" }),
    srv({ type: "stdio", command: "a" }),
    [],
  ],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "mcp-servers")).toEqual(changes);
});

function srv(server: Writable): WritableSet {
  return { mcpServers: { s: server } };
}
