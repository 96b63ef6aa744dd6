import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { BisectResult } from "../../src/check/bisect/result.ts";
import { type CliResult, cli } from "../cli/io.ts";
import { defaultNix } from "../support/nix.ts";
import { userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository, type Files, type TestRepository } from "../support/repository.ts";

const store = join(createDirectory(), "store");

/** Runs `nix flake ...` in a repository and commits what it wrote. */
export function nixFlake(repository: TestRepository, ...args: string[]): string {
  repository.git("add", "-A");
  const features = ["--extra-experimental-features", "nix-command flakes"];
  execFileSync(defaultNix().binary, [...features, "flake", ...args], {
    cwd: repository.root,
    // A store of its own: by default Nix would make one for the whole machine.
    env: userEnvironment({ NIX_REMOTE: store }),
    stdio: "pipe",
  });
  return repository.commit(`flake.lock: ${args[0]}`);
}

/** What an organisation's flake hands out. */
export interface Words {
  allow?: string[];
  deny?: string[];
  persona?: string;
  /** Needed by all that use it: `throw "broken"` breaks them. */
  needed?: string;
}

export function wordsFlake({ allow = [], deny = [], persona = "Careful.", needed = "null" }: Words): Files {
  const list = (rules: readonly string[]) => `[ ${rules.map((rule) => JSON.stringify(rule)).join(" ")} ]`;
  return {
    "flake.nix": `{
  outputs = _: {
    words = {
      allow = ${list(allow)};
      deny = ${list(deny)};
      persona = ${JSON.stringify(persona)};
      needed = ${needed};
    };
  };
}
`,
  };
}

/** A flake whose context is made of the words of its input `company`. */
export function contextFlake(inputs: string, more = ""): Files {
  return {
    "flake.nix": `{
  inputs = { ${inputs} };
  outputs = { company, ... }: {
    claudeContext = builtins.seq company.words.needed {
      version = "2025-01";
      inherit (company.words) persona;
      permissions = { inherit (company.words) allow deny; };
      ${more}
    };
  };
}
`,
  };
}

/** One commit for each on what is checked out, with a file that differs every time. Returns their ids. */
export function commitWords(company: TestRepository, all: readonly Words[], from = 0): string[] {
  if (all.length === 0) return [];
  const parent = company.run(["rev-parse", "--verify", "--quiet", "HEAD"]).stdout.trim();
  const commits = all.map((words, index) => {
    const files = Object.entries({ ...wordsFlake(words), "log.txt": `${from + index}\n` });
    const changed = files.map(([path, text]) => `M 644 inline ${path}\n${data(String(text))}`);
    const before = index === 0 && parent !== "" ? `from ${parent}\n` : "";
    return `commit HEAD\nauthor ${AUTHOR}\ncommitter ${AUTHOR}\n${data(`Commit ${from + index}\n`)}${before}${changed.join("")}`;
  });
  // One process for all of them: three for each commit are most of what such a history takes.
  const { status, stderr } = company.run(["fast-import", "--quiet"], { input: commits.join("") });
  if (status !== 0) throw new Error(stderr);
  company.git("reset", "-q", "--hard");
  return company
    .git("rev-list", "--reverse", `--max-count=${all.length}`, "--first-parent", "HEAD")
    .split("\n");
}

/** As `cleanGitEnvironment` has it. */
const AUTHOR = `Test Author <author@example.org> ${Date.UTC(2026, 0, 1) / 1000} +0000`;

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** As many words as there are letters; what each letter adds to its commit. */
export function history(letters: string, meaning: Record<string, Words>): Words[] {
  return [...letters].map((letter) => meaning[letter] ?? {});
}

/** A flake that has its input at the first commit in HEAD~1, and at the last one in HEAD. */
export function updated(all: readonly Words[], more = "") {
  const company = createRepository();
  const ids = commitWords(company, all.slice(0, 1));
  const root = createRepository(contextFlake(`company.url = "git+file://${company.root}";`, more));
  nixFlake(root, "lock");
  ids.push(...commitWords(company, all.slice(1), 1));
  nixFlake(root, "update", "company");
  return { company, root, ids };
}

/** A lock file with one input `company` from a forge; Nix never fetches it here. */
export function githubLock(rev: string): string {
  const original = { type: "github", owner: "acme", repo: "standards" };
  const locked = { ...original, rev, narHash: `sha256-${"A".repeat(43)}=`, lastModified: 1767225600 };
  const nodes = { company: { locked, original }, root: { inputs: { company: "company" } } };
  return `${JSON.stringify({ nodes, root: "root", version: 7 }, null, 2)}\n`;
}

/** Runs it in this process, from one end to the other of the last commit unless told. */
export function bisect(
  root: TestRepository,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<CliResult> {
  return cli(["bisect", "company", "--base", "HEAD~1", "--head", "HEAD", ...args], {
    cwd: root.root,
    env: userEnvironment(env),
    columns: 100,
  });
}

export async function bisected(
  root: TestRepository,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<BisectResult & { status: number }> {
  const { status, stdout, stderr } = await bisect(root, ["--format", "json", ...args], env);
  if (stdout === "") throw new Error(stderr);
  return { status, ...(JSON.parse(stdout) as BisectResult) };
}

/** Each change with the commit that made it, as its number in `ids`. */
export function found({ changes }: BisectResult, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    changes.map(({ change, first }) => {
      const at = (id: string) => ids.indexOf(id);
      const where = first.kind === "commit" ? `${at(first.id)}` : `${at(first.from.id)}-${at(first.to.id)}`;
      return [change.summary, where];
    }),
  );
}
