import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { defaultNix, nixVersions } from "../support/nix.ts";
import { OWN_LIB } from "./module-world.ts";
import { ROOT, resultOf } from "./support.ts";

interface Schema {
  $ref?: string;
  description?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | false;
  items?: Schema;
  if?: Schema;
  then?: Schema;
  else?: Schema;
  $defs?: Record<string, Schema>;
}

const SCHEMA = JSON.parse(readFileSync(`${ROOT}/schema/claude-context.schema.json`, "utf8")) as Schema;

/** Of any shape, so that there is nothing below them. */
const WITHOUT_KEYS = ["json", "jsonObject", "clientObject"];

/** Every key that the schema knows, as a path of options, with its description. */
function keysOf(
  schema: Schema,
  path: string,
  seen: readonly string[] = [],
): [path: string, description: string][] {
  const { $ref } = schema;
  if ($ref !== undefined) {
    const name = $ref.replace("#/$defs/", "");
    return WITHOUT_KEYS.includes(name) || seen.includes(name)
      ? []
      : keysOf(SCHEMA.$defs![name]!, path, [...seen, name]);
  }
  const below = (part: Schema | undefined, step = "") =>
    part === undefined ? [] : keysOf(part, step === "" ? path : `${path}.${step}`, seen);
  const properties = Object.entries(schema.properties ?? {}).filter(
    ([key]) => key !== "$nix" && key !== "content",
  );
  return [
    ...properties.flatMap(([key, property]): [string, string][] => [
      [`${path}.${key}`, property.description!],
      ...below(property, key),
    ]),
    ...(schema.additionalProperties ? below(schema.additionalProperties, "<name>") : []),
    // What may be a list or a set by name is one of sets.
    ...(schema.additionalProperties ? [] : below(schema.items, "*")),
    ...(schema.else === undefined ? [] : [...below(schema.else), ...below(schema.else.then)]),
  ];
}

/** What modules add to the keys of a context. */
const OF_MODULES = [
  "claude.enable",
  "claude.context",
  "claude.contextOptions",
  "claude.managed.exclusiveMcpServers",
];

describe.each(nixVersions())("on Nix $version", (nix) => {
  test("every key of the schema has an option with its words, and the other way round", () => {
    const options = resultOf(
      nix,
      `import ${ROOT}/nix/modules/documentation.nix { lib = import ${OWN_LIB}; }`,
    ) as { path: string[]; description: string }[];
    const made = options.map(({ path, description }) => [path.join("."), description] as const);
    const expected = new Map(keysOf(SCHEMA, "claude"));
    expect(Object.fromEntries(made.filter(([path]) => !OF_MODULES.includes(path)))).toEqual(
      Object.fromEntries(expected),
    );
    expect(made.map(([path]) => path)).toEqual(expect.arrayContaining(OF_MODULES));
    expect(made.length).toBeGreaterThan(200);
  });
});

test("docs/options.md is what the modules say", () => {
  const directory = defaultNix().binary.replace(/\/[^/]+\/nix$/, "");
  const { status, stderr } = spawnSync(process.execPath, ["scripts/generate-option-docs.mjs", "--check"], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", NIXCLAUDE_NIX_DIR: directory },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});
