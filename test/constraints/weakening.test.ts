import { describe, expect, test } from "vitest";
import { findWeakenings, type WeakeningInput } from "../../src/constraints/index.ts";
import { DEFAULT_LIMITS } from "../../src/model/limits.ts";
import type { InputChange, LockedInput } from "../../src/model/lock.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import type { PresentSnapshot, Snapshot } from "../../src/model/snapshot.ts";
import { functionOf, RawLeaf, snapshotOf, type Writable, type WritableSet } from "../support/context.ts";
import {
  changesBetween,
  DAY_SECONDS,
  inputOf,
  NO_BASE,
  NOW_SECONDS,
  placedOf,
  withConstraint,
  withForeign,
  withInputs,
  withPlaced,
} from "./support.ts";

function functionWith(digest: string, closed = true): RawLeaf {
  return new RawLeaf({
    kind: "function",
    arguments: [],
    definition: { digest, closed: closed ? "_: [ ]" : null },
  });
}

function weakenings(
  before: Snapshot,
  after: Snapshot,
  inputChanges: InputChange[] = [],
  rest: Partial<WeakeningInput> = {},
) {
  return findWeakenings({
    before,
    after,
    inputChanges,
    changes: [],
    flakeDirectory: "",
    codeChanged: true,
    client: DEFAULT_CLIENT,
    limits: DEFAULT_LIMITS,
    ...rest,
  });
}

