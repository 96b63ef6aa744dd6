import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { RULES, type RuleExample, runRules } from "../../src/rules/index.ts";
import { exampleLock as lock, exampleNode as node } from "../../src/rules/lock-example.ts";
import { inputOf } from "./support.ts";

type Found = [rule: string, severity: string, subject: string, line: string];

/** What the rules about the lock find, new or not, with the text of the line that they point at. */
function found(locks: NonNullable<RuleExample["locks"]>): Found[] {
  return runRules(inputOf({ before: {}, after: {}, locks }))
    .filter(({ rule }) => rule.startsWith("lock-"))
    .map(({ rule, severity, subject, position }) => [
      rule,
      severity,
      subject.path,
      lineOf(locks.after!, position!.line),
    ]);
}

function lineOf(lock: Json, line: number): string {
  const text = typeof lock === "string" ? lock : JSON.stringify(lock, null, 2);
  return text.split("\n")[line - 1]!.trim().replace(/,$/, "");
}

/** `company` has `lib`; both and `tools` are inputs of the flake. */
function standards({
  company = {},
  lib = {},
  at = "one",
  libAt = "one",
  libFollows,
}: {
  company?: Parameters<typeof node>[2];
  lib?: Parameters<typeof node>[2];
  at?: "one" | "two";
  libAt?: "one" | "two";
  libFollows?: string[];
} = {}): Json {
  return lock(
    {
      company: node("company", at, { ...company, inputs: { lib: libFollows ?? "lib" } }),
      ...(libFollows === undefined && { lib: node("lib", libAt, lib) }),
      tools: node("tools", "one"),
    },
    { company: "company", tools: "tools" },
  );
}

/** `company` has `lib`, a directory below wherever `parent` leads. */
function relative(parent: string[]): Json {
  const path = { type: "path", path: "./lib" };
  return lock(
    {
      company: node("company", "one", { inputs: { lib: "lib" } }),
      lib: { locked: path, original: path, parent },
      tools: node("tools", "one"),
    },
    { company: "company", tools: "tools" },
  );
}

const fork = { locked: { owner: "evil" }, original: { owner: "evil" } };
const declared = (inputs: JsonObject, before: JsonObject = {}) => ({
  before: { company: { url: "github:acme/company", ...before } },
  after: { company: { url: "github:acme/company", ...inputs } },
});

