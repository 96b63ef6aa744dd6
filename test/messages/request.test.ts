import { describe, expect, test } from "vitest";
import { limitBreaches } from "../../src/artifacts/messages-request-limits.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { nixclaude } from "../support/program.ts";
import { repositoryWith, run } from "./world.ts";

const repository = repositoryWith(`
  persona = "You are careful.";
  tools.build = { command = "make"; description = "Builds it."; };
  tools."not a name" = { command = "make"; };
  tools.odd = { command = "make"; inputSchema = { type = "object"; properties.x.type = "strng"; }; };
  tools.unclear = { command = [ "make" "{target}" ]; };
  mcpServers.notes.command = "notes";
`);

describe("nixclaude request", () => {
  test("prints a body that the API takes, and on standard error what is not in it", () => {
    const { status, stdout, stderr } = nixclaude(repository.root, [
      "request",
      "--model",
      "sonnet",
      "Hello",
      "you",
    ]);
    expect(status).toBe(0);
    const body = JSON.parse(stdout) as JsonObject;
    expect(limitBreaches(body)).toEqual([]);
    expect(body).toMatchObject({
      model: "claude-sonnet-5-5",
      tools: [{ name: "build", cache_control: { type: "ephemeral", ttl: "1h" } }],
      messages: [{ role: "user", content: [{ type: "text", text: "Hello you" }] }],
    });
    expect(stderr).toContain("note: model: sonnet is a word of the client");
    expect(stderr).toContain('note: tools."not a name": the API takes');
    expect(stderr).toContain("note: tools.odd.inputSchema");
    expect(stderr).toContain("note: tools.unclear.command: {target} names no property of inputSchema");
    expect(stderr).toContain("note: mcpServers is not part of the request");
  });

  test("reads the prompt from standard input, and is the same every time", async () => {
    const once = await run(repository.root, { args: ["request"], input: "Hello\n" });
    const again = await run(repository.root, { args: ["request", "-"], input: "Hello\n" });
    expect(once).toEqual(again);
    expect(JSON.parse(once.stdout)).toMatchObject({ messages: [{ content: [{ text: "Hello\n" }] }] });
  });

  test("takes another revision, length and time in the cache", () => {
    repository.write({ "flake.nix": "{ outputs = _: { }; }\n" });
    const { stdout } = nixclaude(repository.root, [
      ...["request", "--head", "HEAD", "--max-tokens", "77", "--cache-for", "none", "x"],
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ max_tokens: 77, system: [{ text: "You are careful." }] });
    expect(stdout).not.toContain("cache_control");
  });

  test("needs no key, and says what is wrong with its words", () => {
    expect(nixclaude(repository.root, ["request", "--max-tokens", "0", "x"]).stderr).toContain(
      'error[unknown-value]: --max-tokens cannot be "0"',
    );
    expect(nixclaude(repository.root, ["request", "--head", "HEAD", " "])).toMatchObject({
      status: 2,
      stdout: "",
    });
  });
});
