import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CLIENT_VERSIONS } from "../../src/model/semantics.ts";
import { createRepository } from "../support/repository.ts";
import { realSession } from "./real-client.ts";

const page = readFileSync(new URL("../../docs/plugin.md", import.meta.url), "utf8");

const PREFIX = "mcp__plugin_nixclaude_flake__";
const allowed = (...rules: string[]) => ["--allowedTools", rules.join(",")];

const flake = (tools: string, persona = "You keep the lamp of this house.") => `{
  outputs = _: {
    claudeContext = {
      version = "2025-01";
      persona = "${persona}";
      policies.commits = "Never use --no-verify without asking";
      tools = { ${tools} };
    };
  };
}
`;
const command = (words: string) => `{ command = "${words}"; inputSchema.type = "object"; }`;
const GREET = `greet = {
  description = "Greets somebody";
  command = [ "echo" "hello" "{name}" ];
  inputSchema = { type = "object"; properties.name.type = "string"; required = [ "name" ]; };
};`;

describe.each(CLIENT_VERSIONS)("a session of the client with the plugin: %s", (version) => {
  const knowsTheWord = version === "2.1.330";

  test("is told persona and policies, sees the tools, runs what is approved and asks for the rest", async () => {
    const repository = createRepository({ "flake.nix": flake(`${GREET} other = ${command("echo other")};`) });
    const { told, tools, answers } = await realSession(version, repository.root, {
      args: allowed(`${PREFIX}greet`),
      calls: [
        { tool: `${PREFIX}greet`, input: { name: "; id" } },
        { tool: `${PREFIX}other`, input: {} },
      ],
    });
    expect(told).toContain("You keep the lamp of this house.");
    expect(told).toContain("Never use --no-verify without asking");
    expect(tools).toMatchObject({
      [`${PREFIX}greet`]: { description: "Greets somebody" },
      [`${PREFIX}other`]: {},
      [`${PREFIX}nixclaude_why`]: {},
    });
    expect(answers).toMatchObject([{ kind: "runs", message: "hello ; id\n" }, { kind: "prompts" }]);
  });

  test("is offered what the flake declares meanwhile; a person is asked for it, whatever the rules say", async () => {
    const repository = createRepository({ "flake.nix": flake(GREET) });
    const added = `${PREFIX}added`;
    const { answers } = await realSession(version, repository.root, {
      args: allowed(PREFIX.slice(0, -2), "Bash(sleep *)"),
      calls: [
        { tool: `${PREFIX}greet`, input: { name: "you" } },
        {
          before: () =>
            repository.write({ "flake.nix": flake(`${GREET} added = ${command("echo added")};`) }),
          // The model does something else, until the client has told it of the tool.
          until: (tools) => tools.includes(added),
          tool: "Bash",
          input: { command: "sleep 0.3" },
        },
        { tool: added, input: {} },
      ],
    });
    expect(answers[0]).toMatchObject({ kind: "runs" });
    expect(answers.at(-1)).toMatchObject(
      knowsTheWord ? { kind: "prompts" } : { kind: "runs", message: "added\n" },
    );
  });

  test.each<[string, string, string]>([
    ["does not evaluate", "{ oops", "nixclaude could not evaluate claudeContext of this repository"],
    ["says too much", flake("", "x".repeat(20_000)), "(nixclaude: of "],
  ])("says so in the session where the flake %s", async (_, text, said) => {
    const repository = createRepository({ "flake.nix": text });
    const { told } = await realSession(version, repository.root);
    expect(told).toContain(said);
    expect(told).not.toContain("persisted-output");
  });

  test("says so where nixclaude is not installed", async () => {
    const repository = createRepository({ "flake.nix": flake(GREET) });
    const { told, tools } = await realSession(version, repository.root, { withProgram: false });
    expect(told).toContain("nixclaude did not run");
    expect(Object.keys(tools).filter((name) => name.startsWith("mcp__"))).toEqual([]);
  });
});

test("the page has it from such a session", async () => {
  const [, written = ""] = /<!-- flake -->\n```nix\n([\s\S]*?)```/.exec(page) ?? [];
  const repository = createRepository({ "flake.nix": written });
  const { contextMessage, tools, answers } = await realSession("2.1.330", repository.root, {
    args: allowed(`${PREFIX}greet`),
    calls: [
      { tool: `${PREFIX}greet`, input: { name: "you; id" } },
      { tool: `${PREFIX}nixclaude_why`, input: { call: `${PREFIX}greet` } },
    ],
  });
  // What follows is the client's own.
  const [told = ""] = contextMessage.split("\n\n\n");
  const listed = Object.keys(tools).filter((name) => name.startsWith(PREFIX));
  const blocks = [told, listed.join("\n"), ...answers.map(({ message }) => message.trimEnd())];
  for (const block of blocks) expect(page).toContain(`\`\`\`text\n${block}\n\`\`\`\n`);
});