describe("what is weaker", () => {
  const policy = (text: string | null) => ({ require: { policies: { commits: text } } });
  test.each<[WritableSet, WritableSet, string]>([
    [
      { forbid: { allow: ["Bash(git push *)"] } },
      { forbid: { allow: ["Bash(git push --force *)"] } },
      "it no longer forbids `Bash(git push",
    ],
    [
      { forbid: { allow: ["Bash(curl *)", "Bash(wget *)"] } },
      { forbid: { allow: ["Bash(curl *)"] } },
      "it no longer forbids `Bash(wget",
    ],
    [
      { forbid: { allow: ["Bash(curl *)"] } },
      { forbid: { allow: [] } },
      "it no longer forbids `Bash(curl *)`",
    ],
    [
      { only: { allow: ["Bash(git status)"] } },
      { only: { allow: ["Bash(git *)"] } },
      "it now permits `Bash(git ",
    ],
    [
      { only: { allow: ["Read"] } },
      { require: { pinned: true } },
      "it no longer limits what may run without asking",
    ],
    [
      { require: { deny: ["Bash(curl *)"] } },
      { require: { deny: ["Bash(curl -s *)"] } },
      "it no longer requires to be refused `Bash(curl",
    ],
    [
      { require: { deny: ["Bash(curl *)"] } },
      { require: { ask: ["Bash(curl *)"] } },
      "it no longer requires to be refused",
    ],
    [
      { forbid: { modes: ["auto", "plan"] } },
      { forbid: { modes: ["auto"] } },
      "it no longer forbids the mode `plan`",
    ],
    [policy("Sign."), policy(null), "it no longer requires the policy `commits`"],
    [policy("Sign."), policy("Sign"), "it no longer requires the policy `commits`"],
    [{ require: { persona: ["careful"] } }, { require: { persona: ["kind"] } }, "the persona to say"],
    [{ require: { skills: ["review"] } }, { require: { skills: ["re*"] } }, "it no longer requires `review`"],
    [{ forbid: { env: ["LD_*"] } }, { forbid: { env: ["LD_PRELOAD"] } }, "it no longer forbids `LD_*`"],
    [{ forbid: { env: ["LD_*"] } }, { forbid: { tools: ["LD_*"] } }, "it no longer forbids `LD_*`"],
    [{ only: { mcpServers: ["acme-*"] } }, { only: { mcpServers: ["*"] } }, "it now permits `*`"],
    [{ require: { pinned: true } }, { forbid: { env: ["X"] } }, "pinned"],
    [
      { only: { inputs: ["github:acme/*"] } },
      { only: { inputs: ["github:*"] } },
      "it now permits `github:*`",
    ],
    [
      { forbid: { inputs: ["path:*"] } },
      { forbid: { inputs: ["path:./x"] } },
      "it no longer forbids `path:*`",
    ],
    [
      { require: { inputs: ["github:acme/standards"] } },
      { require: { inputs: ["github:*"] } },
      "it no longer requires",
    ],
    [{ maxAgeDays: 30 }, { maxAgeDays: 31 }, "it permits inputs of 31 days, 30 days before"],
    [
      { schema: { required: ["model"] } },
      { schema: { required: ["env"] } },
      "its JSON Schema cannot be shown",
    ],
    [
      { schema: { additionalProperties: false } },
      { schema: { additionalProperties: false, properties: { model: {} } } },
      "its JSON Schema",
    ],
    [{ changes: { widens: "forbid" } }, { changes: { widens: "approve" } }, "changes of `widens`"],
    [
      { changes: { fromInputs: "forbid" } },
      { changes: { fromInputs: "approve" } },
      "changes of `fromInputs`",
    ],
    [{ changes: { fromInputs: "approve" } }, { changes: { company: "forbid" } }, "changes of `fromInputs`"],
    [{ changes: { company: "approve" } }, { changes: { "company/lib": "approve" } }, "changes of `company`"],
    [{ changes: { skills: "approve" } }, { changes: { fromInputs: "forbid" } }, "changes of `skills`"],
    [{ changes: { company: "forbid" } }, { changes: { fromInputs: "approve" } }, "changes of `company`"],
    [{ check: functionWith("d") }, { check: functionWith("e") }, "its Nix function is another one"],
    [{ check: functionOf("before") }, { forbid: { env: ["X"] } }, "its Nix function is gone"],
    [
      { severity: "error", maxAgeDays: 3 },
      { severity: "warning", maxAgeDays: 3 },
      "its severity fell from error to warning",
    ],
    [{ waivable: false, maxAgeDays: 3 }, { maxAgeDays: 3 }, "it can now be waived"],
  ])("%j became %j", (before, after, message) => {
    const found = weakenings(withConstraint(before), withConstraint(after));
    expect(found).toMatchObject([
      { rule: "constraint-weakened", source: "builtin", severity: "error", introduced: true },
    ]);
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.message).toContain("because this repository edited it");
  });

  test.each<[WritableSet, WritableSet]>([
    [{ forbid: { allow: ["Bash(git:*)"] } }, { forbid: { allow: ["Bash(git *)"] } }],
    [{ forbid: { allow: ["Bash(git push *)"] } }, { forbid: { allow: ["Bash(git *)"] } }],
    [{ only: { allow: ["Bash(git *)"] } }, { only: { allow: ["Bash(git status)"] } }],
    [{ require: { deny: ["Bash(curl -s *)"] } }, { require: { deny: ["Bash(curl *)"] } }],
    [{ require: { ask: ["Bash(curl *)"] } }, { require: { deny: ["Bash(curl *)"] } }],
    [{ forbid: { modes: ["auto"] } }, { forbid: { modes: ["plan", "auto"] } }],
    [policy(null), policy("Sign.")],
    [{ require: { persona: ["careful"] } }, { require: { persona: ["be careful"] } }],
    [{ require: { skills: ["re*"] } }, { require: { skills: ["review"] } }],
    [{ forbid: { env: ["LD_*"] } }, { forbid: { env: ["*"] } }],
    [{ only: { mcpServers: ["acme-*"] } }, { only: { mcpServers: [] } }],
    [{ maxAgeDays: 30 }, { maxAgeDays: 29 }],
    [{ schema: { required: ["model"] } }, { schema: { required: ["env", "model"], title: "Strict" } }],
    [{ changes: { widens: "approve" } }, { changes: { widens: "forbid" } }],
    [{ changes: { company: "approve" } }, { changes: { fromInputs: "approve" } }],
    [{ changes: { "company/lib": "approve" } }, { changes: { company: "forbid" } }],
    [
      { severity: "warning", maxAgeDays: 3 },
      { severity: "error", maxAgeDays: 3 },
    ],
    [{ maxAgeDays: 3 }, { waivable: false, maxAgeDays: 3, description: "why", docs: "https://example.com" }],
    [{ check: functionWith("d") }, { check: functionWith("d") }],
  ])("is not %j that became %j", (before, after) => {
    expect(weakenings(withConstraint(before), withConstraint(after))).toEqual([]);
  });

  test.each<[string, WritableSet, string]>([
    [
      "reads the same and calls what stands elsewhere",
      { check: functionWith("d", false) },
      "what its Nix function calls may be something else by now",
    ],
    ["is not written out", { check: functionOf("before") }, "its Nix function cannot be compared"],
  ])("a function that %s may be weaker, where code changed", (_, constraint, message) => {
    const found = weakenings(withConstraint(constraint), withConstraint(constraint));
    expect(found).toMatchObject([{ severity: "warning", message: expect.stringContaining(message) }]);
    expect(found[0]?.message).toContain("because this repository edited what it may depend on");
    const before = withConstraint(constraint);
    expect(weakenings(before, withConstraint(constraint), [], { codeChanged: false })).toEqual([]);
  });

  test("nor anything on the first commit", () => {
    expect(weakenings(NO_BASE, withConstraint({ maxAgeDays: 1 }))).toEqual([]);
  });

  test("names the call that is no longer objected to, and the change that did it", () => {
    const before = withConstraint({ forbid: { allow: ["Bash(git push *)"] } });
    const after = withConstraint({ forbid: { allow: ["Bash(git push --force *)"] } });
    const [found] = findWeakenings({
      before,
      after,
      changes: changesBetween(before, after),
      inputChanges: [],
      flakeDirectory: "",
      codeChanged: true,
      client: DEFAULT_CLIENT,
      limits: DEFAULT_LIMITS,
    });
    expect(found).toMatchObject({ change: "c1", subject: { path: "constraints.c" } });
  });
});

