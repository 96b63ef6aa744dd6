import { expect, test } from "vitest";
import { fileOf, RawLeaf, type WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

/** A text that names a file with this content. */
const naming = (text: string, digest: string, path = "./x.sh") =>
  new RawLeaf({ kind: "scalar", value: text, references: { [path]: digest } });
const hook = (command: RawLeaf) => ({ hooks: { Stop: [{ hooks: [{ type: "command", command }] }] } });

test.each<[string, (digest: string) => WritableSet, string]>([
  ["a hook", (digest) => hook(naming("bash ./x.sh", digest)), "widens hooks.Stop[0].hooks[0] changed"],
  [
    "an MCP server's command",
    (digest) => ({ mcpServers: { db: { command: naming("./x.sh", digest) } } }),
    "widens mcpServers.db changed",
  ],
  [
    "an MCP server's argument",
    (digest) => ({ mcpServers: { db: { command: "sh", args: [naming("./x.sh", digest)] } } }),
    "widens mcpServers.db changed",
  ],
  [
    "an MCP server's variable",
    (digest) => ({ mcpServers: { db: { command: "db", env: { RC: naming("./x.sh", digest) } } } }),
    "widens mcpServers.db changed",
  ],
  [
    "a tool's command",
    (digest) => ({ tools: { t: { description: "t", command: ["sh", naming("./x.sh", digest)] } } }),
    "widens tools.t changed",
  ],
  [
    "a variable",
    (digest) => ({ env: { BASH_ENV: naming("./x.sh", digest) } }),
    "widens env.BASH_ENV changed",
  ],
  [
    "a status line",
    (digest) => ({ settings: { statusLine: { type: "command", command: naming("./x.sh", digest) } } }),
    "widens settings.statusLine changed",
  ],
  [
    "a helper",
    (digest) => ({ settings: { apiKeyHelper: naming("./x.sh", digest) } }),
    "widens settings.apiKeyHelper changed",
  ],
])("%s is another one when the file that it names is", (_what, context, change) => {
  expect(inShort(changesBetween(context("sha256:1"), context("sha256:2")))).toEqual([change]);
  expect(changesBetween(context("sha256:1"), context("sha256:1"))).toEqual([]);
});

test("says that the code changed, not the command line", () => {
  const [change] = changesBetween(hook(naming("./x.sh", "sha256:1")), hook(naming("./x.sh", "sha256:2")));
  expect(change!.summary).toContain("is other code now");
});

test.each<[string, WritableSet, WritableSet, string]>([
  [
    "that its text names",
    { command: naming("./x.sh", "sha256:1") },
    { command: naming("./x.sh", "sha256:2") },
    "content of `./x.sh`",
  ],
  [
    "that is a path",
    { command: "sh", args: [fileOf("./x.sh", "1")] },
    { command: "sh", args: [fileOf("./x.sh", "2")] },
    "content of `./x.sh`",
  ],
  [
    "beside another argument",
    { command: naming("./x.sh", "sha256:1") },
    { command: naming("./x.sh", "sha256:2"), args: ["-v"] },
    "args, content of `./x.sh`",
  ],
])("names the file of a server %s", (_what, before, after, words) => {
  const [change] = changesBetween({ mcpServers: { db: before } }, { mcpServers: { db: after } });
  expect(change!.summary).toContain(`MCP server \`db\` changed (${words}): runs `);
});

test("names a few of many files", () => {
  const names = ["./a", "./b", "./c", "./d", "./e"];
  const server = (digest: string) => ({
    mcpServers: { db: { command: "x", args: names.map((name) => naming(name, digest, name)) } },
  });
  const [change] = changesBetween(server("sha256:1"), server("sha256:2"));
  expect(change!.summary).toContain("(content of `./a`, content of `./b`, content of `./c`, 2 more files)");
});

test("an attribute of the user's cannot pretend to be what stands behind a command", () => {
  const server = (more: WritableSet) => ({ mcpServers: { db: { command: "./x.sh", ...more } } });
  const [change] = changesBetween(server({}), server({ $content: { command: "sha256:1" } }));
  expect(JSON.stringify(change?.after ?? null)).not.toContain('"$content"');
});
