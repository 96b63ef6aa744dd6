import { expect, test } from "vitest";
import { withLinks } from "../../../src/check/provenance/links.ts";
import { parseLock } from "../../../src/lock/index.ts";
import type { Position } from "../../../src/model/position.ts";
import { snapshotOf } from "../../support/context.ts";

const REV = "0123456789abcdef0123456789abcdef01234567";
const node = (locked: object, inputs: object = {}) => ({
  locked: { narHash: "sha256-x", ...locked },
  original: locked,
  inputs,
});
const LOCK = parseLock(
  JSON.stringify({
    version: 7,
    root: "root",
    nodes: {
      root: { inputs: { standards: "standards", local: "local" } },
      standards: node({ type: "github", owner: "acme", repo: "standards", rev: REV }, { lib: "lib" }),
      lib: node({ type: "git", url: "https://codeberg.org/acme/lib", rev: REV }),
      local: node({ type: "git", url: "file:///srv/x", rev: REV }),
    },
  }),
);

const at = (input?: string): Position => ({
  file: "a.nix",
  line: 3,
  column: 1,
  ...(input !== undefined && { input }),
});

test.each<[string, Position, string | undefined]>([
  ["an input on a forge", at("standards"), `https://github.com/acme/standards/blob/${REV}/a.nix#L3`],
  ["an input of an input", at("standards/lib"), `https://codeberg.org/acme/lib/src/commit/${REV}/a.nix#L3`],
  ["an input that is no page", at("local"), undefined],
  ["an input that is not locked", at("other"), undefined],
  ["an organisation, whose revision no lock has", at("org:github:acme/standards"), undefined],
  ["this repository, whose pages nobody named", at(), undefined],
])("a place in %s", (_, position, url) => {
  const snapshot = snapshotOf(
    {},
    {
      positions: { persona: position },
      foreignPositions: { "input:standards x": position },
      problems: [{ path: "x", found: "y", expected: "z", dropsFile: false, position }],
    },
  );
  const linked = withLinks(LOCK, snapshot);
  const expected = { ...position, ...(url !== undefined && { url }) };
  expect(linked.positions).toEqual({ persona: expected });
  expect(linked.foreignPositions).toEqual({ "input:standards x": expected });
  expect(linked.problems[0]!.position).toEqual(expected);
});

test("without a lock there are no addresses", () => {
  const snapshot = snapshotOf({}, { positions: { persona: at("standards") } });
  expect(withLinks(null, snapshot).positions).toEqual(snapshot.positions);
});
