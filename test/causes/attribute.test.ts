import { describe, expect, test } from "vitest";
import { attributeCauses, firstQuestions } from "../../src/causes/index.ts";
import type { Cause } from "../../src/model/change.ts";
import type { Json } from "../../src/model/json.ts";
import type { Position } from "../../src/model/position.ts";
import { change, edit, formula, input, joint, moved, oracleOf, row, wordsOf } from "./support.ts";

const HERE: Position = { file: "flake.nix", line: 12, column: 5 };
const IN_STANDARDS: Position = { file: "claude.nix", line: 3, column: 5, input: "standards" };

const LOCK = "flake.lock";
const SOURCE = "flake.nix";

interface Case {
  name: string;
  /** When the change is there. */
  when: string;
  files?: string[];
  inputs: string[];
  causes: Cause[];
  /** What is evaluated for it, one list a batch. */
  asked: string[][];
}

async function explained(
  when: string,
  files: readonly string[],
  inputs: readonly string[],
  unknown?: (world: ReadonlySet<string>) => string | null,
) {
  const oracle = oracleOf({ it: formula(when) }, unknown);
  const result = await attributeCauses([change("it")], {
    changedFiles: files,
    inputs: inputs.map(moved),
    lockFile: LOCK,
    worlds: { kind: "asked", ask: oracle.ask },
  });
  return { causes: result.changes[0]!.causes, inputs: result.inputs, asked: oracle.words() };
}

describe("what is asked, and what it says, where only the lock moved", () => {
  test.each<Case>([
    { name: "one input: nothing needs asking", when: "a", inputs: ["a"], causes: [input("a")], asked: [] },
    {
      name: "one of three",
      when: "b",
      inputs: ["a", "b", "c"],
      causes: [input("b")],
      asked: [["a", "b", "c"]],
    },
    {
      name: "two, each of which suffices",
      when: "a|c",
      inputs: ["a", "b", "c"],
      causes: [input("a"), input("c")],
      asked: [["a", "b", "c"]],
    },
    {
      name: "two only together",
      when: "a&c",
      inputs: ["a", "b", "c"],
      causes: [joint(input("a"), input("c"))],
      asked: [
        ["a", "b", "c"],
        ["(edit)", "b+c", "a+c", "a+b"],
      ],
    },
    {
      name: "one, with either of two others",
      when: "a&b|a&c",
      inputs: ["a", "b", "c", "d"],
      causes: [joint(input("a"), input("b")), joint(input("a"), input("c"))],
      asked: [
        ["a", "b", "c", "d"],
        ["(edit)", "b+c+d", "a+c+d", "a+b+d", "a+b+c"],
        ["a+b", "a+c", "a+d"],
      ],
    },
    {
      name: "two pairs",
      when: "a&b|c&d",
      inputs: ["a", "b", "c", "d"],
      causes: [joint(input("a"), input("b")), joint(input("c"), input("d"))],
      asked: [
        ["a", "b", "c", "d"],
        ["(edit)", "b+c+d", "a+c+d", "a+b+d", "a+b+c"],
        ["a+b", "a+c", "a+d", "b+c", "b+d", "c+d"],
      ],
    },
    {
      name: "none, but the text of the lock file",
      when: "(edit)",
      inputs: ["a", "b"],
      causes: [edit(LOCK)],
      asked: [["a", "b"], ["(edit)"]],
    },
    {
      name: "a nested input alone",
      when: "org/lib",
      inputs: ["org/lib"],
      causes: [input("org/lib")],
      asked: [],
    },
    {
      name: "an input that moved with one below it, by itself",
      when: "org",
      inputs: ["org", "org/lib"],
      causes: [input("org")],
      asked: [["org", "org/lib"]],
    },
    {
      name: "an input that moved with one below it, by the one below",
      when: "org/lib",
      inputs: ["org", "org/lib"],
      causes: [input("org/lib")],
      asked: [["org", "org/lib"]],
    },
    {
      name: "an input only together with one below it: named by itself, as that comes with it",
      when: "org&org/lib",
      inputs: ["org", "org/lib"],
      causes: [input("org")],
      asked: [["org", "org/lib"]],
    },
    {
      name: "two below one that did not move, only together",
      when: "org/a&org/b",
      inputs: ["org/a", "org/b"],
      causes: [joint(input("org/a"), input("org/b"))],
      asked: [["org/a", "org/b"]],
    },
    {
      name: "one of several, by one of two below it",
      when: "org/lib",
      inputs: ["a", "org", "org/lib"],
      causes: [input("org/lib")],
      asked: [
        ["a", "org+org/lib"],
        ["org", "org/lib"],
      ],
    },
    {
      name: "one together with one of two below another",
      when: "a&org/lib",
      inputs: ["a", "b", "org", "org/lib"],
      causes: [joint(input("a"), input("org/lib"))],
      asked: [
        ["a", "b", "org+org/lib"],
        ["(edit)", "b+org+org/lib", "a+org+org/lib", "a+b"],
        ["a+org", "a+org/lib"],
      ],
    },
  ])("$name", async ({ when, files = [LOCK], inputs, causes, asked }) => {
    const result = await explained(when, files, inputs);
    expect(result.causes).toEqual(causes);
    expect(result.asked).toEqual(asked);
  });
});

