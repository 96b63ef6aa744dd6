import { expect, test } from "vitest";
import { useTool } from "../../src/cli/messages/tool-calls.ts";
import { runnableTools } from "../../src/cli/messages/tools.ts";
import { Approvals } from "../../src/messages/index.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { contextOf } from "../support/context.ts";

const context = contextOf({
  permissions: { ask: ["Bash(printf now*)"] },
  tools: {
    say: {
      command: ["printf", "%s", "{word}"],
      inputSchema: {
        type: "object",
        properties: { word: { type: "string" }, note: { type: "string" } },
        required: ["word"],
      },
    },
    now: { command: "printf now" },
  },
});

/** What a person was asked, and what the model is told when that person says this. */
async function used(name: string, input: Record<string, string>, says: boolean | null) {
  const asked: string[] = [];
  const outcome = await useTool(
    { name, input },
    {
      tools: await runnableTools(context, { inputs: [], directory: process.cwd() }),
      approvals: new Approvals(context, {
        client: DEFAULT_CLIENT,
        home: "/home/u",
        directory: process.cwd(),
        trusted: true,
      }),
      confirm: async (question) => {
        asked.push(question);
        return says;
      },
      say: () => {},
    },
  );
  return { asked, outcome };
}

test("a question shows the reason, the whole command line, and what else the program is given", async () => {
  const { asked, outcome } = await used("say", { word: "a b", note: "x\n  with {}\u001b[2J" }, true);
  expect(asked).toEqual([
    'Run say? (no rule of the context allows it)\n  printf %s \'a b\'\n  with {"note":"x\\n  with {}\\u001b[2J"}\n[y/N] ',
  ]);
  expect(outcome).toEqual({ text: "a b", isError: false });
});

test("a rule that asks is named", async () => {
  expect((await used("now", {}, true)).asked[0]).toContain(
    "Run now? (the ask rule Bash(printf now*) matches)",
  );
});

test.each<[boolean | null, string]>([
  [false, "The user does not want this to run."],
  [null, "Nothing approves this, and there is no terminal to ask at."],
])("an answer of %s runs nothing", async (says, text) => {
  expect((await used("say", { word: "x" }, says)).outcome).toEqual({ text, isError: true });
});

test("what cannot be shown whole is not asked for, and does not run", async () => {
  const { asked, outcome } = await used("say", { word: "x".repeat(5_000) }, true);
  expect(asked).toEqual([]);
  expect(outcome).toMatchObject({ isError: true, text: expect.stringContaining("too long to be shown") });
});
