import { chmodSync } from "node:fs";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import {
  LoggingMessageNotificationSchema,
  ResourceListChangedNotificationSchema,
  ToolListChangedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { afterEach, describe, expect, test } from "vitest";
import { PROGRAM, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository } from "../support/repository.ts";

const OWN = ["nixclaude_why", "nixclaude_check"];
const GREET = `greet = {
  description = "Greets somebody";
  command = [ "printf" "%s|" "{name}" ];
  inputSchema = { type = "object"; properties.name.type = "string"; required = [ "name" ]; };
};`;

const flake = (tools: string, more = "") =>
  `{\n  outputs = { self, ... }: {\n    claudeContext = {\n      version = "2025-01";\n      tools = { ${tools} };\n      ${more}\n    };\n  };\n}\n`;

const open: Client[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
});

interface Served {
  client: Client;
  names(): Promise<string[]>;
  call(name: string, given?: Record<string, unknown>): Promise<string>;
  read(name: string): Promise<string>;
  status(): Promise<Record<string, unknown>>;
  /** The next notification of this kind: to be asked for before it is brought about. */
  next(what: "tools" | "resources"): Promise<void>;
  logged: string[];
}

/** The official client at `nixclaude mcp`, started where a client of Claude would start it. */
async function serve(directory: string): Promise<Served> {
  const client = new Client({ name: "test", version: "1" });
  open.push(client);
  const waiting = { tools: [] as (() => void)[], resources: [] as (() => void)[] };
  const wake = (what: keyof typeof waiting) => () => {
    for (const listener of waiting[what].splice(0)) listener();
  };
  const logged: string[] = [];
  client.setNotificationHandler(ToolListChangedNotificationSchema, wake("tools"));
  client.setNotificationHandler(ResourceListChangedNotificationSchema, wake("resources"));
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
    logged.push(`${params.level}: ${String(params.data)}`);
  });
  const parameters = { command: process.execPath, args: [PROGRAM, "mcp"], cwd: directory };
  await client.connect(new StdioClientTransport({ ...parameters, env: userEnvironment(), stderr: "ignore" }));
  const read = async (name: string) => {
    const { contents } = await client.readResource({ uri: `nixclaude://${name}` });
    return (contents[0] as { text: string }).text;
  };
  return {
    client,
    logged,
    read,
    names: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, given = {}) => {
      const { content } = await client.callTool({ name, arguments: given });
      return (content as { text: string }[])[0]!.text;
    },
    status: async () => JSON.parse(await read("status")) as Record<string, unknown>,
    next: (what) => new Promise((resolve) => waiting[what].push(resolve)),
  };
}