describe("what is asked, and what it says, where the source was edited, too", () => {
  test.each<Case>([
    { name: "no input moved", when: "(edit)", inputs: [], causes: [edit()], asked: [] },
    {
      name: "the edit alone",
      when: "(edit)",
      inputs: ["a"],
      causes: [edit()],
      asked: [["(edit)", "a"]],
    },
    {
      name: "the input alone",
      when: "a",
      inputs: ["a"],
      causes: [input("a")],
      asked: [["(edit)", "a"]],
    },
    {
      name: "both together",
      when: "(edit)&a",
      inputs: ["a"],
      causes: [joint(edit(), input("a"))],
      asked: [["(edit)", "a"]],
    },
    {
      name: "either",
      when: "(edit)|a",
      inputs: ["a"],
      causes: [edit(), input("a")],
      asked: [["(edit)", "a"]],
    },
    {
      name: "one of two inputs alone",
      when: "a",
      inputs: ["a", "b"],
      causes: [input("a")],
      asked: [["(edit)", "a+b", "(edit)+a", "(edit)+b"], ["a"]],
    },
    {
      name: "one of two inputs with the edit",
      when: "(edit)&a",
      inputs: ["a", "b"],
      causes: [joint(edit(), input("a"))],
      asked: [["(edit)", "a+b", "(edit)+a", "(edit)+b"]],
    },
    {
      name: "the edit with both inputs",
      when: "(edit)&a&b",
      inputs: ["a", "b", "c"],
      causes: [joint(edit(), input("a"), input("b"))],
      asked: [
        ["(edit)", "a+b+c", "(edit)+a", "(edit)+b", "(edit)+c"],
        ["(edit)+b+c", "(edit)+a+c", "(edit)+a+b"],
      ],
    },
    {
      name: "an input with the edit, or two inputs without: both take two",
      when: "(edit)&a|b&c",
      inputs: ["a", "b", "c"],
      causes: [joint(edit(), input("a"))],
      asked: [["(edit)", "a+b+c", "(edit)+a", "(edit)+b", "(edit)+c"], ["a"]],
    },
  ])("$name", async ({ when, files = [LOCK, SOURCE], inputs, causes, asked }) => {
    const result = await explained(when, files, inputs);
    expect(result.causes).toEqual(causes);
    expect(result.asked).toEqual(asked);
  });
});

test.each([
  [[LOCK], ["a", "b"]],
  [[LOCK], ["org", "org/lib"]],
  [
    [LOCK, SOURCE],
    ["a", "b", "org/lib"],
  ],
  [[LOCK], ["a"]],
  [[SOURCE], []],
])("the first questions are known before anything was evaluated: %j, %j", async (files, inputs) => {
  const facts = { changedFiles: files, inputs: inputs.map(moved), lockFile: LOCK };
  const { asked } = await explained("never", files, inputs);
  expect(firstQuestions(facts).map(wordsOf)).toEqual(asked[0] ?? []);
});

