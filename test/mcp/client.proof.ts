import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { SessionFile, SessionResult } from "../../src/model/client-session.ts";
import { CLIENT_VERSIONS, session } from "../artifacts/with-client/session.ts";
import { SERVER, takes } from "./support.ts";

/* The real client, in its closed box, with a server of ours as `.mcp.json` names it. */

const NODE = "/run/nixclaude/node";
const SEARCH = "mcp__nix-tools__nix-search";
const BUILD = "mcp__nix-tools__nix-build";
const TRAFFIC = "mcp__nix-tools__traffic";

const description = "Searches nixpkgs for packages whose name or description fits.";
const inputSchema = takes({ query: { type: "string", description: "What to look for." } }, ["query"]);
/** Stands in for the command of the example, since the box has no Nix: it prints the words that Nix would be given. */
const TOOLS = {
  name: "nix-tools",
  instructions: "Look for a package before you build it.",
  tools: [
    { name: "nix-search", description, inputSchema, command: "echo nix search nixpkgs" },
    { name: "nix-build", description: "Builds a package.", inputSchema, command: "echo nix build" },
    { name: "traffic", description: "What the client has said.", command: ["cat", "/home/u/proj/traffic"] },
  ],
};

/** The server's program with the files that it loads, and the tools; what the client says to it is kept beside them. */
function files(): SessionFile[] {
  const folder = dirname(SERVER);
  const program = readdirSync(folder).filter((file) => /^mcp\b.*\.js$/.test(file));
  return [
    ...program.map((file) => ({
      path: `~/server/${basename(file)}`,
      text: readFileSync(join(folder, file), "utf8"),
    })),
    { path: "~/server/package.json", text: '{ "type": "module" }' },
    { path: "~/server/tools.json", text: JSON.stringify(TOOLS) },
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

describe.each(CLIENT_VERSIONS)("%s with a server of a tools file", (version) => {
  let result: SessionResult;
  beforeAll(async () => {
    const call = (tool: string, parameters: Record<string, string> = {}) => ({
      tool,
      argument: "",
      parameters,
    });
    result = await session(version, {
      files: files(),
      calls: [
        call(SEARCH, { query: "ripgrep; rm -rf ~ $(id)" }),
        call(BUILD, { query: "ripgrep" }),
        call(SEARCH, { query: "--impure" }),
        call(TRAFFIC),
      ],
    });
  });

  test("connects, and offers the model the tools as the file describes them", () => {
    expect(result.mcpServers).toEqual([{ name: "nix-tools", status: "connected" }]);
    expect(result.tools).toEqual(expect.arrayContaining([BUILD, SEARCH, TRAFFIC]));
    const offered = result.request.tools.filter(({ name }) => name.startsWith("mcp__"));
    expect(offered.map(({ name }) => name).sort()).toEqual([BUILD, SEARCH, TRAFFIC]);
    expect(offered.find(({ name }) => name === SEARCH)).toEqual({ name: SEARCH, description, inputSchema });
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
    expect(result.answers[2]!.message).toContain(
      "Nothing was run: the word of arguments.query begins with a dash",
    );
  });

  test("is spoken to in the newest revision that it knows", () => {
    const said = result.answers[3]!.message;
    expect(said).toContain('"method":"tools/list"');
    expect(said.includes('"method":"server/discover"')).toBe(version === "2.1.330");
    expect(said.includes('"method":"initialize"')).toBe(version !== "2.1.330");
  });
});
