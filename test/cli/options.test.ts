import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { LIMIT_NAMES } from "../../src/cli/limits.ts";
import { parseOptions, type RawOptions } from "../../src/cli/parse-options.ts";
import { UsageError } from "../../src/model/errors.ts";
import { DEFAULT_LIMITS } from "../../src/model/limits.ts";
import { cli } from "./io.ts";

test("without flags every default is filled in", () => {
  expect(parseOptions({})).toEqual({
    staged: false,
    worktree: false,
    includeUntracked: false,
    flakes: [],
    attribute: "claudeContext",
    orgs: [],
    formats: [{ name: "terminal" }],
    failOn: "error",
    frozen: false,
    approve: [],
    client: "2.1.330",
    untrusted: false,
    offline: false,
    cache: true,
    debug: false,
    color: "auto",
    limits: DEFAULT_LIMITS,
    probe: { with: [], allowNetwork: false, timeoutMs: 60_000 },
  });
});

test.each<[RawOptions, object]>([
  [{ base: "none" }, { base: "none" }],
  [
    { format: ["json=out=1.json", "markdown"] },
    { formats: [{ name: "json", file: "out=1.json" }, { name: "markdown" }] },
  ],
  [
    { flake: ["a", "b"], org: ["github:acme/x"] },
    { flakes: ["a", "b"], orgs: ["github:acme/x"] },
  ],
  [{ limit: ["evaluation-time=2m"] }, { limits: { ...DEFAULT_LIMITS, evaluationTimeoutMs: 120_000 } }],
  [{ limit: ["evaluation-time=90"] }, { limits: { ...DEFAULT_LIMITS, evaluationTimeoutMs: 90_000 } }],
  [
    { limit: ["evaluation-memory=8GiB", "inclusion-steps=5"] },
    { limits: { ...DEFAULT_LIMITS, evaluationMemoryBytes: 8 * 1024 ** 3, inclusionSteps: 5 } },
  ],
  [
    { verifyWith: ["./claude"], allowNetwork: true, clientTimeout: "1.5" },
    { probe: { with: ["./claude"], allowNetwork: true, timeoutMs: 1500 } },
  ],
])("%j is understood", (raw, options) => {
  expect(parseOptions(raw)).toMatchObject(options);
});

test.each<[RawOptions, string]>([
  [{ head: "x", staged: true }, "--head and --staged name different things to check"],
  [{ staged: true, worktree: true }, "--staged and --worktree name different things to check"],
  [{ staged: true, includeUntracked: true }, "--staged has no untracked files for --include-untracked"],
  [{ head: "x", includeUntracked: true }, "--head has no untracked files for --include-untracked"],
  [{ format: ["json", "markdown"] }, "two formats would be written to standard output"],
  [{ format: ["json=a", "markdown=a"] }, "two formats would be written to a"],
  [{ format: ["jsno"] }, '"jsno" is not a format. Did you mean "json"?'],
  [{ format: ["json="] }, "--format json= needs a value and was given an empty one"],
  [{ base: "" }, "--base needs a value and was given an empty one"],
  [{ failOn: "warnings" }, '--fail-on cannot be "warnings". Did you mean "warning"?'],
  [{ client: "2.1.331" }, '--client cannot be "2.1.331". Did you mean "2.1.330"?'],
  [{ limit: ["evalution-time=1s"] }, '"evalution-time" is not a limit. Did you mean "evaluation-time"?'],
  [{ limit: ["evaluation-time=soon"] }, '--limit evaluation-time cannot be "soon"'],
  [{ limit: ["inclusion-steps=10s"] }, '--limit inclusion-steps cannot be "10s"'],
  [{ untrusted: true, allowNetwork: true }, "--allow-network cannot stand beside --untrusted"],
  [{ verifyWith: [""] }, "--verify-with needs a value and was given an empty one"],
  [{ clientTimeout: "soon" }, '--client-timeout cannot be "soon"'],
  [{ clientTimeout: "0" }, '--client-timeout cannot be "0"'],
  [{ limit: ["inclusion-steps=0"] }, '--limit inclusion-steps cannot be "0"'],
])("%j is refused", (raw, message) => {
  expect(() => parseOptions(raw)).toThrow(expect.objectContaining({ message, exitCode: 2 }));
  expect(() => parseOptions(raw)).toThrow(UsageError);
});

test("every limit of the design has a name", () => {
  expect(LIMIT_NAMES).toHaveLength(Object.keys(DEFAULT_LIMITS).length);
});

describe("wrong words name the nearest right ones, and exit with 2", () => {
  test.each([
    [["chekc"], "chekc", 'Did you mean "check"?'],
    [["check", "--bse", "main"], "--bse", 'Did you mean "--base"?'],
    [["diff", "--fail-on", "error"], "--fail-on", "nixclaude diff --help"],
    [["check", "--stagedd"], "--stagedd", 'Did you mean "--staged"?'],
    [["check", "--fail-on", "eror"], "eror", "error, warning, never"],
    [["check", "--base"], "--base", "nixclaude check --help"],
    [["check", "extra"], "check", "nixclaude check --help"],
    [["why"], "call", "nixclaude why --help"],
    [["completion", "tcsh"], "tcsh", "bash, zsh, fish"],
    [["schema", "reprot"], "reprot", "context, constraints, report"],
    [["hook"], "name", "nixclaude hook --help"],
    [["install", "--with", "overcommit"], "lefthook", "git"],
    [["--bogus"], "--bogus", "nixclaude --help"],
    [[], "which command?", "check, diff, why"],
  ])("%j", async (argv, message, hint) => {
    const { status, stdout, stderr } = await cli(argv);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.replace(/\s+/g, " ")).toContain(message);
    expect(stderr.replace(/\s+/g, " ")).toContain(hint);
  });
});

test.each(COMMANDS.map(({ name }) => name))("%s has help with an example", async (name) => {
  const { status, stdout, stderr } = await cli([name, "--help"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain(`Usage: nixclaude ${name}`);
  expect(stdout).toContain("Examples:");
  await expect(stdout).toMatchFileSnapshot(`golden/help-${name}.txt`);
});

test("the overview names every command", async () => {
  const { status, stdout } = await cli(["--help"]);
  expect(status).toBe(0);
  await expect(stdout).toMatchFileSnapshot("golden/help.txt");
});

test("help stands before or after a command", async () => {
  expect(await cli(["help", "check"])).toEqual(await cli(["check", "--help"]));
  expect(await cli(["help"])).toEqual(await cli(["--help"]));
});

test("the version is the package's", async () => {
  expect(await cli(["--version"])).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
});
