import { execFileSync } from "node:child_process";
import { readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { defaultNix } from "../support/nix.ts";
import { nixclaude, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";
import { copied } from "./copied.ts";

const LOCK = "claude-context.lock.json";
const flake = (...rules: string[]) =>
  `{ outputs = _: { claudeContext = { version = "2025-01"; permissions.allow = [ ${rules.map((rule) => `"${rule}"`).join(" ")} ]; }; }; }\n`;

const lock = (repository: TestRepository, ...args: string[]) => nixclaude(repository.root, ["lock", ...args]);

/** A repository whose only commit is locked. */
function lockedRepository(): TestRepository {
  return copied("locked", () => {
    const repository = createRepository({ "flake.nix": flake("WebFetch") });
    expect(lock(repository).status).toBe(0);
    repository.commit("Lock");
    return repository;
  });
}

/** What `check` finds about the lock, and its verdict. */
function checked(
  repository: TestRepository,
  ...args: string[]
): { status: number | null; verdict: string; found: Finding[] } {
  const { status, stdout, stderr } = nixclaude(repository.root, ["check", "--format", "json", ...args]);
  expect(stderr).toBe("");
  const { verdict, flakes } = JSON.parse(stdout) as Report;
  const findings = flakes.flatMap((one) => one.findings);
  return { status, verdict, found: findings.filter(({ rule }) => rule === "behavior-lock-stale") };
}

describe("nixclaude lock", () => {
  test("writes the file, and writes nothing when it fits; neither index nor repository is touched", () => {
    const repository = createRepository({ "flake.nix": flake("WebFetch") });
    const state = repository.snapshotState();
    const first = lock(repository);
    expect(first).toMatchObject({ status: 0, stdout: "" });
    expect(first.stderr).toBe(`Wrote ${LOCK}. Git does not know it yet: add it with \`git add\`.\n`);
    const path = join(repository.root, LOCK);
    expect(statSync(path).mode & 0o777).toBe(0o644);
    const withoutLock = repository
      .snapshotState()
      .split("\n")
      .filter((line) => !line.startsWith(LOCK) && !line.startsWith(" "));
    expect(withoutLock).toEqual(state.split("\n").filter((line) => !line.startsWith(" ")));
    const { mtimeNs, ino } = statSync(path, { bigint: true });
    repository.git("add", LOCK);
    expect(lock(repository).stderr).toBe(`${LOCK} fits.\n`);
    expect(statSync(path, { bigint: true })).toMatchObject({ mtimeNs, ino });
  });

  test("says the same of the same behavior in every clone", () => {
    const texts = ["a", "b"].map((name) => {
      const repository = createRepository({ "flake.nix": flake("WebFetch") }, { name });
      return lock(repository, "--stdout").stdout;
    });
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toMatch(/\/nix\/store|\/tmp|20\d\d-\d\d-\d\d/);
  });

  test("--check says what differs and writes nothing", () => {
    const repository = lockedRepository();
    expect(lock(repository, "--check")).toEqual({
      status: 0,
      stdout: `${LOCK} fits the work tree.\n`,
      stderr: "",
    });
    repository.write({ "flake.nix": flake("WebFetch", "Bash(git *)") });
    const state = repository.snapshotState();
    const { status, stdout } = lock(repository, "--check");
    expect(status).toBe(1);
    expect(stdout).toContain("does not fit: 1 difference");
    expect(stdout).toMatch(/widens +allow rule `Bash\(git \*\)` added/);
    expect(stdout).toMatch(/^\+ +"Bash\(git \*\)",$/m);
    expect(stdout).toContain("To mend it: nixclaude lock\n");
    expect(repository.snapshotState()).toBe(state);
  });

  test("holds the script of a server that the flake has in its own source", () => {
    const repository = createRepository({
      "flake.nix":
        '{ outputs = { self }: { claudeContext = { version = "2025-01"; mcpServers.db.command = "${self}/run.sh"; }; }; }\n',
      "run.sh": "exec db --read-only\n",
    });
    expect(lock(repository).status).toBe(0);
    repository.commit("Lock");
    repository.write({ "run.sh": "exec db\n" });
    const { status, stdout } = lock(repository, "--check");
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /widens +MCP server `db` changed \(content of `\.\/run\.sh`\): runs `\.\/run\.sh`/,
    );
  });

  test("--staged and --head look at another state, --stdout prints it", () => {
    const repository = lockedRepository();
    repository.write({ "flake.nix": flake("Read") });
    repository.git("add", "flake.nix");
    repository.write({ "flake.nix": flake("Glob") });
    expect(lock(repository, "--stdout").stdout).toContain('"Glob"');
    expect(lock(repository, "--staged", "--stdout").stdout).toContain('"Read"');
    expect(lock(repository, "--head", "HEAD", "--stdout").stdout).toContain('"WebFetch"');
    expect(lock(repository, "--head", "HEAD", "--check").status).toBe(0);
    expect(lock(repository, "--staged", "--check").status).toBe(1);
    expect(lock(repository, "--staged").status).toBe(0);
    expect(readFileSync(join(repository.root, LOCK), "utf8")).toContain('"Read"');
  });

  test("stands next to each flake that is named", () => {
    const repository = createRepository({
      "a/flake.nix": flake("Read"),
      "b/flake.nix": flake("Glob").replace("claudeContext =", "other.place ="),
    });
    expect(lock(repository, "--flake", "a").status).toBe(0);
    expect(lock(repository, "--flake", "b", "--attribute", "other.place").status).toBe(0);
    repository.commit();
    expect(checked(repository, "--frozen", "--flake", "a", "--base", "none").found).toEqual([]);
    const elsewhere = lock(repository, "--check", "--flake", "b").stderr;
    expect(elsewhere).toContain("no-claude-context");
    expect(
      checked(repository, "--frozen", "--flake", "b", "--attribute", "other.place", "--base", "none").found,
    ).toEqual([]);
  });

  test("never writes through a symbolic link", () => {
    const elsewhere = join(createDirectory(), "target");
    writeFileSync(elsewhere, "kept");
    const repository = createRepository({ "flake.nix": flake("WebFetch") });
    symlinkSync(elsewhere, join(repository.root, LOCK));
    const { status, stderr } = lock(repository);
    expect({ status, kept: readFileSync(elsewhere, "utf8") }).toEqual({ status: 3, kept: "kept" });
    expect(stderr).toMatch(/is a\s+symbolic\s+link/);
    repository.commit();
    expect(checked(repository, "--frozen", "--head", "HEAD", "--base", "none").found).toMatchObject([
      { severity: "error", message: expect.stringContaining("symbolic link") },
    ]);
  });

  test.each([
    [
      "a value that does not fit the schema",
      flake("WebFetch").replace("permissions.allow", "permissions.alow"),
      "context-invalid",
    ],
    ["no context", "{ outputs = _: { }; }", "no-claude-context"],
    ["a value that does not evaluate", flake("${throw ''no''}"), "evaluation-failed"],
  ])("%s is not locked", (_, text, code) => {
    const repository = createRepository({ "flake.nix": text });
    const { status, stderr } = lock(repository);
    expect(status).toBe(3);
    expect(stderr).toContain(`error[${code}]`);
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  test("a context that holds the file itself is not locked again and again", () => {
    const repository = createRepository({
      "flake.nix": `{ outputs = _: { claudeContext = { version = "2025-01"; skills.all = ./.; }; }; }\n`,
      "SKILL.md": "---\nname: all\ndescription: All.\n---\nLook.\n",
    });
    expect(lock(repository).status).toBe(0);
    repository.commit();
    expect(checked(repository, "--frozen", "--head", "HEAD", "--base", "none").status).toBe(1);
    expect(lock(repository).stderr).toContain("error[lock-of-itself]");
  });

  test.each([
    [["--check", "--stdout"], "contradictory-flags"],
    [["--stdout", "--flake", "a", "--flake", "b"], "contradictory-flags"],
    [["flake.nix"], "excess-arguments"],
  ])("%j is refused", (args, code) => {
    const result = lock(lockedRepository(), ...args);
    expect(result.status).toBe(2);
    expect(result.stderr).toContain(`error[${code}]`);
  });
});

describe("check --frozen", () => {
  test("passes what fits: committed, staged, and as it lies there", () => {
    const repository = lockedRepository();
    for (const end of [["--head", "HEAD"], ["--staged"], ["--worktree"]]) {
      expect(checked(repository, "--frozen", ...end)).toMatchObject({ status: 0, found: [] });
    }
  });

  test("blocks what does not fit, also when the answer without it is known", () => {
    const repository = lockedRepository();
    repository.write({ "flake.nix": flake() });
    repository.commit();
    expect(checked(repository, "--head", "HEAD")).toMatchObject({
      status: 0,
      verdict: "warn",
      found: [{ severity: "warning", introduced: true }],
    });
    const { status, found } = checked(repository, "--frozen", "--head", "HEAD");
    expect(status).toBe(1);
    expect(found).toMatchObject([
      {
        severity: "error",
        message: `\`${LOCK}\` does not fit the context: allow rule \`WebFetch\` removed.`,
        help: expect.stringContaining("`nixclaude lock`"),
        position: { file: LOCK, line: 1 },
      },
    ]);
    // What stood there before is not what this change introduces.
    repository.write({ "other.txt": "1" });
    repository.commit();
    expect(checked(repository, "--head", "HEAD").found).toMatchObject([{ introduced: false }]);
  });

  test("reads the file of the tree that is checked, never one that lies beside it", () => {
    const repository = lockedRepository();
    repository.write({ "flake.nix": flake("Read") });
    repository.git("add", "flake.nix");
    lock(repository);
    expect(checked(repository, "--frozen", "--worktree").found).toEqual([]);
    expect(checked(repository, "--frozen", "--staged").status).toBe(1);
    repository.git("add", LOCK);
    expect(checked(repository, "--frozen", "--staged").found).toEqual([]);
    writeFileSync(join(repository.root, LOCK), "damaged");
    expect(checked(repository, "--frozen", "--staged").found).toEqual([]);
    expect(checked(repository, "--frozen", "--worktree").status).toBe(1);
  });

  test.each<[what: string, change: (text: string) => string | null, because: string]>([
    ["is not there", () => null, "is not there"],
    ["is empty", () => "", "is not JSON"],
    [
      "is in the middle of a merge",
      (text) => `<<<<<<< ours\n${text}=======\n${text}>>>>>>> theirs\n`,
      "marks of a merge",
    ],
    ["has a later version", (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 2'), "version 2"],
    ["was edited", (text) => text.replace('"WebFetch"', '"Read"'), "digest"],
    ["is too large", (text) => text + " ".repeat(17 * 1024 ** 2), "larger than 16 MiB"],
  ])("a lock that %s blocks; without --frozen it is at most a warning", (_, change, because) => {
    const repository = lockedRepository();
    const text = change(readFileSync(join(repository.root, LOCK), "utf8"));
    if (text === null) repository.git("rm", "-q", LOCK);
    else repository.write({ [LOCK]: text });
    repository.commit();
    const { status, found } = checked(repository, "--frozen", "--head", "HEAD");
    expect({ status, severity: found[0]?.severity }).toEqual({ status: 1, severity: "error" });
    expect(found[0]?.message).toContain(because);
    const lenient = checked(repository, "--head", "HEAD");
    expect(lenient.status).toBe(0);
    expect(lenient.found.map(({ severity }) => severity)).toEqual(text === null ? [] : ["warning"]);
  });

  test("a lock of another attribute, or for another client, is none for this one", () => {
    const repository = createRepository({
      "flake.nix": flake("WebFetch")
        .replace("claudeContext =", "other = claudeContext; claudeContext =")
        .replace("outputs = _: {", "outputs = _: rec {"),
    });
    lock(repository);
    repository.commit();
    const attribute = ["--head", "HEAD", "--base", "none", "--attribute", "other"];
    expect(checked(repository, ...attribute).found).toEqual([]);
    expect(checked(repository, "--frozen", ...attribute).found[0]?.help).toContain(
      "nixclaude lock --attribute other",
    );
    const client = checked(repository, "--frozen", "--head", "HEAD", "--client", "2.1.197");
    expect(client.found[0]?.message).toContain("2.1.330");
  });

  test("a context that is gone has no lock that fits", () => {
    const repository = lockedRepository();
    repository.write({ "flake.nix": "{ outputs = _: { }; }" });
    repository.commit();
    expect(checked(repository, "--frozen", "--head", "HEAD").found).toHaveLength(1);
  });

  test("works for a repository without a flake, too", () => {
    const repository = createRepository({
      ".claude/settings.json": '{ "permissions": { "allow": ["WebFetch"] } }',
    });
    expect(lock(repository).status).toBe(0);
    repository.commit();
    const frozen = () => checked(repository, "--frozen", "--head", "HEAD", "--base", "none").found;
    expect(frozen()).toEqual([]);
    repository.write({ ".claude/settings.json": '{ "permissions": { "allow": ["WebSearch"] } }' });
    repository.commit();
    expect(frozen()).toHaveLength(1);
  });
});

test("the hook warns of a stale lock and lets the commit through", () => {
  const repository = lockedRepository();
  const hook = () => nixclaude(repository.root, ["hook", "pre-commit"]);
  expect(hook()).toEqual({ status: 0, stdout: "", stderr: "" });
  repository.write({ "flake.nix": flake() });
  repository.git("add", "-A");
  const { status, stdout } = hook();
  expect(status).toBe(0);
  expect(stdout).toContain("warning[behavior-lock-stale]");
});

test("an input that moves without changing the behavior leaves the lock alone; its constraints are part of it", () => {
  const standards = createRepository({
    "flake.nix":
      '{ outputs = _: { claudeContext = { version = "2025-01"; constraints.kind.require.persona = [ "Kind." ]; }; }; }\n',
  });
  const repository = createRepository({
    "flake.nix": `{ inputs.standards.url = "git+file://${standards.root}"; outputs = _: { claudeContext = { version = "2025-01"; persona = "Kind."; }; }; }\n`,
  });
  const store = join(createDirectory(), "store");
  const update = () => {
    const features = ["--extra-experimental-features", "nix-command flakes"];
    execFileSync(defaultNix().binary, [...features, "flake", "update"], {
      cwd: repository.root,
      env: userEnvironment({ NIX_REMOTE: store }),
      stdio: "pipe",
    });
    return repository.commit("update");
  };
  update();
  lock(repository);
  repository.commit();
  const text = readFileSync(join(repository.root, LOCK), "utf8");
  expect(JSON.parse(text).inputConstraints).toMatchObject({ standards: { kind: {} } });
  expect(text).not.toContain(standards.root);
  standards.write({ "README.md": "More." });
  standards.commit();
  update();
  expect(lock(repository, "--check").status).toBe(0);
  standards.write({ "flake.nix": '{ outputs = _: { claudeContext.version = "2025-01"; }; }\n' });
  standards.commit();
  update();
  expect(lock(repository, "--check").stdout).toContain("constraint `kind` of input `standards` removed");
});

test("the example of docs/behavior-lock.md is what happens", () => {
  const page = readFileSync("docs/behavior-lock.md", "utf8");
  const block = (language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "ms").exec(page)?.[1];
  const repository = createRepository({ "flake.nix": block("nix")! });
  lock(repository);
  expect(readFileSync(join(repository.root, LOCK), "utf8")).toBe(block("json"));
  repository.commit();
  repository.write({ "flake.nix": block("nix")!.replace("git status", "git *") });
  expect(lock(repository, "--check")).toEqual({ status: 1, stdout: block("text"), stderr: "" });
});
