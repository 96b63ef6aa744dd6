import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutListIndex } from "../../src/diff/index.ts";
import { SURFACES } from "../../src/model/change.ts";
import { snapshotOf, type WritableSet } from "../support/context.ts";
import { ABSENT, changesBetween, changesOf } from "./support.ts";

const RICH: WritableSet = {
  persona: "Careful.",
  tools: { rg: { description: "Searches." } },
  policies: { b: "B.", a: "A." },
  permissions: { allow: ["Bash(git status)"], deny: ["WebFetch"], defaultMode: "plan" },
  mcpServers: { notes: { command: "notes" } },
  skills: { s: { description: "S.", text: "S." } },
  hooks: { Stop: [{ hooks: [{ type: "command", command: "x" }] }] },
  env: { EDITION: "2" },
  sandbox: { enabled: true },
  settings: { theme: "dark" },
};

test("changes are numbered in the order of surfaces, then of paths", () => {
  const changes = changesBetween({}, RICH);
  expect(changes.map(({ id }) => id)).toEqual(changes.map((_, index) => `c${index + 1}`));
  const ranks = changes.map(({ surface }) => SURFACES.indexOf(surface));
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  const policies = changes.filter(({ surface }) => surface === "policies").map(({ path }) => path);
  expect(policies).toEqual(["policies.a", "policies.b"]);
});

test("rules of one list stand in the order of the list", () => {
  const allow = Array.from({ length: 12 }, (_, index) => `Bash(tool${index} *)`);
  const paths = changesBetween({}, { permissions: { allow } }).map(({ path }) => path);
  expect(paths).toEqual(allow.map((_, index) => `permissions.allow[${index}]`));
});

test("nothing differs from itself", () => {
  expect(changesBetween(RICH, RICH)).toEqual([]);
});

test("what is added one way is removed the other way, with the same values", () => {
  const forth = changesBetween({}, RICH);
  const back = changesBetween(RICH, {});
  expect(back.map(({ path, before }) => ({ path, value: before }))).toEqual(
    forth.map(({ path, after }) => ({ path, value: after })),
  );
});

test("fingerprints do not depend on the place in a list", () => {
  const alone = changesBetween({}, { permissions: { allow: ["WebFetch"] } });
  const last = changesBetween(
    { permissions: { allow: ["WebSearch"] } },
    { permissions: { allow: ["WebSearch", "WebFetch"] } },
  );
  expect(last[0]?.fingerprint).toBe(alone[0]?.fingerprint);
  expect(alone[0]?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
});

test("the order in which lists and sets are written changes nothing", () => {
  const rules = fc.uniqueArray(
    fc.constantFrom("Bash(git *)", "Bash(npm test)", "WebFetch", "Edit(src/**)", "Read"),
  );
  fc.assert(
    fc.property(rules, rules, fc.boolean(), (allow, deny, reversed) => {
      const shuffled = (list: string[]) => (reversed ? [...list].reverse() : list);
      const before = { permissions: { allow, deny } };
      const after = { permissions: { deny: shuffled(deny), allow: shuffled(allow) } };
      expect(changesBetween(before, after)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test("a change has the position of its value, on the side that has it, or of the nearest thing around it", () => {
  const position = (line: number) => ({ file: "flake.nix", line, column: 3 });
  const before = snapshotOf({ policies: { gone: "Ask." } }, { positions: { "policies.gone": position(4) } });
  const after = snapshotOf(
    { permissions: { allow: ["WebFetch"] } },
    { positions: { "permissions.allow": position(9) } },
  );
  expect(changesOf(before, after).map((change) => [change.path, change.position?.line])).toEqual([
    ["permissions.allow[0]", 9],
    ["policies.gone", 4],
  ]);
});

test("no context on either side is no change", () => {
  expect(changesOf(ABSENT, ABSENT)).toEqual([]);
});

test.each([
  ["permissions.allow[3]", "permissions.allow"],
  ["hooks.Stop[0].hooks[12]", "hooks.Stop.hooks"],
  ['policies."a[3]"', 'policies."a[3]"'],
  ["persona", "persona"],
])("%s without list indices is %s", (path, expected) => {
  expect(withoutListIndex(path)).toBe(expected);
});