const TABLE: Record<string, [what: string, locks: NonNullable<RuleExample["locks"]>, expected: Found[]][]> = {
  "nothing to say": [
    ["the same lock", { before: standards(), after: standards() }, []],
    ["every input moved", { before: standards(), after: standards({ at: "two", libAt: "two" }) }, []],
    ["a nested input moved alone", { before: standards(), after: standards({ libAt: "two" }) }, []],
    ["a lock that is new", { after: standards() }, []],
    ["a lock that is gone", { before: standards() }, []],
  ],
  "lock-hash-changed": [
    [
      "the hash of the same revision, below",
      { before: standards(), after: standards({ lib: { locked: { narHash: "sha256-x" } } }) },
      [["lock-hash-changed", "error", "inputs.company.inputs.lib", '"narHash": "sha256-x"']],
    ],
    [
      "the same revision moved to another input with another hash",
      {
        before: lock({ a: node("a", "one") }),
        after: lock({ b: node("a", "one", { locked: { narHash: "sha256-x" } }) }),
      },
      [["lock-hash-changed", "error", "inputs.b", '"narHash": "sha256-x"']],
    ],
    [
      "the same revision, of a host that is spelled out now",
      {
        before: lock({ a: node("a", "one") }),
        after: lock({ a: node("a", "one", { locked: { host: "github.com", narHash: "sha256-x" } }) }),
      },
      [["lock-hash-changed", "error", "inputs.a", '"narHash": "sha256-x"']],
    ],
    [
      "a revision with submodules, which has another content",
      {
        before: lock({ a: node("a", "one") }),
        after: lock({
          a: node("a", "one", {
            locked: { submodules: true, narHash: "sha256-x" },
            original: { submodules: true },
          }),
        }),
      },
      [],
    ],
  ],
  "lock-date-changed": [
    [
      "another date for the same revision, forward or back",
      { before: standards(), after: standards({ company: { locked: { lastModified: 1 } } }) },
      [["lock-date-changed", "error", "inputs.company", '"lastModified": 1']],
    ],
  ],
  "lock-time-backwards": [
    [
      "back to the older revision",
      { before: standards({ at: "two" }), after: standards() },
      [["lock-time-backwards", "warning", "inputs.company", '"lastModified": 1760000000']],
    ],
    [
      "forward, to a revision without a date",
      {
        before: standards(),
        after: lock({
          company: {
            ...node("company", "two"),
            locked: { ...(node("company", "two").locked as JsonObject), lastModified: "x" },
          },
        }),
      },
      [["lock-time-backwards", "warning", "inputs.company", '"lastModified": "x"']],
    ],
    [
      "the same date, but a shorter history",
      {
        before: lock({ a: node("a", "two", { locked: { revCount: 9 } }) }),
        after: lock({ a: node("a", "one", { locked: { revCount: 8, lastModified: 1_770_000_000 } }) }),
      },
      [["lock-time-backwards", "warning", "inputs.a", '"lastModified": 1770000000']],
    ],
  ],
  "lock-original-mismatch": [
    ...(
      [
        ["owner", { locked: { owner: "evil" } }, '"owner": "evil"'],
        ["repo", { locked: { repo: "other" } }, '"repo": "other"'],
        ["host", { locked: { host: "evil.example" } }, '"host": "evil.example"'],
        ["type", { locked: { type: "gitlab" } }, '"type": "gitlab"'],
        ["dir", { locked: { dir: "x" } }, '"dir": "x"'],
        ["dir, which only the original has", { original: { dir: "x" } }, '"dir": "x"'],
        ["revision", { original: { rev: "3".repeat(40) } }, `"rev": "${"1".repeat(40)}"`],
        ["hash", { original: { narHash: "sha256-x" } }, `"narHash": "sha256-${"A".repeat(43)}="`],
      ] as const
    ).map(([what, difference, line]): [string, NonNullable<RuleExample["locks"]>, Found[]] => [
      `another ${what}`,
      { after: lock({ a: node("a", "one", difference) }) },
      [["lock-original-mismatch", "error", "inputs.a", line]],
    ]),
    ...(
      [
        ["GitHub by its default host", { locked: { host: "github.com" } }],
        ["a group that is written in two ways", { locked: { owner: "a%2Fb" }, original: { owner: "a/b" } }],
        ["what the registry calls so", { original: { type: "indirect", id: "a" } }],
      ] as const
    ).map(([what, difference]): [string, NonNullable<RuleExample["locks"]>, Found[]] => [
      what,
      { after: lock({ a: node("a", "one", difference) }) },
      [],
    ]),
    ["a path in the flake that has it", { after: relative(["company"]) }, []],
    [
      "a path in an input beside it",
      { after: relative(["tools"]) },
      [["lock-original-mismatch", "error", "inputs.company.inputs.lib", '"parent": [']],
    ],
    [
      "a path in the flake itself, which does not say so",
      { after: relative([]), declared: declared({}) },
      [["lock-original-mismatch", "error", "inputs.company.inputs.lib", '"parent": []']],
    ],
    [
      "a path in the flake itself, which says so",
      { after: relative([]), declared: declared({ inputs: { lib: { url: "path:./lib" } } }) },
      [],
    ],
  ],
  tarballs: [
    [
      "of the host that was asked",
      tarball("https://nixos.org/x.tar.xz", "https://releases.nixos.org/1/x.tar.xz"),
      [],
    ],
    [
      "of a host beside the one that was asked",
      tarball("https://channels.nixos.org/x.tar.xz", "https://releases.nixos.org/1/x.tar.xz"),
      [["lock-original-mismatch", "note", "inputs.a", '"url": "https://releases.nixos.org/1/x.tar.xz"']],
    ],
    [
      "of another host",
      tarball("https://nixos.org/x.tar.xz", "https://evil.example/x.tar.xz"),
      [["lock-original-mismatch", "error", "inputs.a", '"url": "https://evil.example/x.tar.xz"']],
    ],
    [
      "of another host than before, for the same address",
      {
        before: tarball("https://nixos.org/x", "https://releases.nixos.org/1").after!,
        after: tarball("https://nixos.org/x", "https://evil.nixos.org/1").after!,
      },
      [["lock-source-redirected", "error", "inputs.a", '"url": "https://evil.nixos.org/1"']],
    ],
    [
      "that move on their host",
      {
        before: tarball("https://nixos.org/x", "https://releases.nixos.org/1").after!,
        after: tarball("https://nixos.org/x", "https://releases.nixos.org/2", "sha256-2").after!,
      },
      [],
    ],
  ],
  "lock-source-redirected": [
    [
      "a direct input, which the flake must say",
      { before: standards(), after: standards({ company: fork }) },
      [["lock-source-redirected", "note", "inputs.company", '"owner": "evil"']],
    ],
    [
      "what a registry calls so",
      {
        before: lock({ a: node("a", "one", { original: { type: "indirect", id: "a" } }) }),
        after: lock({
          a: node("a", "two", { locked: { owner: "evil" }, original: { type: "indirect", id: "a" } }),
        }),
      },
      [["lock-source-redirected", "error", "inputs.a", '"owner": "evil"']],
    ],
    [
      "a nested input, which nobody says",
      { before: standards(), after: standards({ lib: fork }), declared: declared({}) },
      [["lock-source-redirected", "error", "inputs.company.inputs.lib", '"owner": "evil"']],
    ],
    [
      "a nested input, which the flake says",
      {
        before: standards(),
        after: standards({ lib: fork }),
        declared: declared({ inputs: { lib: { url: "github:evil/lib" } } }),
      },
      [["lock-source-redirected", "note", "inputs.company.inputs.lib", '"owner": "evil"']],
    ],
    [
      "a nested input, of which the flake says the same as before",
      {
        before: standards(),
        after: standards({ lib: fork }),
        declared: declared(
          { inputs: { lib: { url: "github:a/b" } } },
          { inputs: { lib: { url: "github:a/b" } } },
        ),
      },
      [["lock-source-redirected", "error", "inputs.company.inputs.lib", '"owner": "evil"']],
    ],
    [
      "a nested input of a flake that moved",
      { before: standards(), after: standards({ at: "two", lib: fork }), declared: declared({}) },
      [["lock-source-redirected", "warning", "inputs.company.inputs.lib", '"owner": "evil"']],
    ],
    [
      "a nested input of a flake that is another one now",
      { before: standards(), after: standards({ company: fork, lib: fork }) },
      [["lock-source-redirected", "note", "inputs.company", '"owner": "evil"']],
    ],
    [
      "to the same content of the same revision",
      {
        before: lock({ a: node("a", "one") }),
        after: lock({ a: node("a", "one", fork) }),
      },
      [["lock-source-redirected", "note", "inputs.a", '"owner": "evil"']],
    ],
    [
      "from a flake to mere files, which nobody says",
      {
        before: standards(),
        after: JSON.stringify(standards(), null, 2).replace('"lib": {', '"lib": { "flake": false,'),
        declared: declared({}),
      },
      [["lock-source-redirected", "error", "inputs.company.inputs.lib", '"locked": {']],
    ],
    [
      "another branch",
      {
        before: lock({ a: node("a", "one", { original: { ref: "main" } }) }),
        after: lock({ a: node("a", "two", { original: { ref: "refs/heads/laxer" } }) }),
      },
      [["lock-source-redirected", "note", "inputs.a", '"ref": "refs/heads/laxer"']],
    ],
    [
      "another default branch",
      {
        before: lock({ a: node("a", "one", { locked: { ref: "refs/heads/main" } }) }),
        after: lock({ a: node("a", "two", { locked: { ref: "refs/heads/laxer" } }) }),
      },
      [["lock-source-redirected", "warning", "inputs.a", '"ref": "refs/heads/laxer"']],
    ],
  ],
  "lock-branch-dropped": [
    [
      "the default branch, below a flake that moved",
      {
        before: standards(),
        after: standards({ at: "two", libAt: "two", lib: { original: { rev: "2".repeat(40) } } }),
      },
      [
        [
          "lock-branch-dropped",
          "note",
          "inputs.company.inputs.lib",
          '"rev": "2222222222222222222222222222222222222222"',
        ],
      ],
    ],
    [
      "a branch that comes back",
      {
        before: lock({ a: node("a", "one", { original: { rev: "1".repeat(40) } }) }),
        after: lock({ a: node("a", "two") }),
      },
      [],
    ],
  ],
  "lock-follows-changed": [
    [
      "an input of its own that follows now, which nobody says",
      { before: standards(), after: standards({ libFollows: ["tools"] }), declared: declared({}) },
      [["lock-follows-changed", "error", "inputs.company.inputs.lib", '"lib": [']],
    ],
    [
      "the same, which the flake says",
      {
        before: standards(),
        after: standards({ libFollows: ["tools"] }),
        declared: declared({ inputs: { lib: { follows: "tools" } } }),
      },
      [["lock-follows-changed", "note", "inputs.company.inputs.lib", '"lib": [']],
    ],
    [
      "out of the flake that moved, which it cannot say",
      { before: standards(), after: standards({ at: "two", libFollows: ["tools"] }) },
      [["lock-follows-changed", "error", "inputs.company.inputs.lib", '"lib": [']],
    ],
    [
      "a source of its own again, of a flake that moved",
      { before: standards({ libFollows: ["tools"] }), after: standards({ at: "two" }) },
      [["lock-follows-changed", "note", "inputs.company.inputs.lib", '"lib": "lib"']],
    ],
    [
      "a source of its own again, of a flake that did not move",
      { before: standards({ libFollows: ["tools"] }), after: standards() },
      [["lock-follows-changed", "error", "inputs.company.inputs.lib", '"lib": "lib"']],
    ],
  ],
  "lock-input-unlocked": [
    [
      "a Git revision alone",
      {
        after: lock({
          a: {
            locked: { type: "git", url: "https://x.example/y", rev: "1".repeat(40) },
            original: { type: "git", url: "https://x.example/y" },
          },
        }),
      },
      [["lock-input-unlocked", "warning", "inputs.a", '"locked": {']],
    ],
    [
      "a name in the registry",
      {
        after: lock({
          a: {
            locked: { type: "indirect", id: "a", narHash: "sha256-x" },
            original: { type: "indirect", id: "a" },
          },
        }),
      },
      [["lock-input-unlocked", "error", "inputs.a", '"locked": {']],
    ],
  ],
  "lock-input-local": [
    ...["file:///srv/x", "http://localhost:8080/x", "https://user@127.0.0.1/x"].map(
      (url): [string, NonNullable<RuleExample["locks"]>, Found[]] => [
        url,
        {
          before: lock({}),
          after: lock({
            a: { locked: { type: "git", url, rev: "1", narHash: "h" }, original: { type: "git", url } },
          }),
        },
        [["lock-input-local", "warning", "inputs.a", `"url": "${url}"`]],
      ],
    ),
  ],
  "damaged files": [
    [
      "a node that is left over, and leads nowhere",
      { after: lock({ a: node("a", "one"), b: node("b", "one", { inputs: { c: "gone" } }) }, { a: "a" }) },
      [
        ["lock-node-dangling", "error", "nodes.b", '"c": "gone"'],
        ["lock-node-unreachable", "warning", "nodes.b", '"b": {'],
      ],
    ],
    [
      "a parent that is not there",
      {
        after: lock({
          a: {
            locked: { type: "path", path: "./x" },
            original: { type: "path", path: "./x" },
            parent: ["b"],
          },
        }),
      },
      [["lock-node-dangling", "error", "nodes.a", '"parent": [']],
    ],
    [
      "a node that is there twice",
      {
        after: JSON.stringify(standards(), null, 1).replace('"lib": {', '"lib": { "locked": {} },\n"lib": {'),
      },
      [["lock-value-hidden", "error", "nodes.root", '"lib": { "locked": {} }']],
    ],
    [
      "a hash that hides another",
      {
        after: lock({ a: { ...node("a", "one"), info: { narHash: "sha256-hidden" } } }),
      },
      [
        [
          "lock-value-hidden",
          "error",
          "nodes.a",
          '"narHash": "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="',
        ],
      ],
    ],
  ],
};

