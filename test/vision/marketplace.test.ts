import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isJsonObject, type JsonObject } from "../../src/model/json.ts";

const ROOT = "hooks/client";
const json = (path: string) => JSON.parse(readFileSync(path, "utf8")) as JsonObject;

const marketplace = json(`${ROOT}/.claude-plugin/marketplace.json`);
const plugins = (marketplace.plugins as JsonObject[]).map((entry) => ({
  entry,
  manifest: json(join(ROOT, entry.source as string, ".claude-plugin/plugin.json")),
}));
const aboutPlugins = readFileSync("docs/plugin.md", "utf8");
const packaged = json("package.json");

test("the marketplace has the keys without which the client takes none", () => {
  expect(marketplace.name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  expect(isJsonObject(marketplace.owner!) && marketplace.owner.name).toBeTruthy();
  expect(plugins.length).toBeGreaterThan(0);
});

test.each(plugins)("the plugin $entry.name is where it says, and what it says", ({ entry, manifest }) => {
  // Relative to the directory that holds `.claude-plugin`, and inside it.
  expect(entry.source).toMatch(/^\.\/(?!.*\.\.)/);
  // The version is the plugin's own: one in both places would be another one some day.
  const { version, ...said } = manifest;
  expect({ source: entry.source, ...said }).toEqual(entry);
  expect(version).toBe(packaged.version);
});

test("the package has what the documentation tells to add and install", () => {
  expect(packaged.files).toContain(ROOT.split("/")[0]);
  expect(aboutPlugins).toContain(`claude plugin marketplace add ./node_modules/${packaged.name}/${ROOT}\n`);
  const names = [...aboutPlugins.matchAll(/claude plugin install (\S+)/g)].map((match) => match[1]);
  expect(names).toEqual(plugins.map(({ entry }) => `${entry.name}@${marketplace.name}`));
});
