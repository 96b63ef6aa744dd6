import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { renderContextFile } from "../../src/check/rendering/index.ts";
import { readContextJson, readFromStore } from "../../src/files/context-json.ts";
import type { Json } from "../../src/model/json.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { createDirectory } from "../support/repository.ts";

/** A store with these files; `HASH` stands for what is in front of a name there. */
function storeWith(files: Record<string, string | Uint8Array>): {
  store: string;
  at: (name: string) => string;
} {
  const store = createDirectory();
  const at = (name: string) => join(store, `${"0".repeat(32)}-${name}`);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
  }
  return { store, at };
}

function contextFile(context: Json): string {
  const file = join(createDirectory(), "context.json");
  writeFileSync(file, JSON.stringify(context));
  return file;
}

function render(context: Json, store: string) {
  const value = readContextJson(contextFile(context), store);
  return renderContextFile({
    value,
    label: "context.json",
    client: DEFAULT_CLIENT,
    read: (path) => readFromStore(path, store),
  });
}

test("names of things in the store stand for texts, skills and packages", async () => {
  const { store, at } = storeWith({
    "persona.md": "You keep the payment service.\n",
    "review/SKILL.md": "---\nname: review\ndescription: d\n---\nRead.\n",
    "review/scripts/look.sh": "#!/bin/sh\n",
    "review/logo.png": new Uint8Array([0, 1, 2, 255]),
    "tickets-1.0/bin/tickets-mcp": "x",
  });
  chmodSync(at("review/scripts/look.sh"), 0o555);
  const { rendered } = await render(
    {
      version: "2025-01",
      persona: at("persona.md"),
      skills: { review: at("review") },
      mcpServers: { tickets: at("tickets-1.0") },
      hooks: {
        Stop: [{ hooks: [{ type: "command", command: `${at("tickets-1.0")}/bin/tickets-mcp --done` }] }],
      },
    },
    store,
  );
  expect(rendered).toMatchObject({ problems: [], omitted: [] });
  const texts = Object.fromEntries(rendered.files.map(({ path, text }) => [path, text]));
  expect(texts["CLAUDE.md"]).toContain("You keep the payment service.");
  expect(texts[".mcp.json"]).toContain('"command": "tickets-mcp"');
  expect(texts[".claude/settings.json"]).toContain(`${at("tickets-1.0")}/bin/tickets-mcp --done`);
  expect(texts[".claude/skills/review/SKILL.md"]).toContain("name: review");
  expect(rendered.beside.map(({ path, executable, bytes }) => [path, executable, bytes.length])).toEqual([
    [".claude/skills/review/logo.png", false, 4],
    [".claude/skills/review/scripts/look.sh", true, 10],
  ]);
});

test.each<[what: string, name: (at: (name: string) => string) => string]>([
  ["a way out of the store", (at) => `${at("x")}/../../outside/secret`],
  ["a link out of the store", (at) => at("link")],
  ["a file behind such a link", (at) => `${at("links")}/out/secret`],
  ["something that is not there", (at) => at("nothing")],
  ["a file beside the store", (at) => join(dirname(dirname(at("x"))), "outside/secret")],
])("%s is a text like any other, and is not read", async (_, name) => {
  const holder = createDirectory();
  const store = join(holder, "store");
  const at = (base: string) => join(store, `${"0".repeat(32)}-${base}`);
  mkdirSync(join(at("links")), { recursive: true });
  mkdirSync(at("x"));
  mkdirSync(join(holder, "outside"));
  writeFileSync(join(holder, "outside/secret"), "secret");
  symlinkSync(join(holder, "outside"), join(at("links"), "out"));
  symlinkSync(join(holder, "outside/secret"), at("link"));
  const value = readContextJson(contextFile({ version: "2025-01", persona: name(at) }), store);
  expect(value).toMatchObject({ entries: { persona: { kind: "scalar", value: name(at) } } });
  expect(await readFromStore(name(at), store)).toBeNull();
  // A name in the place of a text is a mistake, whatever it names.
  await expect(render({ version: "2025-01", persona: name(at) }, store)).rejects.toMatchObject({
    code: "context-invalid",
  });
});

test("links in a skill are left out, and said to be", async () => {
  const { store, at } = storeWith({ "review/SKILL.md": "---\nname: review\ndescription: d\n---\n" });
  symlinkSync("/etc/passwd", join(at("review"), "passwd"));
  const { rendered } = await render({ version: "2025-01", skills: [at("review")] }, store);
  expect(rendered.beside).toEqual([]);
  expect(rendered.omitted).toEqual([
    { path: "skills.review", reason: "it is a symbolic link, or a file of an input that is no text: passwd" },
  ]);
});

test.each<[what: string, text: string, code: string]>([
  ["no JSON", "{", "context-not-json"],
  ["a list", "[]", "context-not-json"],
])("%s is no context", (_, text, code) => {
  const file = join(createDirectory(), "context.json");
  writeFileSync(file, text);
  expect(() => readContextJson(file)).toThrow(expect.objectContaining({ code }));
});

test("a context of another version, or nested beyond the limit, is not rendered", async () => {
  const deep = JSON.parse(`${'{"a":'.repeat(100)}1${"}".repeat(100)}`) as Json;
  await expect(render({ version: "2099-01" }, "/nowhere")).rejects.toMatchObject({
    code: "context-version-unknown",
  });
  await expect(render({ version: "2025-01", settings: { deep } }, "/nowhere")).rejects.toMatchObject({
    code: "context-limit",
  });
});
