import { expect, test } from "vitest";
import type { WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  ["another program may run", {}, { env: { PATH: "/tmp/bin" } }, ["widens env.PATH added"]],
  [
    "options of an interpreter",
    {},
    { env: { NODE_OPTIONS: "--require x" } },
    ["widens env.NODE_OPTIONS added"],
  ],
  ["any variable of Git", {}, { env: { GIT_SSH_COMMAND: "x" } }, ["widens env.GIT_SSH_COMMAND added"]],
  [
    "another peer",
    { env: { ANTHROPIC_BASE_URL: "https://a.example" } },
    { env: { ANTHROPIC_BASE_URL: "https://b.example" } },
    ["widens env.ANTHROPIC_BASE_URL changed"],
  ],
  ["a loader", {}, { env: { LD_PRELOAD: "./x.so" } }, ["widens env.LD_PRELOAD added"]],
  [
    "a file of options that name a program",
    {},
    { env: { RIPGREP_CONFIG_PATH: "./rg" } },
    ["widens env.RIPGREP_CONFIG_PATH added"],
  ],
  [
    "a shell's function",
    {},
    { env: { "BASH_FUNC_git%%": "() { x; }" } },
    ['widens env."BASH_FUNC_git%%" added'],
  ],
  ["a spelling that some systems take for the same", {}, { env: { Path: "x" } }, ["widens env.Path added"]],
  ["of others nobody can say", {}, { env: { EDITION: "2" } }, ["incomparable env.EDITION added"]],
  ["without it, the user's own counts", { env: { PATH: "/tmp/bin" } }, {}, ["incomparable env.PATH removed"]],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "env")).toEqual(changes);
});
