import { expect, test } from "vitest";
import { inputNodeAt, parseLock } from "../../src/lock/index.ts";

const node = (rev: string, inputs: object = {}) => ({
  locked: { type: "github", owner: "a", repo: rev, rev, narHash: "sha256-x" },
  original: { type: "github", owner: "a", repo: rev },
  inputs,
});

const LOCK = parseLock(
  JSON.stringify({
    version: 7,
    root: "root",
    nodes: {
      root: { inputs: { standards: "standards", nixpkgs: "nixpkgs_2" } },
      standards: node("s", { nixpkgs: ["nixpkgs"], lib: "lib" }),
      lib: node("l", { gone: ["nowhere"] }),
      nixpkgs_2: node("n"),
    },
  }),
);

test.each([
  ["standards", "standards"],
  ["standards/lib", "lib"],
  ["standards/nixpkgs", "nixpkgs_2"],
  ["standards/lib/gone", null],
  ["standards/other", null],
  ["", null],
])("%j leads to %j", (path, key) => {
  expect(inputNodeAt(LOCK, path)?.key ?? null).toBe(key);
});