describe("nixclaude mcp", () => {
  test("offers the tools that have a command and a schema, and runs them in the repository", async () => {
    const repository = createRepository({
      "flake.nix": flake(`${GREET}
        told = { description = "Only told of"; preferOver = [ "grep" ]; };
        where = { command = "pwd"; inputSchema.type = "object"; };
        file = { command = [ ./bin/say.sh ]; inputSchema.type = "object"; };`),
      "bin/say.sh": "#!/bin/sh\necho said\n",
      "deep/er/x": "",
    });
    chmodSync(join(repository.root, "bin/say.sh"), 0o755);
    const { names, call, client } = await serve(`${repository.root}/deep/er`);
    expect(await names()).toEqual(["file", "greet", "where", ...OWN]);
    const { tools } = await client.listTools();
    expect(tools[1]).toMatchObject({ description: "Greets somebody", inputSchema: { required: ["name"] } });
    expect(await call("greet", { name: "; rm -rf ~ $(id)\n-x" })).toBe("; rm -rf ~ $(id)\n-x|");
    expect(await call("greet", { nmae: "x" })).toMatch(/^Nothing was run/);
    expect(await call("where")).toBe(`${repository.root}\n`);
    expect(await call("file")).toBe("said\n");
  });

  test("offers the context as resources, with one digest for one context", async () => {
    const more = 'persona = "You keep the lamp."; policies.commits = "Never."; autoApprove = [ "Bash(ls)" ];';
    const served = await serve(createRepository({ "flake.nix": flake("", more) }).root);
    const { resources } = await served.client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(
      ["context", "instructions", "persona", "policies", "permissions", "status"].map(
        (name) => `nixclaude://${name}`,
      ),
    );
    expect(await served.read("persona")).toBe("You keep the lamp.");
    expect(await served.read("policies")).toBe("## commits\n\nNever.\n");
    expect(await served.read("instructions")).toContain("You keep the lamp.");
    expect(JSON.parse(await served.read("permissions"))).toMatchObject({
      rules: [{ list: "allow", text: "Bash(ls)", path: "autoApprove[0]" }],
    });
    const { digest } = JSON.parse(await served.read("context")) as { digest: string };
    expect(await served.status()).toMatchObject({ upToDate: true, failure: null, evaluated: { digest } });
    const elsewhere = await serve(createRepository({ "flake.nix": flake("", more), other: "x" }).root);
    expect(await elsewhere.status()).toMatchObject({ evaluated: { digest } });
  });

  test("follows the flake: every file that it is made of, and what is added to it", async () => {
    const repository = createRepository({
      "flake.nix": flake("inherit (import ./tools) greet;"),
      "tools/default.nix": `{ ${GREET} }`,
    });
    const { names, next } = await serve(repository.root);
    expect(await names()).toEqual(["greet", ...OWN]);

    const edited = [next("tools"), next("resources")];
    repository.write({ "tools/default.nix": `{ ${GREET.replace("Greets", "Welcomes")} }` });
    await Promise.all(edited);

    const added = next("tools");
    repository.write({
      "flake.nix": flake("inherit (import ./more/tools.nix) bye;"),
      "more/tools.nix": '{ bye = { command = "echo bye"; inputSchema.type = "object"; }; }',
    });
    repository.git("add", "-A");
    await added;
    expect(await names()).toEqual(["bye", ...OWN]);

    const inNewDirectory = next("tools");
    repository.write({ "more/tools.nix": '{ bye = { description = "No command."; }; }' });
    await inNewDirectory;
    expect(await names()).toEqual(OWN);

    const gone = next("tools");
    repository.write({ "flake.nix": "{ outputs = _: { }; }" });
    await gone;
    expect(await names()).toEqual([]);
  });

  test("keeps what worked while the flake does not evaluate, and says so everywhere", async () => {
    const repository = createRepository({ "flake.nix": flake(GREET) });
    const { names, call, next, status, logged } = await serve(repository.root);
    expect(await names()).toEqual(["greet", ...OWN]);
    const broken = next("resources");
    repository.write({ "flake.nix": flake(`${GREET} bad = throw "not today";`) });
    await broken;
    expect(await names()).toEqual(["greet", ...OWN]);
    expect(await call("greet", { name: "x" })).toBe("x|");
    expect(logged.at(-1)).toMatch(
      /^warning: the flake could not be evaluated, so what it said before .*not today/,
    );
    expect(await status()).toMatchObject({
      upToDate: false,
      failure: { code: "evaluation-failed", message: expect.stringContaining("not today") },
      tools: ["greet"],
    });
    expect(await call("nixclaude_check")).toMatch(/^It could not be told: .*not today/);

    const mended = next("resources");
    repository.write({ "flake.nix": flake(GREET) });
    await mended;
    expect(await status()).toMatchObject({ upToDate: true, failure: null });
  });

  test.each<[string, string, string[]]>([
    ["that never evaluated is offered nothing of", "{ oops", OWN],
    ["without a context has nothing to offer", "{ outputs = _: { }; }", []],
  ])("a flake %s", async (_, text, expected) => {
    const { names, status } = await serve(createRepository({ "flake.nix": text }).root);
    expect(await names()).toEqual(expected);
    expect(await status()).toMatchObject({ tools: [] });
  });

  test("a directory that is no repository has nothing to offer", async () => {
    const { names, status } = await serve(createDirectory());
    expect(await names()).toEqual([]);
    expect(await status()).toMatchObject({ evaluated: null, failure: { code: "not-a-repository" } });
  });

  test("a tool that cannot be offered keeps no other away, and is named with the reason", async () => {
    const tools = `${GREET}
      "two words" = { command = "x"; inputSchema.type = "object"; };
      nixclaude_why = { command = "x"; inputSchema.type = "object"; };
      list = { command = "x"; inputSchema.type = "array"; };
      shell = {
        command = [ "sh" "-c" "echo {name}" ];
        inputSchema = { type = "object"; properties.name.type = "string"; };
      };`;
    const { names, status } = await serve(createRepository({ "flake.nix": flake(tools) }).root);
    expect(await names()).toEqual(["greet", ...OWN]);
    const { leftOut } = (await status()) as { leftOut: { path: string; reason: string }[] };
    const reasons = Object.fromEntries(leftOut.map(({ path, reason }) => [path, reason]));
    expect(reasons['tools."two words"']).toMatch(/name of a tool/);
    expect(reasons["tools.nixclaude_why"]).toMatch(/of its own/);
    expect(reasons["tools.shell.command"]).toMatch(/would become part of code/);
    expect(reasons["tools.list.inputSchema"]).toMatch(/object/);
  });

  test("answers why a call is approved, and what has changed", async () => {
    const repository = createRepository({ "flake.nix": flake(GREET, 'autoApprove = [ "Bash(ls)" ];') });
    const { call, next } = await serve(repository.root);
    expect(await call("nixclaude_why", { call: "Bash(ls)" })).toMatch(/^`Bash\(ls\)` runs without asking\./);
    expect(await call("nixclaude_why", { call: "nonsense(" })).toMatch(/^It could not be told: /);
    const changed = next("resources");
    repository.write({ "flake.nix": flake(GREET, 'autoApprove = [ "Bash(git *)" ];') });
    await changed;
    expect(await call("nixclaude_check")).toContain("Bash(git push --force origin main)");
  });
});
