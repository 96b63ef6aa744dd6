import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { SessionFile, SessionResult } from "../../src/model/client-session.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { CLIENT_VERSIONS, session } from "../artifacts/with-client/session.ts";
import { shown } from "./page.ts";
import { SERVER } from "./support.ts";

/* The real client, in its closed box, with the server of docs/mcp.md as `.mcp.json` names it. */

const NODE = "/run/nixclaude/node";
const PREFIX = "mcp__nix-tools__";
const [SEARCH, LOG, TRAFFIC] = [`${PREFIX}nix-search`, `${PREFIX}nix-log`, `${PREFIX}traffic`];
const CALLS: [tool: string, args: Record<string, string>][] = [
  [SEARCH, { query: "ripgrep; rm -rf ~ $(id)" }],
  [LOG, { package: "ripgrep" }],
  [SEARCH, { query: "--impure" }],
];

const page = JSON.parse(shown("tools")) as { tools: (JsonObject & { command: string | string[] })[] };
const [search] = page.tools;
/** The box has no Nix: what would be run is printed. What the client has said so far is a tool of its own. */
const tools = {
  ...page,
  tools: [
    ...page.tools.map((tool) => ({
      ...tool,
      command: typeof tool.command === "string" ? `echo ${tool.command}` : ["echo", ...tool.command],
    })),
    { name: "traffic", description: "What the client has said.", command: ["cat", "/home/u/proj/traffic"] },
  ],
};

/** The server's program with the files that it loads, the tools, and the files of the client. */
function files(): SessionFile[] {
  const folder = dirname(SERVER);
  const program = readdirSync(folder).filter((file) => /^mcp\b.*\.js$/.test(file));
  return [
    ...program.map((file) => ({
      path: `~/server/${basename(file)}`,
      text: readFileSync(join(folder, file), "utf8"),
    })),
    { path: "~/server/package.json", text: '{ "type": "module" }' },
    { path: "~/server/tools.json", text: JSON.stringify(tools) },
    { path: "~/server/serve.sh", text: `tee traffic | ${NODE} ~/server/mcp.js ~/server/tools.json\n` },
    {
      path: ".mcp.json",
      text: JSON.stringify({
        // Newer clients would tell the model only the names, until it asks for more.
        mcpServers: { "nix-tools": { command: "sh", args: ["/home/u/server/serve.sh"], alwaysLoad: true } },
      }),
    },
    { path: ".claude/settings.json", text: JSON.stringify({ permissions: { allow: [SEARCH, TRAFFIC] } }) },
  ];
}

/** What the client said to the server before it called a tool: methods, with the revision of the first. */
function opening(result: SessionResult): string[] {
  const messages = result.answers
    .at(-1)!
    .message.split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { method: string; params?: JsonObject });
  const revision = /"(?:protocolVersion|io\.modelcontextprotocol\/protocolVersion)":"([\d-]+)"/;
  const said = messages.filter(({ method }) => method !== "tools/call");
  return said.map(({ method, params }, index) =>
    index === 0 ? `${method} (${revision.exec(JSON.stringify(params))?.[1]})` : method,
  );
}

function transcript(result: SessionResult): string {
  const offered = result.request.tools.map(({ name }) => name).filter((name) => name.startsWith(PREFIX));
  const named = offered.filter((name) => name !== TRAFFIC).sort();
  const lines = [
    ...opening(result).map((method) => ["client", method]),
    ["offered", named.join(", ")],
    ...CALLS.flatMap(([tool, args], index) => [
      ["model", `${tool} ${JSON.stringify(args)}`],
      [result.answers[index]!.kind, result.answers[index]!.message.trim()],
    ]),
  ];
  return lines.map(([who, what]) => `${who!.padEnd(9)}${what}\n`).join("");
}

describe.each(CLIENT_VERSIONS)("%s with a server of a tools file", (version) => {
  let result: SessionResult;
  beforeAll(async () => {
    const calls = [...CALLS, [TRAFFIC, {}] as const];
    result = await session(version, {
      files: files(),
      calls: calls.map(([tool, parameters]) => ({ tool, argument: "", parameters })),
    });
  });

  test("connects, and offers the model the tools as the file describes them", () => {
    expect(result.mcpServers).toEqual([{ name: "nix-tools", status: "connected" }]);
    expect(result.tools).toEqual(expect.arrayContaining([LOG, SEARCH, TRAFFIC]));
    const offered = result.request.tools.filter(({ name }) => name.startsWith("mcp__"));
    expect(offered.map(({ name }) => name).sort()).toEqual([LOG, SEARCH, TRAFFIC]);
    expect(offered.find(({ name }) => name === SEARCH)).toEqual({
      name: SEARCH,
      description: search!.description,
      inputSchema: search!.inputSchema,
    });
  });

  test("runs the tool that the settings approve, with the argument as one word", () => {
    expect(result.answers[0]).toEqual({
      kind: "runs",
      message: expect.stringContaining("nix search nixpkgs ripgrep; rm -rf ~ $(id)"),
    });
  });

  test("asks for the other", () => {
    expect(result.answers[1]!.kind).toBe("prompts");
  });

  test("tells the model why a call was not run", () => {
    expect(result.answers[2]!.message).toContain("Nothing was run: the word of arguments.query");
  });

  test("speaks the newest revision that it knows", () => {
    expect(opening(result)).toEqual(
      version === DEFAULT_CLIENT
        ? ["server/discover (2026-07-28)", "tools/list"]
        : ["initialize (2025-11-25)", "notifications/initialized", "tools/list"],
    );
  });

  if (version === DEFAULT_CLIENT) {
    test("does what docs/mcp.md shows", () => {
      expect(transcript(result)).toBe(shown("transcript"));
    });
  }
});