describe("where something could not be told", () => {
  const gone = "fetch failed";
  const doubts = (inputs: readonly { path: string; undecidedBecause?: string }[]) =>
    inputs.flatMap(({ path, undecidedBecause }) => (undecidedBecause === undefined ? [] : [path]));

  test("the old revision of one input is gone: it is named with each, and the rest is told apart", async () => {
    const { causes, inputs } = await explained("b", [LOCK], ["a", "b", "c"], (world) =>
      world.has("a") ? null : gone,
    );
    expect(causes).toEqual([joint(input("a"), input("b"))]);
    expect(doubts(inputs)).toEqual(["a"]);
    expect(inputs[0]).toMatchObject({ undecidedBecause: gone, effects: 1 });
  });

  test("an input that explodes with any less than all: the others are named with it, in doubt", async () => {
    const { causes, inputs } = await explained("b", [LOCK], ["a", "b", "c"], (world) =>
      world.has("b") && world.size < 3 ? gone : null,
    );
    expect(causes).toEqual([joint(input("a"), input("b"), input("c"))]);
    expect(doubts(inputs)).toEqual(["a", "c"]);
  });

  test("an input that explodes by itself, and nothing else is needed", async () => {
    const { causes, inputs } = await explained("b", [LOCK], ["a", "b", "c"], (world) =>
      world.has("b") && world.size === 1 ? gone : null,
    );
    expect(causes).toEqual([input("b")]);
    expect(doubts(inputs)).toEqual(["b"]);
  });

  test("what another input explains is not in doubt because one could not be tried", async () => {
    const { causes, inputs } = await explained("b", [LOCK], ["a", "b"], (world) =>
      world.has("a") ? gone : null,
    );
    expect(causes).toEqual([input("b")]);
    expect(doubts(inputs)).toEqual([]);
  });

  test("nothing can be tried: all of it together, and nothing is certain", async () => {
    const { causes, inputs } = await explained("b", [LOCK, SOURCE], ["a", "b"], () => gone);
    expect(causes).toEqual([joint(edit(), input("a"), input("b"))]);
    expect(doubts(inputs)).toEqual(["a", "b"]);
  });

  test("the new source with the old inputs cannot be tried: the input is named with the edit, in doubt", async () => {
    const { causes, inputs } = await explained("(edit)", [LOCK, SOURCE], ["a"], (world) =>
      world.has("(edit)") ? gone : null,
    );
    expect(causes).toEqual([joint(edit(), input("a"))]);
    expect(doubts(inputs)).toEqual(["a"]);
  });

  test("too many combinations: a set that does it, in doubt", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `i${String(index).padStart(2, "0")}`);
    // Any thirty of them.
    const oracle = oracleOf({ it: (world) => world.size >= 30 });
    const { changes, inputs } = await attributeCauses([change("it")], {
      changedFiles: [LOCK],
      inputs: names.map(moved),
      lockFile: LOCK,
      worlds: { kind: "asked", ask: oracle.ask },
    });
    expect(doubts(inputs)).not.toEqual([]);
    expect(inputs.find(({ undecidedBecause }) => undecidedBecause !== undefined)?.undecidedBecause).toMatch(
      "too many",
    );
    const [cause] = changes[0]!.causes;
    expect(cause?.kind === "joint" && cause.of.length).toBeGreaterThanOrEqual(30);
    expect(oracle.asked.flat().length).toBeLessThanOrEqual(40 + 41 + 64);
  });

  test("locks whose difference cannot be made out of rows leave everything in doubt", async () => {
    const { changes, inputs } = await attributeCauses([change("it")], {
      changedFiles: [LOCK],
      inputs: [moved("a"), moved("b")],
      lockFile: LOCK,
      worlds: { kind: "inexpressible", because: "the locks are odd" },
    });
    expect(changes[0]!.causes).toEqual([joint(input("a"), input("b"))]);
    expect(inputs.map(({ undecidedBecause }) => undecidedBecause)).toEqual([
      "the locks are odd",
      "the locks are odd",
    ]);
  });
});

