import { describe, expect, test } from "vitest";
import type { LineOrigin } from "../../src/check/ports.ts";
import type { BlamedValue } from "../../src/check/provenance/blame-context.ts";
import { contextBlame, contextBlameJson } from "../../src/cli/context-blame.ts";
import { displayWidth } from "../../src/render/layout.ts";
import { snapshotOf } from "../support/context.ts";

const ID = "0123456789abcdef0123456789abcdef01234567";
const commit = (author = "Ada", boundary = false): LineOrigin => ({
  kind: "commit",
  commit: { id: ID, author, seconds: Date.UTC(2026, 9, 1) / 1000, subject: "Say how" },
  file: "flake.nix",
  line: 1,
  boundary,
});

const value = (rest: Partial<BlamedValue> = {}): BlamedValue => ({
  path: "permissions.allow[0]",
  text: "Bash(git status)",
  position: { file: "flake.nix", line: 30, column: 13 },
  input: null,
  origin: commit(),
  movedBy: null,
  ...rest,
});

const standards = {
  path: "standards",
  reference: "github:acme/standards",
  revision: `f${ID.slice(1)}`,
  lastModified: 0,
};

const blame = (values: BlamedValue[], columns = 100) =>
  contextBlame({ attribute: "claudeContext", snapshot: snapshotOf({}), values }, columns);
const firstLine = (rest: Partial<BlamedValue>) => blame([value(rest)]).split("\n")[0];

describe("a value has one line, whose start says who and since when", () => {
  test.each<[string, Partial<BlamedValue>, string]>([
    ["written here", {}, "0123456  2026-10-01  Ada  flake.nix:30  permissions.allow[0]  Bash(git status)"],
    [
      "not committed yet",
      { origin: { kind: "uncommitted" } },
      "not yet    not committed  flake.nix:30  permissions.allow[0]  Bash(git status)",
    ],
    [
      "as old as a shallow clone, or older",
      { origin: commit("Ada", true) },
      "^0123456  2026-10-01  Ada  flake.nix:30  permissions.allow[0]  Bash(git status)",
    ],
    [
      "of an input: its revision, and the day on which that was locked here",
      { input: standards },
      "f123456  2026-10-01  standards  flake.nix:30  permissions.allow[0]  Bash(git status)",
    ],
    ["without a place", { position: null, origin: null }, "?      ?  permissions.allow[0]  Bash(git status)"],
    [
      "of an organisation, which nothing locks",
      { input: { ...standards, path: "org:github:acme/x", revision: null }, origin: null },
      "?    org:github:acme/x  flake.nix:30  permissions.allow[0]  Bash(git status)",
    ],
    [
      "of several lines: the first",
      { text: "You review.\nBe careful." },
      "0123456  2026-10-01  Ada  flake.nix:30  permissions.allow[0]  You review.",
    ],
  ])("%s", (_, rest, line) => {
    expect(firstLine(rest)).toBe(line);
  });

  test("in aligned columns, and never a second one", () => {
    const lines = blame(
      [
        value(),
        value({ path: "env.X", text: "long ".repeat(40), position: { file: "a/b.nix", line: 1, column: 1 } }),
      ],
      90,
    ).split("\n");
    expect(lines).toEqual([
      "0123456  2026-10-01  Ada  flake.nix:30  permissions.allow[0]  Bash(git status)",
      "0123456  2026-10-01  Ada  a/b.nix:1     env.X                 long long long long long...",
      "",
    ]);
    expect(displayWidth(lines[1]!)).toBeLessThanOrEqual(90);
  });

  test("forty values take forty lines and what the inputs are", () => {
    const values = Array.from({ length: 40 }, (_, index) =>
      value({ input: index % 2 === 0 ? standards : null }),
    );
    expect(blame(values, 120).trimEnd().split("\n")).toHaveLength(42);
  });
});

test("below the values stands what the columns have no room for", () => {
  const values = [
    value({ input: standards }),
    value({ input: standards }),
    value({ origin: commit("Ada", true) }),
    value({ origin: { kind: "unknown", because: "git blame took too long" } }),
  ];
  expect(blame(values).split("\n").slice(4)).toEqual([
    "",
    "standards is github:acme/standards at f123456 of 1970-01-01, locked in 0123456 2026-10-01 Ada: Say",
    "  how",
    "^ is where this shallow clone ends: those lines may be older",
    "? is not known: git blame took too long",
    "",
  ]);
});

test("a context that says nothing is said to", () => {
  expect(blame([])).toBe("claudeContext says nothing.\n");
});

describe("what commits, files and values are called", () => {
  const hostile = "\u001b[31m\u202e\n::error::x";
  const values = [
    value({
      text: hostile,
      path: `policies."${hostile}"`,
      position: { file: hostile, line: 1, column: 1 },
      origin: commit(hostile),
    }),
    value({ text: hostile, input: { ...standards, path: hostile, reference: hostile } }),
  ];

  test("moves no cursor, hides nothing and gives no orders in a terminal", () => {
    const text = blame(values);
    expect(text).not.toMatch(/[\u001b\u202e]/);
    expect(text).not.toMatch(/^\s*::/m);
    expect(
      text
        .trimEnd()
        .split("\n")
        .filter((line) => line.includes("2026-10-01")).length,
    ).toBeGreaterThan(1);
  });

  test("stays itself in JSON, spelled so that it can be printed", () => {
    const json = contextBlameJson({ attribute: "claudeContext", snapshot: snapshotOf({}), values });
    expect(json).not.toMatch(/[\u001b\u202e]/);
    expect(JSON.parse(json).values[0]).toMatchObject({
      value: hostile,
      origin: { commit: { author: hostile } },
    });
  });
});

test("JSON has everything, with times of UTC", () => {
  const json = JSON.parse(
    contextBlameJson({
      attribute: "claudeContext",
      snapshot: snapshotOf({}),
      values: [value({ input: standards })],
    }),
  );
  expect(json).toEqual({
    attribute: "claudeContext",
    revision: null,
    tree: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    values: [
      {
        path: "permissions.allow[0]",
        value: "Bash(git status)",
        position: { file: "flake.nix", line: 30, column: 13 },
        input: {
          path: "standards",
          reference: "github:acme/standards",
          revision: `f${ID.slice(1)}`,
          date: "1970-01-01T00:00:00Z",
        },
        origin: {
          kind: "commit",
          commit: { id: ID, author: "Ada", date: "2026-10-01T00:00:00Z", subject: "Say how" },
          file: "flake.nix",
          line: 1,
          boundary: false,
        },
      },
    ],
  });
});
