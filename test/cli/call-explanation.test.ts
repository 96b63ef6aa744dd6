import { describe, expect, test } from "vitest";
import { explainCall, type TracedExplanation } from "../../src/check/explain-call.ts";
import type { LineOrigin } from "../../src/check/ports.ts";
import type { Trace } from "../../src/check/provenance/trace.ts";
import { callExplanation, callExplanationJson } from "../../src/cli/call-explanation.ts";
import type { Position } from "../../src/model/position.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { parseCall } from "../../src/permissions/index.ts";
import { snapshotOf } from "../support/context.ts";

const commit = (id: string, author = "Ada", subject = "Say how"): LineOrigin => ({
  kind: "commit",
  commit: { id: id.repeat(40), author, seconds: Date.UTC(2026, 9, 1) / 1000, subject },
  file: "flake.nix",
  line: 3,
  boundary: false,
});

const here: Position = { file: "flake.nix", line: 3, column: 5 };
const trace = (rest: Partial<Trace> = {}): Trace => ({
  position: here,
  input: null,
  origin: commit("1"),
  movedBy: null,
  ...rest,
});

function traced(rule: Partial<Trace>, constraint?: Partial<Trace>): TracedExplanation {
  const forbids = { "no-git": { forbid: { allow: ["Bash(git *)"] } } };
  const snapshot = snapshotOf(
    { permissions: { allow: ["Bash(git status)"] }, ...(constraint && { constraints: forbids }) },
    { positions: { "": here } },
  );
  const explanation = explainCall(snapshot, parseCall("Bash(git status)"), DEFAULT_CLIENT);
  return { explanation, rule: trace(rule), constraints: constraint ? [trace(constraint)] : [] };
}

const rowsOf = (explained: TracedExplanation) =>
  callExplanation(explained, 200)
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().replace(/ {2,}/, " | "));

test("the chain leads from the answer over rule and place to the commit", () => {
  expect(callExplanation(traced({}), 100)).toBe(`\`Bash(git status)\` runs without asking.
  because  the allow rule Bash(git status) covers it
  rule     allow \`Bash(git status)\`
  set in   flake.nix:3:5 (permissions.allow[0])
  commit   1111111 2026-10-01 Ada: Say how
  assumed  client ${DEFAULT_CLIENT}, mode default (not pinned)
`);
});

describe("for a rule", () => {
  test("that an input brings, the input with its revision, the page, and who locked it", () => {
    const position = {
      ...here,
      input: "standards",
      url: "https://github.com/acme/standards/blob/x/flake.nix#L3",
    };
    const input = {
      path: "standards",
      reference: "github:acme/standards",
      revision: "2".repeat(40),
      lastModified: 0,
    };
    expect(rowsOf(traced({ position, input })).slice(2, 6)).toEqual([
      "set in | <standards>/flake.nix:3:5 (permissions.allow[0])",
      "link | https://github.com/acme/standards/blob/x/flake.nix#L3",
      "input | standards, github:acme/standards at 2222222 of 1970-01-01",
      "locked in | 1111111 2026-10-01 Ada: Say how",
    ]);
  });

  test("the page stays in one piece, however narrow the terminal", () => {
    const url = `https://github.com/acme/standards/blob/${"x".repeat(40)}/flake.nix#L3`;
    expect(callExplanation(traced({ position: { ...here, input: "standards", url } }), 40)).toContain(
      ` ${url}\n`,
    );
  });

  test("that was moved, both commits", () => {
    const moved = commit("3", "Eve", "Tidy up");
    const movedBy = moved.kind === "commit" ? moved.commit : null;
    expect(rowsOf(traced({ movedBy })).slice(3, 5)).toEqual([
      "commit | 1111111 2026-10-01 Ada: Say how",
      "moved in | 3333333 2026-10-01 Eve: Tidy up",
    ]);
  });

  test.each<[LineOrigin, string]>([
    [{ kind: "uncommitted" }, "not committed yet"],
    [{ kind: "unknown", because: "git blame took too long" }, "not known: git blame took too long"],
    [
      { ...commit("1"), boundary: true } as LineOrigin,
      "1111111 2026-10-01 Ada: Say how (where this shallow clone ends: it may be older)",
    ],
  ])("that comes out as %j, that", (origin, text) => {
    expect(rowsOf(traced({ origin }))).toContain(`commit | ${text}`);
  });
});

test("a constraint of this repository has its place and commit, too", () => {
  expect(rowsOf(traced({}, { origin: commit("4") })).slice(4, 6)).toEqual([
    "constraint | no-git of this repository forbids `Bash(git *)` at flake.nix:3:5",
    "commit | 4444444 2026-10-01 Ada: Say how",
  ]);
});

test("names that a commit carries move no cursor and break no line", () => {
  const text = callExplanation(traced({ origin: commit("1", "\u001b[2J\u202e", "a\n::error::b") }), 60);
  expect(text).not.toMatch(/[\u001b\u202e]|^\s*::/m);
});

test("JSON says the same", () => {
  expect(JSON.parse(callExplanationJson(traced({}, {})))).toMatchObject({
    call: "Bash(git status)",
    runs: true,
    decision: "allow",
    client: DEFAULT_CLIENT,
    mode: null,
    rule: {
      list: "allow",
      text: "Bash(git status)",
      path: "permissions.allow[0]",
      position: here,
      input: null,
      origin: { kind: "commit", commit: { id: "1".repeat(40), date: "2026-10-01T00:00:00Z" } },
    },
    constraints: [{ id: "no-git", source: "self", verb: "forbids", rule: "Bash(git *)", position: here }],
  });
});