describe("hundreds of inputs", () => {
  const names = Array.from({ length: 300 }, (_, index) => `i${String(index).padStart(3, "0")}`);

  test.each([
    ["i117", [input("i117")]],
    ["i003|i250", [input("i003"), input("i250")]],
    ["i100&i200", [joint(input("i100"), input("i200"))]],
    ["i100&i101", [joint(input("i100"), input("i101"))]],
  ])("are tried in groups: %s", async (when, causes) => {
    const result = await explained(when, [LOCK], names);
    expect(result.causes).toEqual(causes);
    expect(result.asked.flat().length).toBeLessThan(120);
  });
});

describe("inputs that come and go", () => {
  test.each<[string, "added" | "removed", Position | undefined, Cause[]]>([
    [
      "a value that stands in a new input",
      "added",
      IN_STANDARDS,
      [joint(edit(), { kind: "input", name: "standards", from: null, to: "bbb" })],
    ],
    [
      "a value that stood in one that is gone",
      "removed",
      IN_STANDARDS,
      [joint(edit(), { kind: "input", name: "standards", from: "aaa", to: null })],
    ],
    ["a value that stands here", "added", HERE, [{ kind: "edit", file: "flake.nix", line: 12 }]],
    ["a value that stands nowhere", "removed", undefined, [edit()]],
  ])("%s (%s)", async (_, kind, position, causes) => {
    const { changes, inputs } = await attributeCauses([change("it", position)], {
      changedFiles: [LOCK, SOURCE],
      inputs: [row("standards", kind), row("standards/lib", kind)],
      lockFile: LOCK,
      worlds: { kind: "asked", ask: () => expect.unreachable() },
    });
    expect(changes[0]!.causes).toEqual(causes);
    expect(inputs.map(({ effects }) => effects)).toEqual([causes[0]?.kind === "joint" ? 1 : 0, 0]);
  });

  test("an input below one that moved comes with it", async () => {
    const oracle = oracleOf({ it: formula("org&org/new") });
    const { changes } = await attributeCauses([change("it")], {
      changedFiles: [LOCK],
      inputs: [moved("org"), moved("org/lib"), row("org/new", "added")],
      lockFile: LOCK,
      worlds: { kind: "asked", ask: oracle.ask },
    });
    expect(changes[0]!.causes).toEqual([input("org")]);
    expect(oracle.words()).toEqual([["org+org/new", "org/lib"]]);
  });
});

describe("edits", () => {
  const edited = async (path: string, files: readonly string[], position?: Position) => {
    const { changes } = await attributeCauses([change(path, position)], {
      changedFiles: files,
      inputs: [],
      lockFile: LOCK,
      worlds: { kind: "none" },
    });
    return changes[0]!.causes;
  };

  test.each<[string, string, string[], Position | undefined, Cause[]]>([
    [
      "the edit where the value stands",
      "policies.commits",
      ["README.md", SOURCE],
      HERE,
      [{ kind: "edit", file: "flake.nix", line: 12 }],
    ],
    [
      "the value stands in a file that did not change: the Nix files that did",
      "policies.commits",
      ["README.md", "modules/a.nix", "modules/b.nix"],
      HERE,
      [edit("modules/a.nix"), edit("modules/b.nix")],
    ],
    [
      "a file that carries the thing's name comes before all others",
      "skills.review",
      ["README.md", "default.nix", "skills/review/SKILL.md"],
      HERE,
      [edit("skills/review/SKILL.md")],
    ],
    [
      "of many files only the first are named",
      "policies.commits",
      ["a.nix", "b.nix", "c.nix", "d.nix"],
      undefined,
      [edit("a.nix"), edit("b.nix"), edit("c.nix")],
    ],
    ["the lock file changed without moving an input", "policies.commits", [LOCK], HERE, [edit(LOCK)]],
    [
      "nothing differs but what was asked for: where the value stands",
      "policies.commits",
      [],
      HERE,
      [{ kind: "edit", file: "flake.nix", line: 12 }],
    ],
    [
      "nothing differs and nobody knows where the value stands: the flake",
      "policies.commits",
      [],
      undefined,
      [edit()],
    ],
  ])("%s", async (_, path, files, position, causes) => {
    expect(await edited(path, files, position)).toEqual(causes);
  });

  test("the lock file of a flake in a subdirectory is its own", async () => {
    const { changes } = await attributeCauses([change("persona")], {
      changedFiles: ["services/api/flake.lock"],
      inputs: [moved("standards")],
      lockFile: "services/api/flake.lock",
      worlds: { kind: "asked", ask: () => expect.unreachable() },
    });
    expect(changes[0]!.causes).toEqual([input("standards")]);
  });

  test("without two sides to lie between, everything is an edit", async () => {
    const { changes } = await attributeCauses([change("persona")], {
      changedFiles: [LOCK, SOURCE],
      inputs: [moved("standards")],
      lockFile: LOCK,
      worlds: { kind: "none" },
    });
    expect(changes[0]!.causes).toEqual([edit()]);
  });
});

