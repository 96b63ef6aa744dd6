import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterEach, describe, expect, test } from "vitest";
import { nixVersions } from "../support/nix.ts";
import { createDirectory } from "../support/repository.ts";
import { createStore, stubPackages } from "./support.ts";

/** A program that prints each word it is called with, and one variable. */
const SAY = '#!/bin/sh\nprintf "%s" "$LIMIT"; for word; do printf "[%s]" "$word"; done\n';

/** Where `nix` is found by those who look for it on PATH. */
const bin = createDirectory("nixclaude-words-");
writeFileSync(join(bin, "nix"), SAY, { mode: 0o755 });
const script = join(createDirectory("nixclaude-script-"), "say");
writeFileSync(script, SAY, { mode: 0o755 });

const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

/** The official client, connected to a program. */
async function connect(command: string): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  clients.push(client);
  const env = { PATH: `${bin}:/usr/bin:/bin` };
  await client.connect(new StdioClientTransport({ command, env, stderr: "ignore" }));
  return client;
}

async function call(client: Client, name: string, given: Record<string, unknown> = {}) {
  const result = await client.callTool({ name, arguments: given });
  const [content] = result.content as { text?: string }[];
  return { text: content?.text, isError: result.isError === true };
}

const NIX_TOOLS = `{
  name = "nix-tools";
  tools = [
    {
      name = "nix-search";
      description = "Searches nixpkgs";
      inputSchema = { type = "object"; properties.query.type = "string"; required = [ "query" ]; };
      command = "nix search nixpkgs";
    }
  ];
}`;

describe.each(nixVersions())("on Nix $version", (nix) => {
  const store = createStore(nix);
  const pkgs = stubPackages(nix);
  const server = (argument: string) =>
    `let
      pkgs = ${pkgs};
      say = pkgs.runCommand "say-2" { pname = "say"; version = "2"; } ''mkdir -p $out/bin; cp \${${script}} $out/bin/say'';
    in (import ${resolve("nix/lib")}).mkMcpServer { inherit pkgs; } (${argument})`;
  const tool = (attributes: string) => `{ name = "s"; tools.t = { description = "d"; ${attributes} }; }`;
  const failure = (expression: string) => {
    try {
      return `built ${store.build(expression)}`;
    } catch (error) {
      return String(error);
    }
  };

  test("a server is a program of its name, which the official client lists and calls", async () => {
    const built = store.build(server(NIX_TOOLS));
    expect(readdirSync(join(built, "bin"))).toEqual(["nix-tools"]);
    const client = await connect(join(built, "bin/nix-tools"));
    expect(client.getServerVersion()).toMatchObject({ name: "nix-tools" });
    const { tools } = await client.listTools();
    expect(tools).toMatchObject([{ name: "nix-search", inputSchema: { required: ["query"] } }]);
    expect(await call(client, "nix-search", { query: "ripgrep" })).toEqual({
      text: "[search][nixpkgs][ripgrep]",
      isError: false,
    });
  });

  test("what stands in an argument stays one word", async () => {
    const client = await connect(join(store.build(server(NIX_TOOLS)), "bin/nix-tools"));
    const query = "a; rm -rf ~ $(id) `id` \"'\n*";
    expect((await call(client, "nix-search", { query })).text).toBe(`[search][nixpkgs][${query}]`);
  });

  test("packages, paths and variables get into commands, and the server depends on them", async () => {
    const built = store.build(
      server(
        `{
        name = "words";
        version = "3";
        env.LIMIT = 5;
        runtimeInputs = [ say ];
        tools = {
          by-package = { description = "d"; pkg = say; };
          by-words = { description = "d"; command = [ say "--data" say \${script} 7 ]; };
          by-path = { description = "d"; command = ${script}; };
          by-text = { description = "d"; command = "\${say}/bin/say 'two words'"; env.LIMIT = "6"; };
          by-name = { description = "d"; command = "say it"; };
        };
      }`.replace("${script}", script),
      ),
    );
    const client = await connect(join(built, "bin/words"));
    expect(client.getServerVersion()).toEqual({ name: "words", version: "3" });
    const place = (pattern: string) =>
      new RegExp(`^${pattern.replaceAll("STORE", `${store.directory}/[a-z0-9]{32}`)}$`);
    expect((await call(client, "by-package")).text).toBe("5");
    expect((await call(client, "by-words")).text).toMatch(
      place("5\\[--data\\]\\[STORE-say-2\\]\\[STORE-say\\]\\[7\\]"),
    );
    expect((await call(client, "by-path")).text).toBe("5");
    expect((await call(client, "by-text")).text).toBe("6[two words]");
    expect((await call(client, "by-name")).text).toBe("5[it]");
    const references = store.nix("path-info", "--recursive", built).stdout;
    expect(references).toMatch(/-say-2\n/);
    expect(references).toMatch(/-nixclaude-/);
  });

  test("it says by which rules its tools are approved, and what a package has to say", () => {
    expect(
      store.evaluate(
        `let server = ${server(NIX_TOOLS)}; in { inherit (server) pname rules rule; inherit (server.meta) mainProgram; }`,
      ),
    ).toEqual({
      pname: "nix-tools",
      mainProgram: "nix-tools",
      rule: "mcp__nix-tools",
      rules: { "nix-search": "mcp__nix-tools__nix-search" },
    });
  });

  test("a quote in a variable stays in it", async () => {
    const argument = `{ name = "s"; env.LIMIT = "'; exit 1 #$(id)"; tools.t = { description = "d"; command = "nix"; }; }`;
    const client = await connect(join(store.build(server(argument)), "bin/s"));
    expect((await call(client, "t")).text).toBe("'; exit 1 #$(id)");
  });

  test("all mistakes are named while evaluating, as docs/nix.md shows", () => {
    const search = `name = "nix-search"; command =`;
    const tools = `[ { ${search} "nix search nixpkgs"; } { ${search} ""; description = "d"; } ]`;
    const shown = /^error: mkMcpServer: [^`]*`nix tools`.*\n(?: {2}- .*\n)+/m.exec(
      readFileSync("docs/nix.md", "utf8"),
    )![0];
    const said = failure(server(`{ name = "nix tools"; tools = ${tools}; }`));
    expect(said.replaceAll(/^ {7}/gm, "")).toContain(shown.replace("error: ", ""));
  });

  test.each([
    [
      "a program that its package does not have",
      `command = "\${say}/bin/shout";`,
      /tool t: there is no program .*-say-2\/bin\/shout/,
    ],
    [
      "a package without its main program",
      `pkg = say // { meta.mainProgram = "shout"; };`,
      /there is no program .*bin\/shout/,
    ],
    ["a placeholder without an argument", `command = "nix search {query}";`, /query/],
    [
      "a schema that is none",
      `command = "nix"; inputSchema = { type = "object"; properties.a.type = "text"; };`,
      /inputSchema/,
    ],
  ])("%s is named while building", (_, attributes, says) => {
    expect(failure(server(tool(attributes)))).toMatch(says);
  });
});
