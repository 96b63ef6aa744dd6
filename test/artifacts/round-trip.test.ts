import fc from "fast-check";
import { expect, test } from "vitest";
import { type RenderedFiles, renderClientFiles } from "../../src/artifacts/index.ts";
import { normaliseContext } from "../../src/context/index.ts";
import { createClientFiles } from "../../src/files/index.ts";
import { createRevisionPort } from "../../src/git/index.ts";
import type { ClaudeContext } from "../../src/model/context.ts";
import type { RawValue } from "../../src/model/raw-value.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { contextOf, directoryOf, type WritableSet } from "../support/context.ts";
import { cleanGitEnvironment, createRepository } from "../support/repository.ts";
import { EVERYTHING, rendered } from "./support.ts";

/** The files in a repository, read as a context by the door for repositories without a flake. */
async function readBack({ files }: RenderedFiles): Promise<ClaudeContext> {
  const source = createRepository(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  const repository = await createRevisionPort({ env: cleanGitEnvironment() }).open(source.root);
  try {
    const tree = await repository.resolve({ kind: "revision", name: "HEAD" });
    const raw: RawValue = (await createClientFiles().read(repository, tree!, "")) ?? rawEmpty;
    const { context, problems, failures } = normaliseContext(raw, { client: DEFAULT_CLIENT });
    expect([...problems, ...failures]).toEqual([]);
    return context;
  } finally {
    await repository.close();
    source.remove();
  }
}

const rawEmpty: RawValue = {
  kind: "set",
  entries: { version: { kind: "scalar", value: "2025-01" } },
  positions: {},
};

/** What both a flake and files can say, without where it was said. */
function acts(context: ClaudeContext) {
  const {
    permissions,
    hooks,
    mcpServers,
    skills,
    agents,
    commands,
    outputStyles,
    env,
    model,
    sandbox,
    settings,
  } = context;
  const rules = permissions.rules.map(({ list, text }) => `${list} ${text}`);
  return {
    permissions: { ...permissions, rules: [...new Set(rules)].sort() },
    hooks: hooks.map(({ event, matcher, type, command, other }) => ({
      event,
      matcher,
      type,
      command,
      other,
    })),
    mcpServers,
    ...{ skills, agents, commands, outputStyles, env, model, sandbox, settings },
  };
}

/** A package stands in files as its program. */
const WITHOUT_PACKAGES: WritableSet = {
  ...EVERYTHING,
  mcpServers: { ...(EVERYTHING.mcpServers as WritableSet), nix: { command: "mcp-nixos" } },
  settings: { ...(EVERYTHING.settings as WritableSet), statusLine: { type: "command", command: "status" } },
  // A string becomes a file with front matter, and a path value is compared with what it holds.
  agents: { reviewer: { description: "Reviews code", tools: ["Read"], text: "You review code." } },
  hooks: { PreToolUse: [{ matcher: "Bash", hooks: [{ type: "command", command: "date", timeout: 5 }] }] },
};

test("the files of a context, read back, say what it said", async () => {
  const context = contextOf(WITHOUT_PACKAGES);
  const again = await readBack(rendered(WITHOUT_PACKAGES));
  expect(acts(again)).toEqual(acts(context));
  expect(Object.keys(again.policies)).toEqual(["CLAUDE.md"]);
});

test("files that are read and written again are the same files", async () => {
  const first = rendered(WITHOUT_PACKAGES);
  const second = renderClientFiles(await readBack(first), { from: "files" });
  expect(second).toEqual({ ...first, problems: [], omitted: [] });
});

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/).filter((name) => name !== "workspace");
const anyText = fc.oneof(text, fc.constantFrom("---\nname: x\n---\n", "```", "@x", "<!-- a", "\n"));
const few = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 4 });
const named = <T>(item: fc.Arbitrary<T>) => fc.dictionary(word, item, { maxKeys: 3 });
const unit = fc
  .record({ description: word, text: anyText })
  .map(({ description, text: body }) => ({ description, text: `t${body}` }));
const skill = fc.oneof(
  unit,
  anyText.map((body) => directoryOf("./skill", { "SKILL.md": `---\nname: x\n---\n${body}` })),
);

const writtenContexts = fc
  .record(
    {
      permissions: fc.record(
        {
          allow: few(text),
          ask: few(text),
          deny: few(text),
          defaultMode: fc.constantFrom("default", "acceptEdits", "plan", "dontAsk"),
          additionalDirectories: few(text),
          disableBypassPermissionsMode: fc.constant("disable"),
          blockReadsOutsideWorkingDirectories: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
      autoApprove: few(text),
      env: fc.dictionary(
        text.filter((name) => name !== "" && !/[=\0]/.test(name)),
        fc.oneof(
          text.filter((value) => !value.includes("\0")),
          fc.integer(),
          fc.boolean(),
        ),
        { maxKeys: 3 },
      ),
      mcpServers: named(
        fc.oneof(
          fc.record({ command: word, args: few(text), env: named(text) }),
          fc.record({ type: fc.constantFrom("http", "sse", "ws"), url: fc.webUrl(), headers: named(text) }),
        ),
      ),
      hooks: fc.dictionary(
        fc.constantFrom("PreToolUse", "Stop", "SessionStart"),
        fc.array(
          fc.record({
            matcher: text,
            hooks: fc.array(fc.record({ type: fc.constant("command"), command: text }), {
              minLength: 1,
              maxLength: 2,
            }),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      ),
      skills: named(skill),
      agents: named(unit),
      commands: named(anyText.map((body) => `c${body}`)),
      outputStyles: named(unit),
      model: text,
      sandbox: fc.record({ enabled: fc.boolean(), excludedCommands: few(text) }),
      settings: fc.record({
        language: text,
        future: fc.jsonValue(),
        skillOverrides: named(fc.constant("off")),
      }),
    },
    { requiredKeys: [] },
  )
  .map((context) => context as WritableSet);

test("any context of the kind does, whatever its texts are", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(writtenContexts, async (written) => {
      const result = rendered(written);
      expect([...result.problems, ...result.omitted]).toEqual([]);
      expect(acts(await readBack(result))).toEqual(acts(contextOf(written)));
    }),
    { numRuns: 25 },
  );
});