test("an input counts the changes that it had a part in", async () => {
  const oracle = oracleOf({ one: formula("a"), two: formula("a&b"), three: formula("b|c") });
  const { inputs } = await attributeCauses([change("one"), change("two"), change("three")], {
    changedFiles: [LOCK],
    inputs: ["a", "b", "c", "d"].map(moved),
    lockFile: LOCK,
    worlds: { kind: "asked", ask: oracle.ask },
  });
  expect(inputs.map(({ path, effects }) => [path, effects])).toEqual([
    ["a", 2],
    ["b", 2],
    ["c", 1],
    ["d", 0],
  ]);
});

describe("a command line that names a file of the repository", () => {
  const AT_THE_LINE: Cause = { kind: "edit", file: HERE.file, line: HERE.line };
  const hook = (digest: string, command = "./guard.sh") => ({
    command,
    other: { $files: { "./guard.sh": digest } },
  });
  const caused = async (before: Json, after: Json, files: readonly string[]) => {
    const { changes } = await attributeCauses([{ ...change("hooks.PreToolUse[0]", HERE), before, after }], {
      changedFiles: files,
      inputs: [],
      lockFile: LOCK,
      worlds: { kind: "none" },
    });
    return changes[0]!.causes;
  };

  test.each<[name: string, before: Json, after: Json, files: string[], causes: Cause[]]>([
    [
      "the file alone is another one",
      hook("a"),
      hook("b"),
      [SOURCE, "guard.sh"],
      [{ kind: "edit", file: "guard.sh" }],
    ],
    [
      "a path alone is another one",
      { command: "sh", args: ["-e", "./guard.sh"], other: { $content: { "args[1]": "a" } } },
      { command: "sh", args: ["-e", "./guard.sh"], other: { $content: { "args[1]": "b" } } },
      ["flake.lock", "guard.sh"],
      [{ kind: "edit", file: "guard.sh" }],
    ],
    [
      "a path in a variable alone is another one",
      { env: { "A.b": "./guard.sh" }, other: { $content: { "env.A.b": "a" } } },
      { env: { "A.b": "./guard.sh" }, other: { $content: { "env.A.b": "b" } } },
      ["README", "guard.sh"],
      [{ kind: "edit", file: "guard.sh" }],
    ],
    [
      "a path of a setting alone is another one",
      { helper: { $path: "./guard.sh", $content: "a" } },
      { helper: { $path: "./guard.sh", $content: "b" } },
      ["README", "guard.sh"],
      [{ kind: "edit", file: "guard.sh" }],
    ],
    [
      "the line is another one, too",
      hook("a"),
      hook("b", "./guard.sh -v"),
      [SOURCE, "guard.sh"],
      [AT_THE_LINE],
    ],
    ["another file was edited", hook("a"), hook("a", "./guard.sh -v"), [SOURCE, "guard.sh"], [AT_THE_LINE]],
  ])("%s", async (_, before, after, files, causes) => {
    expect(await caused(before, after, files)).toEqual(causes);
  });
});
