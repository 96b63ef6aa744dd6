import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { replaceIn } from "../../scripts/example.mjs";
import { parseLock, renderLock } from "../../src/lock/index.ts";
import type { Report } from "../../src/model/report.ts";
import { chooseStore } from "../../src/nix/store.ts";
import { defaultNix } from "../support/nix.ts";
import { nixclaude, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";

const examples = fileURLToPath(new URL("../../examples", import.meta.url));
const page = fileURLToPath(new URL("../../docs/provenance.md", import.meta.url));

let repository: TestRepository;

beforeAll(() => {
  const standards = commitBy(createRepository(filesOf("organisation")), "Noor", "2026-09-28", "Standards");
  repository = createRepository();
  repository.write({ ...filesOf("repository"), "flake.lock": lockOf(standards) });
  commitBy(repository, "Ada", "2026-10-01", "Say how Claude behaves here");
  const flake = join(repository.root, "flake.nix");
  replaceIn(flake, '"Bash(git status)"', '"Bash(git *)"');
  commitBy(repository, "Lin", "2026-10-14", "Let Claude run every command of Git");
  replaceIn(flake, "before you say that something works", "and `npm run lint` before you say so");
}, 60_000);

function filesOf(example: "organisation" | "repository"): Record<string, string> {
  const root = join(examples, example);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(root, path), readFileSync(path, "utf8")];
    }),
  );
}

function commitBy(of: TestRepository, author: string, day: string, subject: string): TestRepository {
  const env = Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((who) => [
      [`GIT_${who}_NAME`, `${author} Example`],
      [`GIT_${who}_DATE`, `${day}T09:00:00Z`],
    ]),
  );
  of.git("add", "-A");
  of.run(["commit", "-q", "--allow-empty", "-m", subject], { env });
  return of;
}

/** A lock that names the standards on GitHub. Nobody asks there: their tree is in the store already. */
function lockOf(standards: TestRepository): string {
  const env = userEnvironment();
  const store = chooseStore(env, join(env.XDG_CACHE_HOME!, "nixclaude")).arguments;
  const source = join(createDirectory(), "source");
  standards.git("worktree", "add", "-q", "--detach", source);
  execFileSync("rm", [join(source, ".git")]);
  const nix = (...args: string[]) =>
    execFileSync(defaultNix().binary, ["--extra-experimental-features", "nix-command", ...args], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  nix("store", "add-path", "--name", "source", source, ...store);
  const place = { type: "github", owner: "example", repo: "claude-standards" };
  const lock = {
    nodes: {
      "company-standards": {
        locked: {
          ...place,
          lastModified: Date.UTC(2026, 8, 28, 9) / 1000,
          narHash: nix("hash", "path", source),
          rev: standards.head(),
        },
        original: place,
      },
      root: { inputs: { "company-standards": "company-standards" } },
    },
    root: "root",
    version: 7,
  };
  return renderLock(parseLock(JSON.stringify(lock)));
}

const run = (...args: string[]) => nixclaude(repository.root, [...args, "--offline"]);

test("docs/provenance.md shows what the program says", async () => {
  const text = readFileSync(page, "utf8").replace(
    /```console\n\$ nixclaude (.*)\n[\s\S]*?```/g,
    (_, line: string) => {
      const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!);
      const { stdout, stderr } = run(...words);
      return `\`\`\`console\n$ nixclaude ${line}\n${stdout}${stderr}\`\`\``;
    },
  );
  await expect(text).toMatchFileSnapshot(page);
});

describe("a report on what one commit did", () => {
  let report: Report;
  beforeAll(() => {
    report = JSON.parse(run("check", "--head", "HEAD", "--format", "json").stdout);
  });

  test("names the commit and its author", () => {
    const change = report.flakes[0]!.changes.find(({ after }) => after === "Bash(git *)");
    const edit = {
      kind: "edit",
      file: "flake.nix",
      line: 30,
      commit: repository.head(),
      author: "Lin Example",
    };
    expect(change).toMatchObject({ position: { file: "flake.nix", line: 30 }, causes: [edit] });
  });

  test("links the constraint that it violates", () => {
    const finding = report.flakes[0]!.findings.find(({ rule }) => rule === "no-force-push");
    expect(finding?.constraintPosition?.url).toMatch(
      /^https:\/\/github\.com\/example\/claude-standards\/blob\/[0-9a-f]{40}\/flake\.nix#L\d+$/,
    );
  });
});

describe("blame", () => {
  const blame = (cwd: string, ...args: string[]) => {
    const { stdout, stderr, status } = nixclaude(cwd, ["blame", "--format", "json", "--offline", ...args]);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    return JSON.parse(stdout).values as {
      path: string;
      input: { path: string } | null;
      origin: { kind: string; boundary?: boolean; commit?: { author: string } };
    }[];
  };

  test("attributes elements of a list that was taken over to the input that has them", () => {
    const values = blame(repository.root, "permissions.deny");
    expect(values.map(({ input }) => input?.path)).toEqual(values.map(() => "company-standards"));
    expect(values.length).toBeGreaterThan(1);
  });

  test("says what is not committed yet, and of the revision before that it was", () => {
    const kindOf = (...args: string[]) => blame(repository.root, "policies.tests", ...args)[0]!.origin.kind;
    expect(kindOf()).toBe("uncommitted");
    expect(kindOf("--head", "HEAD")).toBe("commit");
  });

  test("works in a bare repository", () => {
    const bare = join(createDirectory(), "bare.git");
    repository.git("clone", "-q", "--bare", ".", bare);
    const values = blame(bare, "permissions.allow", "--head", "main");
    expect(values.map(({ origin }) => origin.commit?.author)).toEqual([
      "Lin Example",
      "Ada Example",
      "Ada Example",
    ]);
  });

  test("marks where a shallow clone ends", () => {
    const clone = join(createDirectory(), "clone");
    repository.git("clone", "-q", "--depth=1", `file://${repository.root}`, clone);
    const values = blame(clone, "permissions");
    expect(values.map(({ origin }) => origin.boundary)).toEqual(values.map(() => true));
    expect(nixclaude(clone, ["blame", "--offline"]).stdout).toMatch(/^\^[0-9a-f]{7} {2}2026-10-14/m);
  });

  test("of an attribute that is not there is wrong usage, with the one that was meant", () => {
    const { status, stdout, stderr } = run("blame", "permissions.alow");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/Did you mean\s+"permissions\.allow"\?/);
  });
});

test("the client's own files have commits, too, and no lock that could be wrong", () => {
  const settings = JSON.stringify({ permissions: { allow: ["Bash(git status)"] } }, null, 2);
  const files = createRepository({ ".claude/settings.json": settings, "flake.lock": "<<<<<<< damaged" });
  const { status, stdout, stderr } = nixclaude(files.root, ["why", "Bash(git status)"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/set in +\.claude\/settings\.json:4:7 \(permissions\.allow\[0\]\)/);
  expect(stdout).toContain(`commit   ${files.head().slice(0, 7)} 2026-01-01 Test Author: first`);
});
