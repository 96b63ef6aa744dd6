import { describe, expect, test } from "vitest";
import { attributeCauses, countEffects } from "../../src/causes/index.ts";
import type { Cause, Change } from "../../src/model/change.ts";
import type { InputChange } from "../../src/model/lock.ts";
import type { Position } from "../../src/model/position.ts";

const HERE: Position = { file: "flake.nix", line: 12, column: 5 };
const IN_STANDARDS: Position = { file: "claude.nix", line: 3, column: 5, input: "standards" };

function change(path: string, position?: Position): Change {
  return {
    id: "c1",
    fingerprint: "0123456789abcdef",
    surface: "policies",
    path,
    kind: "changed",
    direction: "incomparable",
    before: "a",
    after: "b",
    summary: "policy changed",
    causes: [],
    ...(position && { position }),
  };
}

function moved(path: string): InputChange {
  return { name: path.split("/").at(-1)!, path, kind: "moved", from: "aaa", to: "bbb", effects: 0 };
}

const input = (name: string): Cause => ({ kind: "input", name, from: "aaa", to: "bbb" });

interface Case {
  name: string;
  position?: Position;
  path?: string;
  files: string[];
  inputs: string[];
  causes: Cause[];
}

describe("causes", () => {
  test.each<Case>([
    {
      name: "only the lock moved, by one input: that input",
      position: HERE,
      files: ["flake.lock"],
      inputs: ["standards"],
      causes: [input("standards")],
    },
    {
      name: "only the lock moved, by several: the one whose tree holds the value",
      position: IN_STANDARDS,
      files: ["flake.lock"],
      inputs: ["nixpkgs", "standards"],
      causes: [input("standards")],
    },
    {
      name: "only the lock moved, and what moved lies below the one that holds the value",
      position: IN_STANDARDS,
      files: ["flake.lock"],
      inputs: ["nixpkgs", "standards/lib"],
      causes: [input("standards/lib")],
    },
    {
      name: "only the lock moved, by several that do not hold the value: all of them together",
      position: HERE,
      files: ["flake.lock"],
      inputs: ["nixpkgs", "standards"],
      causes: [{ kind: "joint", of: [input("nixpkgs"), input("standards")] }],
    },
    {
      name: "no input moved: the edit where the value stands",
      position: HERE,
      files: ["README.md", "flake.nix"],
      inputs: [],
      causes: [{ kind: "edit", file: "flake.nix", line: 12 }],
    },
    {
      name: "no input moved, and the value stands in a file that did not change: the Nix files that did",
      position: HERE,
      files: ["README.md", "modules/a.nix", "modules/b.nix"],
      inputs: [],
      causes: [
        { kind: "edit", file: "modules/a.nix" },
        { kind: "edit", file: "modules/b.nix" },
      ],
    },
    {
      name: "a file that carries the thing's name comes before all others",
      path: "skills.review",
      position: HERE,
      files: ["README.md", "default.nix", "skills/review/SKILL.md"],
      inputs: [],
      causes: [{ kind: "edit", file: "skills/review/SKILL.md" }],
    },
    {
      name: "of many files only the first are named",
      files: ["a.nix", "b.nix", "c.nix", "d.nix"],
      inputs: [],
      causes: [
        { kind: "edit", file: "a.nix" },
        { kind: "edit", file: "b.nix" },
        { kind: "edit", file: "c.nix" },
      ],
    },
    {
      name: "the lock file changed without moving an input: the edit of the lock file",
      position: HERE,
      files: ["flake.lock"],
      inputs: [],
      causes: [{ kind: "edit", file: "flake.lock" }],
    },
    {
      name: "both, and the value stands in the edited file: the edit",
      position: HERE,
      files: ["flake.lock", "flake.nix"],
      inputs: ["standards"],
      causes: [{ kind: "edit", file: "flake.nix", line: 12 }],
    },
    {
      name: "both, and the value stands in the moved input: together",
      position: IN_STANDARDS,
      files: ["flake.lock", "flake.nix"],
      inputs: ["standards"],
      causes: [{ kind: "joint", of: [{ kind: "edit", file: "flake.nix" }, input("standards")] }],
    },
    {
      name: "both, the value stands in the moved input, and no Nix code was edited: the input",
      position: IN_STANDARDS,
      files: ["README.md", "flake.lock"],
      inputs: ["standards"],
      causes: [input("standards")],
    },
    {
      name: "nothing differs but what was asked for: where the value stands",
      position: HERE,
      files: [],
      inputs: [],
      causes: [{ kind: "edit", file: "flake.nix", line: 12 }],
    },
    {
      name: "nothing differs and nobody knows where the value stands: the flake",
      files: [],
      inputs: [],
      causes: [{ kind: "edit", file: "flake.nix" }],
    },
  ])("$name", ({ path = "policies.commits", position, files, inputs, causes }) => {
    const facts = { changedFiles: files, inputs: inputs.map(moved), lockFile: "flake.lock" };
    const [attributed] = attributeCauses([change(path, position)], facts);
    expect(attributed?.causes).toEqual(causes);
  });

  test("the lock file of a flake in a subdirectory is its own", () => {
    const facts = {
      changedFiles: ["services/api/flake.lock"],
      inputs: [moved("standards")],
      lockFile: "services/api/flake.lock",
    };
    expect(attributeCauses([change("persona")], facts)[0]?.causes).toEqual([input("standards")]);
  });
});

test("an input counts the changes that it had a part in", () => {
  const changes = [
    { ...change("a"), causes: [input("standards")] },
    { ...change("b"), causes: [{ kind: "joint" as const, of: [input("nixpkgs"), input("standards")] }] },
    { ...change("c"), causes: [{ kind: "edit" as const, file: "flake.nix" }] },
  ];
  const counted = countEffects([moved("standards"), moved("nixpkgs"), moved("other")], changes);
  expect(counted.map(({ path, effects }) => [path, effects])).toEqual([
    ["standards", 2],
    ["nixpkgs", 1],
    ["other", 0],
  ]);
});