describe("whose doing it is", () => {
  const STRICT: Writable = { forbid: { allow: ["Bash(git push --force *)"] } };
  const from = (
    snapshot: PresentSnapshot,
    constraints: { [id: string]: Writable },
    ...inputs: LockedInput[]
  ) => withInputs(withForeign(snapshot, "input:standards", constraints), ...inputs);
  const old = inputOf("standards", "github:acme/standards", { lastModified: NOW_SECONDS - DAY_SECONDS });
  const moved = (rest: Partial<LockedInput>) => ({
    ...old,
    revision: "2".repeat(40),
    nodeId: "standards 2",
    ...rest,
  });
  const before = from(snapshotOf({}), { force: STRICT }, old);

  test.each<[string, PresentSnapshot, InputChange[], "error" | "warning", string]>([
    [
      "the organisation's input moved on",
      from(snapshotOf({}), {}, moved({ lastModified: NOW_SECONDS })),
      [],
      "warning",
      "the input standards moved to a revision that says so",
    ],
    [
      "it moved to a commit of the same second",
      from(snapshotOf({}), {}, moved({})),
      [],
      "warning",
      "moved to a revision",
    ],
    [
      "it was moved back",
      from(snapshotOf({}), {}, moved({ lastModified: 5 })),
      [],
      "error",
      "back to an older revision",
    ],
    [
      "its age was taken out of the lock",
      from(snapshotOf({}), {}, moved({ lastModified: null })),
      [],
      "error",
      "back to an older revision",
    ],
    ["it was dropped", snapshotOf({}), [], "error", "this repository dropped the input standards"],
    [
      "it was pointed elsewhere",
      from(snapshotOf({}), {}, moved({ reference: "github:evil/standards" })),
      [],
      "error",
      "points the input standards at github:evil/standards instead of github:acme/standards",
    ],
    [
      "it now comes from another type of source",
      from(snapshotOf({}), {}, moved({ reference: "path:./standards" })),
      [],
      "error",
      "points the input standards at path:./standards",
    ],
    [
      "one of its own inputs was overridden",
      from(snapshotOf({}), {}, { ...old, nodeId: "standards 3" }),
      [],
      "error",
      "overrides an input of standards",
    ],
    [
      "it moved on and one of its own inputs was overridden",
      from(snapshotOf({}), {}, moved({ lastModified: NOW_SECONDS })),
      [{ name: "lib", path: "standards/lib", kind: "redirected", from: "a", to: "b", effects: 0 }],
      "error",
      "overrides an input of standards",
    ],
    [
      "it moved on and one of its own inputs follows one of ours",
      from(snapshotOf({}), {}, moved({ lastModified: NOW_SECONDS })),
      [{ name: "lib", path: "standards/lib", kind: "redirected", from: "a", to: "follows lib", effects: 0 }],
      "error",
      "overrides an input of standards",
    ],
    [
      "it moved on and lets one of its inputs follow another of its own",
      from(snapshotOf({}), {}, moved({ lastModified: NOW_SECONDS })),
      [
        {
          name: "lib",
          path: "standards/lib",
          kind: "redirected",
          from: "a",
          to: "follows standards/base",
          effects: 0,
        },
      ],
      "warning",
      "the input standards moved to a revision that says so",
    ],
    ["nothing moved", from(snapshotOf({}), {}, old), [], "error", "although the input standards is the same"],
  ])("%s", (_, after, inputChanges, severity, because) => {
    const found = weakenings(before, after, inputChanges);
    expect(found).toMatchObject([
      {
        severity,
        subject: { path: "constraints.force" },
        constraintPosition: { file: "flake.nix", line: 10, input: "standards" },
      },
    ]);
    expect(found[0]?.message).toContain(
      "the constraint force of the input standards got weaker: it is gone".slice(1),
    );
    expect(found[0]?.message).toContain(because);
  });

  test("another flake that asks the same is one finding: its owner decides from now on", () => {
    const two = { force: STRICT, pinned: { require: { pinned: true } } };
    const evil = from(snapshotOf({}), two, moved({ reference: "github:evil/standards" }));
    expect(weakenings(from(snapshotOf({}), two, old), evil)).toMatchObject([
      { rule: "constraint-weakened", severity: "error", subject: { path: "inputs.standards" } },
    ]);
    expect(weakenings(from(snapshotOf({}), two, old), from(snapshotOf({}), two, moved({})))).toEqual([]);
  });

  const function_ = (digest: string, closed = true): Writable => ({ check: functionWith(digest, closed) });
  const own = placedOf("standards/part", "path:./part", { lies: "in-this-tree" });
  test.each<[string, Writable, PresentSnapshot, "error" | "warning" | null]>([
    [
      "the same input has the same function",
      function_("d", false),
      from(snapshotOf({}), { f: function_("d", false) }, old),
      null,
    ],
    [
      "the input moved on, its function did not",
      function_("d"),
      from(snapshotOf({}), { f: function_("d") }, moved({})),
      null,
    ],
    [
      "the input moved on, and what its function calls with it",
      function_("d", false),
      from(snapshotOf({}), { f: function_("d", false) }, moved({})),
      "warning",
    ],
    [
      "the input moved on to another function",
      function_("d"),
      from(snapshotOf({}), { f: function_("e") }, moved({})),
      "warning",
    ],
    [
      "what the function calls was overridden",
      function_("d", false),
      from(snapshotOf({}), { f: function_("d", false) }, { ...old, nodeId: "standards 3" }),
      "error",
    ],
    [
      "an input of the input lies in this tree",
      function_("d", false),
      withPlaced(from(snapshotOf({}), { f: function_("d", false) }, old), own),
      "error",
    ],
  ])("of a function of an input: %s", (_, constraint, after, severity) => {
    const found = weakenings(from(snapshotOf({}), { f: constraint }, old), after);
    expect(found.map((finding) => finding.severity)).toEqual(severity === null ? [] : [severity]);
  });

  test("of a function of an organisation, nothing moves between the ends", () => {
    const side = withForeign(snapshotOf({}), "org:github:acme/standards", { f: function_("d", false) });
    expect(weakenings(side, side)).toEqual([]);
  });

  test("the context is gone altogether", () => {
    const after: Snapshot = { kind: "absent", reason: "no-attribute", revision: null, tree: null };
    expect(weakenings(before, after)).toMatchObject([{ severity: "error" }]);
  });

  test("an organisation given on the command line speaks for itself", () => {
    const base = withForeign(snapshotOf({}), "org:github:acme/standards", { force: STRICT });
    expect(weakenings(base, snapshotOf({}))).toMatchObject([{ severity: "warning" }]);
  });

  test("a constraint taken over from an input that moved is the input's doing", () => {
    const own = (constraint: Writable, line: number) => {
      const snapshot = snapshotOf({ constraints: { force: constraint } });
      const position = { file: "flake.nix", line, column: 1, input: "standards" };
      return { ...snapshot, positions: { ...snapshot.positions, "constraints.force": position } };
    };
    const head = withInputs(
      own({ severity: "warning", forbid: { allow: ["Bash(git push --force *)"] } }, 4),
      moved({ lastModified: NOW_SECONDS }),
    );
    expect(weakenings(withInputs(own(STRICT, 3), old), head)).toMatchObject([{ severity: "warning" }]);
  });
});
