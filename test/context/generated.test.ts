import { readFileSync } from "node:fs";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { generatedFiles } from "../../scripts/compile-schemas.mjs";
import { DIRECTIONS, SURFACES } from "../../src/model/change.ts";
import { SEVERITIES } from "../../src/model/finding.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { PERMISSION_MODES } from "../../src/model/permission.ts";

interface SchemaNode {
  description?: string;
  examples?: unknown[];
  enum?: string[];
  not?: object;
  properties?: Record<string, SchemaNode | boolean>;
}

const schema = JSON.parse(readFileSync("schema/claude-context.schema.json", "utf8")) as SchemaNode & {
  $defs: Record<string, SchemaNode>;
};

test.each(Object.entries(generatedFiles()))(
  "%s is what the schema gives; node scripts/compile-schemas.mjs writes it",
  (path, content) => {
    expect(readFileSync(path, "utf8") === content).toBe(true);
  },
);

test("the validator needs no module at run time, so that no compiler of schemas is loaded", async () => {
  const bundle = await build({
    entryPoints: ["src/context/index.ts"],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(bundle.metafile.inputs);
  expect(inputs.filter((input) => input.includes("node_modules/ajv"))).toEqual([]);
  expect(inputs).toContain("src/context/generated/validate.js");
});

test.each<[string, SchemaNode]>([["claudeContext", schema], ...Object.entries(schema.$defs)])(
  "every key of %s has a description and an example",
  (_, place) => {
    for (const [key, property] of Object.entries(place.properties ?? {})) {
      // What the JSON view adds is no key of the user's.
      if (typeof property === "boolean" || key === "$nix" || key === "content") continue;
      expect(property.description, key).toMatch(/\.$/);
      if (property.not === undefined) expect(property.examples?.length, key).toBeGreaterThan(0);
    }
  },
);

test("the schema knows the same words as the types", () => {
  const { constraint, mode, clientMode } = schema.$defs as Record<string, SchemaNode>;
  const { changes, severity } = constraint!.properties as Record<string, SchemaNode>;
  expect(Object.keys(changes!.properties!)).toEqual(["fromInputs", ...DIRECTIONS, ...SURFACES]);
  expect(mode!.enum!.filter((word) => word !== "manual")).toEqual([...PERMISSION_MODES]);
  expect(clientMode!.enum).toEqual(mode!.enum);
  expect(severity!.enum).toEqual([...SEVERITIES]);
});

test("the published schema of constraints stands alone", () => {
  const constraints = JSON.parse(readFileSync("schema/constraints.schema.json", "utf8")) as JsonObject & {
    $defs: JsonObject;
  };
  const refs = [...JSON.stringify(constraints).matchAll(/"#\/\$defs\/([^"]+)"/g)].map((match) => match[1]!);
  expect(refs.filter((name) => constraints.$defs[name] === undefined)).toEqual([]);
  expect(refs).toContain("constraint");
});

test("every link of the reference leads to one of its sections", () => {
  const reference = readFileSync("docs/claude-context.md", "utf8");
  const anchors = [...reference.matchAll(/<a id="([^"]+)">/g)].map((match) => match[1]!);
  const links = [...reference.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1]!);
  expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
  expect(links).toContain("constraint");
});
