import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type MessagesRequest,
  type MessagesRequestOptions,
  messagesRequest,
} from "../../src/artifacts/messages-request.ts";
import type { CacheTime } from "../../src/artifacts/messages-request-cache.ts";
import { limitBreaches } from "../../src/artifacts/messages-request-limits.ts";
import { KNOWN_MODELS } from "../../src/artifacts/messages-request-models.ts";
import type { Json } from "../../src/model/json.ts";
import { anyContext } from "../support/any-context.ts";
import {
  contextOf,
  fileOf,
  packageOf,
  RawLeaf,
  snapshotOf,
  type Writable,
  type WritableSet,
} from "../support/context.ts";
import { EVERYTHING } from "./support.ts";

function requestOf(context: WritableSet, options: Partial<MessagesRequestOptions> = {}): MessagesRequest {
  return messagesRequest(contextOf(context), {
    prompt: "Hello",
    model: "claude-sonnet-5",
    cache: "none",
    ...options,
  });
}

function withOwnModel(context: WritableSet): MessagesRequest {
  return messagesRequest(contextOf(context), { prompt: "Hello", cache: "none" });
}

/** A file above the limit that is compared as text. */
const hashed = new RawLeaf({
  kind: "path",
  path: "./role.md",
  content: { kind: "file", sha256: "0".repeat(64) },
});
const json = (value: unknown) => value as Json;

test("a context that says something on every surface becomes a body that the API takes", async () => {
  const request = messagesRequest(contextOf(EVERYTHING), { prompt: "Hello" });
  expect(limitBreaches(json(request.body))).toEqual([]);
  await expect(`${JSON.stringify(request, null, 2)}\n`).toMatchFileSnapshot("golden/messages-request.json");
});

describe("the system prompt", () => {
  const systemOf = (context: WritableSet) => requestOf(context).body.system?.map(({ text }) => text);

  test("has a block each for role, policies, tools and machine", () => {
    expect(
      systemOf({
        persona: "You are careful.",
        policies: { commits: "Never use --no-verify." },
        tools: {
          rg: {
            pkg: packageOf("ripgrep-14", { mainProgram: "rg" }),
            preferOver: ["grep"],
            examples: ["rg -n x"],
          },
        },
        system: { type: "NixOS", version: "24.11" },
      }),
    ).toEqual([
      "You are careful.",
      "# Policies\n\n## commits\n\nNever use --no-verify.",
      "# Tools\n\n## rg\n\nUse it instead of `grep`.\n\n```sh\nrg -n x\n```",
      "# System\n\n- System: NixOS 24.11",
    ]);
  });

  test("holds text as text: nothing is escaped, since no client reads it", () => {
    expect(systemOf({ persona: "Ask @platform.\n<!-- kept -->" })).toEqual(["Ask @platform.\n<!-- kept -->"]);
  });

  test("closes a fence that a text leaves open", () => {
    expect(systemOf({ policies: { a: "```sh\nls", b: "Be kind." } })).toEqual([
      "# Policies\n\n## a\n\n```sh\nls\n```\n\n## b\n\nBe kind.",
    ]);
  });

  test.each<[string, WritableSet]>([
    ["nothing", {}],
    ["blanks", { persona: " \n", policies: { a: "", b: "\t" } }],
    ["a tool that can be called, without preferences", { tools: { build: { command: "make" } } }],
  ])("is left out where there is %s", (_, context) => {
    expect(requestOf(context).body).not.toHaveProperty("system");
  });

  test("says that a text is not known where the context has only its hash", () => {
    const { body, omitted } = requestOf({ persona: hashed });
    expect(body).not.toHaveProperty("system");
    expect(omitted.map(({ path }) => path)).toContain("persona");
  });
});

