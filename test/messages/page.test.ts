import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { type Reply, scriptedApi, text, use } from "./scripted-api.ts";
import { ask, repositoryWith } from "./world.ts";

const page = readFileSync("docs/request.md", "utf8");

function blockOf(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";
}

const reply = (content: JsonObject[], stop: string, usage: JsonObject): Reply => ({
  kind: "message",
  content,
  stop,
  usage,
});

test("the transcript on the page is what is printed", async () => {
  const [command = "", ...lines] = blockOf("console").trimEnd().split("\n");
  const prompt = /^\$ nixclaude ask "(.*)"$/.exec(command)?.[1] ?? "";
  const answer = ["I look for it.", "flake.nix has one line. I was not allowed to deploy."];
  const api = await scriptedApi([
    reply([text(answer[0]!), use("t1", "count", { file: "flake.nix" }), use("t2", "deploy")], "tool_use", {
      input_tokens: 21,
      cache_creation_input_tokens: 1_480,
      cache_creation: { ephemeral_1h_input_tokens: 1_480 },
    }),
    reply([text(answer[1]!)], "end_turn", {
      input_tokens: 9,
      cache_read_input_tokens: 1_480,
      cache_creation_input_tokens: 160,
    }),
  ]);
  const { stdout, stderr } = await ask(repositoryWith(blockOf("nix")), api, [prompt]);
  expect(stdout).toBe(`${answer.join("\n")}\n`);
  // The two streams are one at a terminal.
  expect(stderr).toBe(`${lines.filter((line) => !answer.includes(line)).join("\n")}\n`);
  expect(lines.filter((line) => answer.includes(line))).toEqual(answer);
  expect(api.breaches).toEqual([]);
});

test("every error on the page is one that the code has, and the other way round", () => {
  const files = [
    "src/messages/failure.ts",
    "src/messages/conversation.ts",
    "src/cli/commands/ask.ts",
    "src/cli/messages/prompt.ts",
    "src/cli/messages/evaluated-request.ts",
  ];
  const code = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const thrown = [...code.matchAll(/(?:Error|fail)\(\s*"([a-z-]+)"/g)].map(([, name]) => name!);
  const rows = page.split("\n").filter((line) => /^\| `.*\| [23] \|/.test(line));
  const named = rows.flatMap((row) => [...row.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name!));
  expect(new Set(named)).toEqual(new Set(thrown.filter((name) => name !== "input-failed")));
});
