import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nixclaude, PROGRAM, startNixclaude, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository, type Files } from "../support/repository.ts";

const flake = (context: string) => `{ outputs = _: { claudeContext = ${context}; }; }\n`;
const plain = (attributes = "") => flake(`{ version = "2025-01"; ${attributes} }`);

interface Case {
  name: string;
  /** First commit; undefined: no commit at all. */
  before?: Files;
  /** Written into the work tree afterwards. */
  after?: Files;
  args?: string[];
  status: number;
  /** All must stand in what the user sees. */
  says: string[];
}

const CASES: Case[] = [
  {
    name: "unknown revision",
    before: { "flake.nix": plain() },
    args: ["check", "--base", "mian"],
    status: 3,
    says: ["unknown-revision", 'Did you mean "main"'],
  },
  { name: "no commit yet and nothing staged", status: 3, says: ["no-context", "nixclaude init"] },
  {
    name: "flake without claudeContext",
    before: { "flake.nix": "{ outputs = _: { }; }" },
    status: 3,
    says: ["no-claude-context", "--attribute"],
  },
  { name: "neither flake nor client files", before: { "README.md": "x" }, status: 3, says: ["no-context"] },
  {
    name: "claudeContext is a string",
    before: { "flake.nix": plain() },
    after: { "flake.nix": flake('"hello"') },
    status: 1,
    says: ["schema-invalid", "string"],
  },
  {
    name: "claudeContext is a function",
    before: { "flake.nix": plain() },
    after: { "flake.nix": flake("x: x") },
    status: 1,
    says: ["schema-invalid", "function"],
  },
  {
    name: "claudeContext throws",
    before: { "flake.nix": plain() },
    after: { "flake.nix": flake('throw "the reason"') },
    status: 3,
    says: ["evaluation-failed", "the reason"],
  },
  {
    name: "one broken value does not hide another",
    before: { "flake.nix": plain() },
    after: { "flake.nix": plain('persona = throw "first"; model = throw "second";') },
    status: 3,
    says: ["2 values", "first"],
  },
  {
    name: "loops for ever",
    before: { "flake.nix": plain() },
    after: {
      "flake.nix": flake(
        "let f = x: if x < 0 then x else f (x + 1 - 1 + (builtins.stringLength (toString x)) * 0); in f 1",
      ),
    },
    args: ["check", "--limit", "evaluation-time=3s"],
    status: 3,
    says: ["evaluation-"],
  },
  {
    name: "nests without end",
    before: { "flake.nix": plain() },
    after: { "flake.nix": flake('let x = { a = x; }; in { version = "2025-01"; settings = x; }') },
    status: 3,
    says: ["context-limit", "raise the limit"],
  },
  {
    name: "recurses without end",
    before: { "flake.nix": plain() },
    after: {
      "flake.nix": flake('{ version = "2025-01"; persona = (let y = y; in y); }'),
    },
    status: 3,
    says: ["evaluation-failed", "infinite recursion"],
  },
  {
    name: "does not parse",
    before: { "flake.nix": plain() },
    after: { "flake.nix": "{ outputs = _: {" },
    status: 3,
    says: ["evaluation-failed", "flake.nix:"],
  },
  {
    name: "unknown version",
    before: { "flake.nix": plain() },
    after: { "flake.nix": flake('{ version = "2031-01"; }') },
    status: 3,
    says: ["context-version-unknown", "2025-01"],
  },
  {
    name: "a rule that is not a rule",
    before: { "flake.nix": plain() },
    after: { "flake.nix": plain("permissions.allow = [ 5 ];") },
    status: 1,
    says: ["schema-invalid", "permissions.allow[0]"],
  },
  {
    name: "a constraint with a typing mistake",
    before: { "flake.nix": plain() },
    after: { "flake.nix": plain('constraints.x.forbidd.allow = [ "Bash(rm *)" ];') },
    status: 3,
    says: ["constraint-unreadable", "forbid"],
  },
  {
    name: "lock file missing",
    before: { "flake.nix": plain() },
    after: {
      "flake.nix":
        '{ inputs.org.url = "path:./org"; outputs = { self, org }: { claudeContext.version = "2025-01"; }; }',
    },
    status: 3,
    says: ["lock-missing", "nix flake lock"],
  },
  {
    name: "lock file not JSON",
    before: { "flake.nix": plain() },
    after: { "flake.lock": "{" },
    status: 3,
    says: ["lock-", "flake.lock"],
  },
  {
    name: "lock file from the future",
    before: { "flake.nix": plain() },
    after: { "flake.lock": '{ "version": 9, "root": "root", "nodes": { "root": {} } }' },
    status: 3,
    says: ["lock-", "9"],
  },
];

