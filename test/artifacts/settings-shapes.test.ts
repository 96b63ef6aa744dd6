import { describe, expect, test } from "vitest";
import { RenderNotes } from "../../src/artifacts/rendered.ts";
import { PERMISSION_SHAPES, SANDBOX_SHAPE, SETTING_SHAPES } from "../../src/artifacts/settings-shapes.ts";
import { fitting, record, type Shape } from "../../src/artifacts/shapes.ts";
import type { Json } from "../../src/model/json.ts";
import { recordedSettings, withKey } from "./recorded-settings.ts";

const FILE: Shape = record({
  ...SETTING_SHAPES,
  sandbox: SANDBOX_SHAPE,
  permissions: record(PERMISSION_SHAPES),
});

/** Surfaces of their own: a context holds these in one type, whatever was written. */
const ALWAYS_OF_THEIR_TYPE = new Set([
  "env",
  "hooks",
  "model",
  "permissions.additionalDirectories",
  "permissions.allow",
  "permissions.ask",
  "permissions.defaultMode",
  "permissions.disableBypassPermissionsMode",
]);
/** Of these the client takes any value and uses one type. */
const TAKEN_AND_UNUSED = new Set([
  "allowedMcpServers",
  "attribution",
  "deniedMcpServers",
  "extraKnownMarketplaces",
  "sandbox.network.strictAllowlist",
]);

const values = recordedSettings().filter(({ key }) => !ALWAYS_OF_THEIR_TYPE.has(key));

function isWritten(key: string, value: Json): boolean {
  const notes = new RenderNotes();
  fitting(withKey(key, value), FILE, "", notes);
  return notes.problems.length === 0;
}

const spelled = (wrong: typeof values) =>
  wrong.map(({ client, key, value }) => `${client} ${key} ${JSON.stringify(value)}`);

describe("values that the real client was given", () => {
  test("are many", () => {
    expect(values.length).toBeGreaterThan(1500);
  });
  test("are not written where a client drops the file for them", () => {
    expect(spelled(values.filter(({ key, value, kept }) => !kept && isWritten(key, value)))).toEqual([]);
  });
  test("are written where every client takes them, but for null, which says nothing", () => {
    const dropped = new Set(
      values.filter(({ kept }) => !kept).map(({ key, value }) => `${key} ${JSON.stringify(value)}`),
    );
    const refused = values.filter(
      ({ key, value, kept }) =>
        kept &&
        value !== null &&
        !TAKEN_AND_UNUSED.has(key) &&
        !dropped.has(`${key} ${JSON.stringify(value)}`) &&
        !isWritten(key, value),
    );
    expect(spelled(refused)).toEqual([]);
  });
});

test("of a list only the members that do not fit are left out, each with its path", () => {
  const notes = new RenderNotes();
  expect(fitting({ fallbackModel: ["a", 5, "b", null] }, FILE, "settings", notes)).toEqual({
    fallbackModel: ["a", "b"],
  });
  expect(notes.problems.map(({ path }) => path)).toEqual([
    "settings.fallbackModel[1]",
    "settings.fallbackModel[3]",
  ]);
});

test("a key named `__proto__` is a key like others", () => {
  const value = JSON.parse('{"skillOverrides":{"__proto__":"off","a":"off"}}') as Json;
  const written = fitting(value, FILE, "settings", new RenderNotes());
  expect(JSON.stringify(written)).toBe(JSON.stringify(value));
});