describe("tools", () => {
  const toolsOf = (tools: WritableSet) => requestOf({ tools });

  test("with a command or a schema can be called; the others are programs to speak of", () => {
    const { body } = toolsOf({
      rg: { pkg: packageOf("ripgrep-14") },
      build: { command: ["make", "all"], description: "Builds it." },
      lint: { inputSchema: { type: "object" } },
    });
    expect(body.tools?.map(({ name, description }) => [name, description])).toEqual([
      ["build", "Builds it."],
      ["lint", "Runs: lint"],
    ]);
  });

  test("run a file of the repository by its path", () => {
    const { body } = toolsOf({ check: { command: [fileOf("./check.sh", "exit 1"), "--all"] } });
    expect(body.tools?.[0]?.description).toBe("Runs: ./check.sh --all");
  });

  test("without a schema take no arguments", () => {
    expect(toolsOf({ build: { command: "make" } }).body.tools?.[0]?.input_schema).toEqual({
      type: "object",
      properties: {},
      additionalProperties: false,
    });
  });

  test("have a schema that says object, which the API wants said", () => {
    const schema = { properties: { q: { type: "string" } } };
    expect(toolsOf({ find: { command: "find", inputSchema: schema } }).body.tools?.[0]?.input_schema).toEqual(
      {
        type: "object",
        ...schema,
      },
    );
  });

  test.each<[string, string, WritableSet, string]>([
    ["a blank in its name", "b c", { command: "x" }, "1 to 64 letters"],
    ["a dot in its name, which MCP allows", "x.y", { command: "x" }, "1 to 64 letters"],
    ["a name of 65 characters", "x".repeat(65), { command: "x" }, "1 to 64 letters"],
    ["a schema of another type", "a", { inputSchema: { type: "array" } }, 'type = "object"'],
    ["a choice at the top of its schema", "a", { inputSchema: { anyOf: [] } }, "takes no anyOf"],
    ["a property with a blank", "a", { inputSchema: { properties: { "b c": {} } } }, "name of a property"],
    ["properties that are none", "a", { inputSchema: { properties: [] } }, "attribute set of schemas"],
  ])("with %s are left out, and named", (_, name, tool, message) => {
    const { body, problems } = toolsOf({ [name]: tool, ok: { command: "true" } });
    expect(body.tools?.map((one) => one.name)).toEqual(["ok"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
  });

  test("that name a file of an input are omitted: where it lies is not known", () => {
    const { body, omitted } = requestOf(
      { tools: { guard: { command: ["sh", "<standards>/guard.sh"] } } },
      { inputs: ["standards"] },
    );
    expect(body).not.toHaveProperty("tools");
    expect(omitted.map(({ path }) => path)).toContain("tools.guard.command");
  });

  test("of one name: the first stands, and the second is a problem of the context", () => {
    const { context, problems } = snapshotOf({
      tools: [
        { name: "build", command: "make" },
        { name: "build", command: "rm -rf ." },
      ],
    });
    expect(problems).toHaveLength(1);
    const { body } = messagesRequest(context, { prompt: "x" });
    expect(body.tools?.map(({ name, description }) => [name, description])).toEqual([
      ["build", "Runs: make"],
    ]);
  });
});

describe("thinking and effort, by model", () => {
  const on: WritableSet = { settings: { alwaysThinkingEnabled: true } };
  const off: WritableSet = { settings: { alwaysThinkingEnabled: false } };
  const offAt = (effortLevel: string): WritableSet => ({
    settings: { alwaysThinkingEnabled: false, effortLevel },
  });
  const budget = (tokens: string): WritableSet => ({ env: { MAX_THINKING_TOKENS: tokens } });

  test.each<[string, WritableSet, string, unknown]>([
    ["nothing", {}, "claude-opus-5-5", undefined],
    ["on", on, "claude-opus-5-5", { type: "adaptive" }],
    ["on", on, "claude-sonnet-4-6", { type: "adaptive" }],
    ["on", on, "claude-sonnet-4-5", { type: "enabled", budget_tokens: 8_000 }],
    ["on", on, "claude-haiku-4-5-20251001", { type: "enabled", budget_tokens: 8_000 }],
    ["off", off, "claude-sonnet-4-5", { type: "disabled" }],
    ["off", off, "claude-opus-4-8", { type: "disabled" }],
    ["off", off, "claude-opus-5", { type: "disabled" }],
    ["off at high effort", offAt("high"), "claude-opus-5", { type: "disabled" }],
    ["off", off, "claude-sonnet-5-5", { type: "between_tools" }],
    ["a budget", budget("4000"), "claude-sonnet-4-5", { type: "enabled", budget_tokens: 4_000 }],
    [
      "a budget that is too small",
      budget("1"),
      "claude-sonnet-4-5",
      { type: "enabled", budget_tokens: 1_024 },
    ],
    [
      "a budget that is too large",
      budget("99999"),
      "claude-opus-4-5",
      { type: "enabled", budget_tokens: 15_999 },
    ],
    ["a budget of 0, which is off", budget("0"), "claude-sonnet-5", { type: "disabled" }],
  ])("%s, for %#: %j asked of %s", (_, context, model, thinking) => {
    const { body, problems } = requestOf(context, { model });
    expect(body.thinking).toEqual(thinking);
    expect(problems).toEqual([]);
    expect(limitBreaches(json(body))).toEqual([]);
  });

  test.each<[string, WritableSet, string, string]>([
    ["off for a model that always thinks", off, "claude-fable-5", "settings.alwaysThinkingEnabled"],
    ["off at an effort that needs it", offAt("xhigh"), "claude-opus-5", "settings.alwaysThinkingEnabled"],
    [
      "an effort for a model without",
      { settings: { effortLevel: "low" } },
      "claude-haiku-4-5",
      "settings.effortLevel",
    ],
    [
      "an effort that a model has not",
      { settings: { effortLevel: "xhigh" } },
      "claude-opus-4-6",
      "settings.effortLevel",
    ],
    [
      "an effort that is none",
      { env: { CLAUDE_CODE_EFFORT_LEVEL: "huge" } },
      "claude-opus-5",
      "env.CLAUDE_CODE_EFFORT_LEVEL",
    ],
  ])("%s is left out, and named", (_, context, model, path) => {
    const { body, problems } = requestOf(context, { model });
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(limitBreaches(json(body))).toEqual([]);
  });

  test("a budget has no room in a short answer", () => {
    const { body, problems } = requestOf(on, { model: "claude-sonnet-4-5", maxTokens: 1_024 });
    expect(body).not.toHaveProperty("thinking");
    expect(problems).toHaveLength(1);
  });

  test("nothing is guessed for a model that is not known", () => {
    const { body, omitted } = requestOf(
      { settings: { alwaysThinkingEnabled: true, effortLevel: "low" } },
      { model: "example-model" },
    );
    expect(body).not.toHaveProperty("thinking");
    expect(body).not.toHaveProperty("output_config");
    expect(omitted.map(({ path }) => path)).toEqual([
      "settings.effortLevel",
      "settings.alwaysThinkingEnabled",
    ]);
  });
});

describe("the model", () => {
  test.each<[string, WritableSet, string]>([
    ["an id stays", { model: "claude-sonnet-4-5" }, "claude-sonnet-4-5"],
    ["an id of a gateway stays", { model: "us.anthropic.claude-opus-5" }, "us.anthropic.claude-opus-5"],
  ])("%s", (_, context, model) => {
    const { body, problems } = withOwnModel(context);
    expect([body.model, problems]).toEqual([model, []]);
  });

  test.each<[string, WritableSet, string]>([
    ["no model", {}, "claude-opus-5-5"],
    ["an alias", { model: "sonnet" }, "claude-sonnet-5-5"],
    ["an alias with the client's suffix", { model: "Opus[1m]" }, "claude-opus-5-5"],
    ["an id with the client's suffix", { model: "claude-sonnet-4-5[1m]" }, "claude-sonnet-4-5"],
    [
      "an alias whose meaning the context sets",
      { model: "haiku", env: { ANTHROPIC_DEFAULT_HAIKU_MODEL: "claude-haiku-4-5" } },
      "claude-haiku-4-5",
    ],
    ["the best one", { model: "best" }, "claude-opus-5-5"],
    ["opusplan", { model: "opusplan" }, "claude-sonnet-5-5"],
    [
      "opusplan while planning",
      { model: "opusplan", permissions: { defaultMode: "plan" } },
      "claude-opus-5-5",
    ],
    ["a word that is also a name of every object", { model: "constructor" }, "constructor"],
  ])("%s becomes an id, with a note", (_, context, model) => {
    const { body, problems } = withOwnModel(context);
    expect(body.model).toBe(model);
    expect(problems.map(({ path }) => path)).toEqual(model === "constructor" ? [] : ["model"]);
  });

  test("writes at most what it can", () => {
    const { body, problems } = requestOf({}, { model: "claude-haiku-4-5", maxTokens: 100_000 });
    expect([body.max_tokens, problems.map(({ path }) => path)]).toEqual([64_000, ["max_tokens"]]);
  });
});

describe("the cache", () => {
  const context: WritableSet = { persona: "You.", tools: { a: { command: "a" }, b: { command: "b" } } };
  const hour = { type: "ephemeral", ttl: "1h" };

  test("has one breakpoint behind the tools and one behind the system prompt", () => {
    const { tools, system } = requestOf(
      { ...context, system: { type: "x", version: "1" } },
      { cache: "1h" },
    ).body;
    expect(tools?.map((tool) => tool.cache_control)).toEqual([undefined, hour]);
    expect(system?.map((block) => block.cache_control)).toEqual([undefined, hour]);
  });

  test.each<[CacheTime, unknown]>([
    ["1h", hour],
    ["5m", { type: "ephemeral" }],
    ["none", undefined],
  ])("is kept for %s", (cache, control) => {
    expect(requestOf(context, { cache }).body.system?.[0]?.cache_control).toEqual(control);
  });

  test.each<[string, number, boolean]>([
    ["claude-opus-5", 100, true],
    ["claude-opus-5", 4_000, false],
    ["claude-haiku-4-5", 4_000, true],
    ["example-model", 1, false],
  ])("%s with a persona of %i characters is said to be too short: %s", (model, length, said) => {
    const { problems } = requestOf({ persona: "x".repeat(length) }, { model, cache: "1h" });
    expect(problems.some(({ path }) => path === "cache")).toBe(said);
  });
});

test("without a prompt the body holds what all prompts share", () => {
  expect(requestOf({ persona: "You." }, { prompt: null }).body.messages).toEqual([]);
});

test("half a character becomes one that can be sent", () => {
  const { body } = requestOf({ persona: "a\ud800b" }, { prompt: "\udc00" });
  expect(body.system?.[0]?.text).toBe("a\ufffdb");
  expect(limitBreaches(json(body))).toEqual([]);
});

test("a prompt of a megabyte passes, one of 40 does not", () => {
  expect(limitBreaches(json(requestOf({}, { prompt: "x".repeat(2 ** 20) }).body))).toEqual([]);
  expect(limitBreaches(json(requestOf({}, { prompt: "x".repeat(40 * 2 ** 20) }).body))).not.toEqual([]);
});

const settings = fc.record(
  {
    alwaysThinkingEnabled: fc.boolean(),
    effortLevel: fc.constantFrom("low", "medium", "high", "xhigh", "max", "huge", ""),
  },
  { requiredKeys: [] },
);

test("whatever the context says, the body keeps the limits, and holds no sampling values", () => {
  fc.assert(
    fc.property(
      anyContext,
      settings,
      fc.constantFrom(undefined, "opus", "example-model", ...KNOWN_MODELS),
      fc.integer({ min: 1, max: 200_000 }),
      fc.constantFrom<CacheTime>("1h", "5m", "none"),
      fc.string({ unit: "binary", minLength: 1 }).filter((text) => text.trim() !== ""),
      (context, said, model, maxTokens, cache, prompt) => {
        const whole = { ...context, settings: { ...(context.settings as object), ...said } as Writable };
        const snapshot = snapshotOf(whole);
        const options = { prompt, maxTokens, cache, ...(model === undefined ? {} : { model }) };
        const { body } = messagesRequest(snapshot.context, options);
        expect(limitBreaches(json(body))).toEqual([]);
        expect(JSON.stringify(body)).not.toMatch(/"(?:temperature|top_p|top_k)":/);
      },
    ),
  );
});