describe("every bad input gets a message, exit status 1 or 3, and leaves nothing behind", () => {
  test.each(CASES)("$name", ({ before, after, args, status, says }) => {
    const repository = createRepository(before);
    if (after !== undefined) {
      repository.write(after);
      repository.git("add", "-A");
    }
    const state = repository.snapshotState();
    const temporary = createDirectory();
    const result = nixclaude(repository.root, args ?? ["check"], { TMPDIR: temporary });
    for (const text of says) expect(result.stdout + result.stderr).toContain(text);
    expect(result.status).toBe(status);
    expect(repository.snapshotState()).toBe(state);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("outside a repository", () => {
    const result = nixclaude(createDirectory(), ["check"]);
    expect(result.stderr).toContain("not-a-repository");
    expect(result.status).toBe(3);
  });

  test("an organisation's flake that does not evaluate is never an organisation without constraints", () => {
    const organisation = createRepository({ "flake.nix": 'throw "no"' });
    const repository = createRepository({ "flake.nix": plain() });
    const result = nixclaude(repository.root, ["check", "--org", `git+file://${organisation.root}`]);
    expect(result.stderr).toMatch(/error\[evaluation-failed\]|error\[fetch-failed\]/);
    expect(result.status).toBe(3);
  });

  test("a context of 1 GB is cut off at the limit", () => {
    const repository = createRepository({ "flake.nix": plain() });
    const big =
      'let d = s: s + s; x = d (d (d (d (d (d (d (d (d (d "0123456789abcdef"))))))))); y = d (d (d (d (d (d (d (d (d (d (d (d (d (d (d (d x))))))))))))))); in';
    repository.write({ "flake.nix": flake(`${big} { version = "2025-01"; persona = y; }`) });
    const result = nixclaude(repository.root, ["check"]);
    expect(result.stderr).toMatch(/error\[evaluation-(output|memory|timeout)\]/);
    expect(result.status).toBe(3);
  });
});

describe("Nix itself", () => {
  const script = (text: string) => {
    const file = join(createDirectory(), "nix");
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };

  test.each([
    { name: "is missing", nix: "/nonexistent/nix", code: "nix-missing" },
    { name: "is too old", nix: () => script('echo "nix (Nix) 2.3.16"; exit 1'), code: "nix-too-old" },
    {
      name: "is killed",
      nix: () => script('case "$*" in --version) echo "nix (Nix) 2.26.3";; *) kill -9 $$;; esac'),
      code: "nix-killed",
    },
  ])("$name", ({ nix, code }) => {
    const repository = createRepository({ "flake.nix": plain() });
    const binary = typeof nix === "string" ? nix : nix();
    const result = nixclaude(repository.root, ["check"], { NIXCLAUDE_NIX: binary, PATH: "/usr/bin:/bin" });
    expect(result.stderr).toContain(`error[${code}]`);
    expect(result.status).toBe(3);
  });
});

describe("the surroundings", () => {
  test("an output pipe that closes early is no error of ours", () => {
    const repository = createRepository({ "flake.nix": plain() });
    const result = spawnSync(
      "sh",
      ["-c", `"$0" "$1" check --format json | head -c 1`, process.execPath, PROGRAM],
      {
        cwd: repository.root,
        env: userEnvironment(),
        encoding: "utf8",
      },
    );
    expect(result.stderr).toBe("");
    expect(result.stdout).toBe("{");
  });

  test("a full disk is said in words", () => {
    if (!existsSync("/dev/full")) throw new Error("this test needs /dev/full");
    const repository = createRepository({ "flake.nix": plain() });
    const result = nixclaude(repository.root, ["check", "--format", "json=/dev/full"]);
    expect(result.stderr).toMatch(/error\[(disk-full|output-failed)\]/);
    expect(result.status).toBe(3);
  });

  test("two runs at once agree", async () => {
    const repository = createRepository({ "flake.nix": plain() });
    repository.write({ "flake.nix": plain('permissions.allow = [ "Bash(git *)" ];') });
    const env = { XDG_CACHE_HOME: createDirectory() };
    const results = await Promise.all(
      [1, 2].map(() => startNixclaude(repository.root, ["check", "--format", "json"], env)),
    );
    const digests = results.map(({ stdout, stderr }) => {
      expect(stderr).toBe("");
      return JSON.parse(stdout).digest;
    });
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(digests[1]).toBe(digests[0]);
  });
});
