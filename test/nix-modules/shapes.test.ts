import { expect, test } from "vitest";
import { RenderNotes } from "../../src/artifacts/rendered.ts";
import {
  HOOK_SHAPES,
  PERMISSION_SHAPES,
  SANDBOX_SHAPE,
  SETTING_SHAPES,
} from "../../src/artifacts/settings-shapes.ts";
import { fitting, record } from "../../src/artifacts/shapes.ts";
import type { Json } from "../../src/model/json.ts";
import { recordedSettings, withKey } from "../artifacts/recorded-settings.ts";
import { nixVersions } from "../support/nix.ts";
import { ROOT, resultOf } from "./support.ts";

const FILE = record({
  ...SETTING_SHAPES,
  sandbox: SANDBOX_SHAPE,
  permissions: record(PERMISSION_SHAPES),
  hook: record(HOOK_SHAPES),
});

/** At the bounds of numbers and texts, which no recording has for hooks. */
const HOOKS: Json[] = [0, 0.5, -1, "5", 600].map((timeout) => ({ command: "x", timeout }));
const VALUES: Json[] = [
  ...new Map(
    [
      ...recordedSettings().map(({ key, value }) => withKey(key, value)),
      ...HOOKS.map((command) => ({ hook: { command } })),
      { hook: { http: { url: "no address" } } },
      { hook: { http: { url: "https://example.com/a?b" } } },
      { hook: { command: { shell: "fish" } } },
      { hook: { prompt: {} } },
    ].map((value) => [JSON.stringify(value), value]),
  ).values(),
];

const BY_NIX = `
let
  fit = import ${ROOT}/nix/lib/render/shapes.nix;
  shapes = import ${ROOT}/nix/lib/render/client-shapes.nix;
  record = keys: { kind = "record"; inherit keys; required = [ ]; };
  file = record (shapes.settings // { inherit (shapes) sandbox; permissions = record shapes.permissions; hook = record shapes.hooks; });
in
map (value: { inherit (fit file "" value) value problems; }) (builtins.fromJSON (builtins.readFile ./values.json))`;

/** Nix orders attributes by name. */
function byPath(problems: readonly { path: string; message: string }[]) {
  return problems.map(({ path, message }) => `${path}: ${message}`).sort();
}

test.each(nixVersions())("on Nix $version, of every recorded value the same is taken", (nix) => {
  const made = resultOf(nix, BY_NIX, { "values.json": JSON.stringify(VALUES) }) as {
    value: Json;
    problems: { path: string; message: string }[];
  }[];
  const expected = VALUES.map((value) => {
    const notes = new RenderNotes();
    const fit = fitting(value, FILE, "", notes);
    return { of: value, value: fit, problems: byPath(notes.problems) };
  });
  expect(
    VALUES.map((value, index) => ({
      of: value,
      value: made[index]!.value,
      problems: byPath(made[index]!.problems),
    })),
  ).toEqual(expected);
  expect(VALUES.length).toBeGreaterThan(1000);
});