function tarball(asked: string, got: string, narHash = "sha256-1"): { after: Json } {
  const a = { locked: { type: "tarball", narHash, url: got }, original: { type: "tarball", url: asked } };
  return { after: lock({ a }) };
}

describe.each(Object.keys(TABLE))("%s", (rule) => {
  test.each(TABLE[rule]!)("%s", (_, locks, expected) => {
    expect(found(locks)).toEqual(expected);
  });
});

test("every rule about the lock is in the table", () => {
  const ids = RULES.map(({ id }) => id).filter((id) => id.startsWith("lock-"));
  const seen = new Set(
    Object.values(TABLE).flatMap((rows) => rows.flatMap(([, , all]) => all.map(([id]) => id))),
  );
  expect(ids.filter((id) => !seen.has(id))).toEqual([]);
});

test("what stood in the lock before is not introduced", () => {
  const after = lock({ a: node("a", "one", { locked: { owner: "evil" } }) });
  const introduced = (before?: Json) =>
    runRules(inputOf({ before: {}, after: {}, locks: { after, ...(before !== undefined && { before }) } }))
      .filter(({ rule }) => rule === "lock-original-mismatch")
      .map((finding) => finding.introduced);
  expect(introduced(after)).toEqual([false]);
  expect(introduced(lock({ a: node("a", "one") }))).toEqual([true]);
  expect(introduced()).toEqual([true]);
});
