import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { gitIn, makeExample } from "../../scripts/example.mjs";
import type { Report } from "../../src/model/report.ts";
import { defaultNix } from "../support/nix.ts";
import { nixclaude } from "../support/program.ts";
import { createDirectory, createRepository } from "../support/repository.ts";

const page = readFileSync("docs/bypass.md", "utf8");

/** First column of the page's first table. */
const promised = page
  .slice(page.indexOf("| a change that |"), page.indexOf('"Could not tell"'))
  .split("\n")
  .slice(2)
  .flatMap((line) => /^\| (.+?) \| /.exec(line)?.[1] ?? []);

const CONTEXT = `
    version = "2025-01";
    permissions.allow = [ "Bash(git status)" ];
    permissions.deny = [ "Read(.env)" ];
    constraints.no-push = { waivable = false; forbid.allow = [ "Bash(git push *)" ]; };
    constraints.secrets.require.deny = [ "Read(.env)" ];
`;
const flake = (context: string) => `{ outputs = _: { claudeContext = {${context}}; }; }\n`;
const waiver = (id: string, expires: string) =>
  `waivers.${id} = { reason = "because"; owner = "me"; ${expires} };`;
const PUSHES = ['[ "Bash(git status)" ]', '[ "Bash(git push *)" ]'] as const;
const NO_SECRETS = ['permissions.deny = [ "Read(.env)" ];', ""] as const;

interface Case {
  row: string;
  /** Texts of the flake and what takes their place. */
  edits?: (readonly [string, string])[];
  add?: string;
  files?: Record<string, string>;
  /** Findings that are to be there, and the exit status. */
  rules?: string[];
  /** Code of the error, where nothing is judged. */
  error?: RegExp;
  status: 1 | 3;
}

const CASES: Case[] = [
  {
    row: "loosens or drops a constraint",
    edits: [
      ['forbid.allow = [ "Bash(git push *)" ]', 'forbid.allow = [ "Bash(git push --force *)" ]'],
      PUSHES,
    ],
    rules: ["constraint-weakened", "no-push"],
    status: 1,
  },
  {
    row: "breaks a constraint so that it cannot be applied",
    edits: [['"Bash(git push *)"', '"bash(git push *)"']],
    error: /constraint/,
    status: 3,
  },
  {
    row: "takes out the flake or its `claudeContext`",
    edits: [["claudeContext", "otherContext"]],
    rules: ["context-removed"],
    status: 1,
  },
  {
    row: "spells a rule in another way, or splits it",
    edits: [[PUSHES[0], '[ "Bash(git push:*)" ]']],
    rules: ["no-push"],
    status: 1,
  },
  {
    row: "makes evaluation fail, hang or grow",
    add: 'persona = throw "no";',
    error: /evaluat|fail/i,
    status: 3,
  },
  {
    row: "waives what says `waivable = false`",
    edits: [PUSHES],
    add: waiver("no-push", 'expires = "2999-01-31";'),
    rules: ["waiver-not-allowed", "no-push"],
    status: 1,
  },
  {
    row: "makes a constraint waivable and waives it at once",
    edits: [PUSHES, ["waivable = false", "waivable = true"]],
    add: waiver("no-push", 'expires = "2999-01-31";'),
    rules: ["no-push"],
    status: 1,
  },
  {
    row: "waives with no end, or an end that has passed",
    edits: [NO_SECRETS],
    add: waiver("secrets", ""),
    rules: ["schema-invalid", "secrets"],
    status: 1,
  },
  {
    row: "waives with no end, or an end that has passed",
    edits: [NO_SECRETS],
    add: waiver("secrets", 'expires = "2001-01-31";'),
    rules: ["waiver-expired", "secrets"],
    status: 1,
  },
  {
    row: "edits `.claude/settings.json`, `.mcp.json` or `CLAUDE.md` beside the flake",
    files: { ".claude/settings.json": JSON.stringify({ permissions: { allow: ["Bash(git push *)"] } }) },
    rules: ["no-push"],
    status: 1,
  },
];

/** Rows about inputs and locks are tested below; the others by the tests of what they are about. */
const ELSEWHERE = [
  "edits a file that `nixclaude render` wrote, or the flake without writing it again",
  "drops the input that brings constraints, points it elsewhere, moves it back",
  "edits `flake.lock` by hand",
  "puts its own text where the report, the log or the comment would act on it",
  "comes from a fork with `pull_request_target`",
];

function check(directory: string) {
  const { status, stdout, stderr } = nixclaude(directory, ["check", "--format", "json"]);
  const open = () =>
    (JSON.parse(stdout) as Report).flakes
      .flatMap(({ findings }) => findings)
      .filter(({ waived }) => waived === undefined)
      .map(({ rule }) => rule);
  return { status, stderr, open };
}

test("every row of the page has its test", () => {
  expect([...new Set([...CASES.map(({ row }) => row), ...ELSEWHERE])].sort()).toEqual([...promised].sort());
});

describe("a change that", () => {
  test.each(CASES)(
    "$row: $rules $error",
    ({ edits = [], add = "", files = {}, rules = [], error, status }) => {
      const repository = createRepository({ "flake.nix": flake(CONTEXT) });
      let text = flake(CONTEXT + add);
      for (const [before, after] of edits) {
        expect(text).toContain(before);
        text = text.replace(before, after);
      }
      repository.write({ "flake.nix": text, ...files });
      repository.git("add", "--all");
      const checked = check(repository.root);
      expect(checked.status, checked.stderr).toBe(status);
      if (error !== undefined) expect(checked.stderr).toMatch(error);
      else expect(checked.open()).toEqual(expect.arrayContaining(rules));
    },
  );

  describe("touches the input that brings constraints", () => {
    const directory = createDirectory();
    let repository: string;
    let lock: string;
    beforeAll(() => {
      ({ repository } = makeExample(directory, defaultNix().binary));
      lock = readFileSync(join(repository, "flake.lock"), "utf8");
    });

    test("by another hash in flake.lock, is not passed", () => {
      const edited = lock.replace(/"narHash": "sha256-..../, '"narHash": "sha256-AAAA');
      expect(edited).not.toBe(lock);
      write(repository, "flake.lock", edited);
      expect(check(repository).status).not.toBe(0);
      write(repository, "flake.lock", lock);
    });

    test("by dropping it, lock and all, is judged by what it said", () => {
      const text = readFileSync(join(repository, "flake.nix"), "utf8");
      write(repository, "flake.nix", flake(CONTEXT));
      gitIn(repository, directory, "rm", "--quiet", "flake.lock");
      const { status, open } = check(repository);
      expect(open()).toContain("constraint-weakened");
      expect(status).toBe(1);
      write(repository, "flake.nix", text);
      write(repository, "flake.lock", lock);
      gitIn(repository, directory, "add", "flake.lock");
    });

    test("by pointing it elsewhere without its lock, is not evaluated", () => {
      const text = readFileSync(join(repository, "flake.nix"), "utf8");
      write(repository, "flake.nix", text.replace(/url = "[^"]*"/, 'url = "github:mallory/standards"'));
      const { status, stderr } = check(repository);
      expect(status).toBe(3);
      expect(stderr).toContain("lock-stale");
      write(repository, "flake.nix", text);
    });
  });
});

function write(directory: string, name: string, text: string): void {
  writeFileSync(join(directory, name), text);
}
