import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hybridLock, type LockFile, parseLock, renderLock } from "../../src/lock/index.ts";
import { DEFAULT_LIMITS } from "../../src/model/limits.ts";
import type { RawValue } from "../../src/model/raw-value.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { runRules } from "../../src/rules/index.ts";
import { snapshotOf } from "../support/context.ts";
import { nixVersions, type TestNix } from "../support/nix.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";

const FEATURES = ["--extra-experimental-features", "nix-command flakes"];

/** Three levels of flakes in repositories, each of which says its own word and those of its inputs. */
function world(nix: TestNix) {
  const home = createDirectory("nixclaude-lock-");
  const run = (args: string[], cwd: string) =>
    execFileSync(nix.binary, [...FEATURES, ...args], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        HOME: home,
        NIX_REMOTE: join(home, "store"),
        NIX_CONF_DIR: home,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_CONFIG_GLOBAL: "/dev/null",
      },
    });
  const flake = (inputs: string, body: string) => `{ ${inputs} outputs = inputs: { ${body} }; }\n`;
  const repository = (inputs: string, body: string) => createRepository({ "flake.nix": flake(inputs, body) });
  const lib = repository("", 'word = "lib1";');
  const base = repository(`inputs.lib.url = "git+file://${lib.root}";`, 'word = "base1 ${inputs.lib.word}";');
  lockAt(base);
  const company = repository(
    `inputs.base.url = "git+file://${base.root}"; inputs.lib.follows = "base/lib";`,
    'word = "company1 ${inputs.base.word} ${inputs.lib.word}";',
  );
  lockAt(company);
  const tools = repository(
    `inputs.lib.url = "git+file://${lib.root}";`,
    'word = "tools1 ${inputs.lib.word}";',
  );
  lockAt(tools);
  const root = repository(
    `inputs.company.url = "git+file://${company.root}"; inputs.lib.url = "git+file://${lib.root}";
     inputs.tools = { url = "git+file://${tools.root}"; inputs.lib.follows = "lib"; };`,
    "words = [ inputs.company.word inputs.lib.word inputs.tools.word ];",
  );
  lockAt(root);
  return { root, lib, base, company, tools, lockAt, run };

  function lockAt(repository: TestRepository, ...more: string[]): string {
    run(["flake", "lock", ...more], repository.root);
    return repository.commit("lock");
  }
}

function edit(repository: TestRepository, from: string, to: string): void {
  const text = repository.git("show", "HEAD:flake.nix");
  repository.write({ "flake.nix": text.replaceAll(from, to) });
  repository.commit(to);
}

const lockOf = (repository: TestRepository, revision = "HEAD") =>
  parseLock(repository.git("show", `${revision}:flake.lock`));

function findingsOf(before: LockFile | null, after: LockFile) {
  const nothing: RawValue = { kind: "set", entries: {}, positions: {} };
  const locks = { before, after, file: "flake.lock", declared: { before: nothing, after: nothing } };
  const snapshot = snapshotOf({});
  const judged = { changes: [], client: DEFAULT_CLIENT, limits: DEFAULT_LIMITS, locks };
  return runRules({ before: snapshot, after: snapshot, ...judged })
    .filter(({ rule }) => rule.startsWith("lock-"))
    .map(({ rule, severity, subject }) => [rule, severity, subject.path]);
}

describe.each(nixVersions())("on Nix $version", (nix) => {
  test("a hybrid of two real locks evaluates, offline and unchanged, with the inputs that were chosen", () => {
    const { root, lib, base, company, tools, lockAt, run } = world(nix);
    const old = lockOf(root);
    edit(lib, "lib1", "lib2");
    lockAt(base, "--update-input", "lib");
    edit(base, "base1", "base2");
    lockAt(company, "--update-input", "base");
    edit(company, "company1", "company2");
    edit(tools, "tools1", "tools2");
    const moved = ["company", "lib", "tools"].flatMap((input) => ["--update-input", input]);
    lockAt(root, ...moved);
    const now = lockOf(root);

    // What Nix writes is read, and written again as it was.
    expect(renderLock(now).trim()).toBe(root.git("show", "HEAD:flake.lock"));
    expect(findingsOf(null, now).filter(([rule]) => rule !== "lock-input-local")).toEqual([]);
    expect(findingsOf(old, now)).toEqual([]);

    const words = (onto: LockFile, from: LockFile, ...paths: string[]) => {
      const hybrid = hybridLock(onto, from, paths);
      if (hybrid.kind === "refused") throw new Error(hybrid.because);
      writeFileSync(join(root.root, "flake.lock"), hybrid.text);
      const printed = run(["eval", "--json", "--offline", "--no-update-lock-file", ".#words"], root.root);
      expect(readFileSync(join(root.root, "flake.lock"), "utf8")).toBe(hybrid.text);
      return JSON.parse(printed) as string[];
    };
    const oldCompany = "company1 base1 lib1 lib1";
    const newCompany = "company2 base2 lib2 lib2";
    expect(words(old, now)).toEqual([oldCompany, "lib1", "tools1 lib1"]);
    expect(words(now, old)).toEqual([newCompany, "lib2", "tools2 lib2"]);
    expect(words(old, now, "company")).toEqual([newCompany, "lib1", "tools1 lib1"]);
    expect(words(old, now, "lib")).toEqual([oldCompany, "lib2", "tools1 lib2"]);
    expect(words(old, now, "tools")).toEqual([oldCompany, "lib1", "tools2 lib1"]);
    expect(words(old, now, "company/base")).toEqual(["company1 base2 lib2 lib2", "lib1", "tools1 lib1"]);
    expect(words(old, now, "company/base/lib")).toEqual(["company1 base1 lib2 lib2", "lib1", "tools1 lib1"]);
    expect(words(now, old, "company", "tools")).toEqual([oldCompany, "lib2", "tools1 lib2"]);
  });

  test("locks that real updates make say nothing, and a step back is told", () => {
    const { root, tools, lockAt } = world(nix);
    const old = lockOf(root);
    tools.run(["commit", "--allow-empty", "-q", "-m", "later"], {
      env: { GIT_COMMITTER_DATE: "2026-03-01T00:00:00Z" },
    });
    lockAt(root, "--update-input", "tools");
    const now = lockOf(root);
    expect(findingsOf(old, now)).toEqual([]);
    expect(findingsOf(now, old)).toEqual([["lock-time-backwards", "warning", "inputs.tools"]]);
  });

  test("of a value that stands there twice, Nix uses the last", () => {
    const { root, tools, lockAt, run } = world(nix);
    const old = tools.head();
    edit(tools, "tools1", "tools2");
    lockAt(root, "--update-input", "tools");
    const now = tools.head();
    const text = root.git("show", "HEAD:flake.lock");
    const twice = text.replace(`"rev": "${now}"`, `"rev": "${old}",\n        "rev": "${now}"`);
    expect(twice).not.toBe(text);
    writeFileSync(join(root.root, "flake.lock"), twice);
    const printed = run(["eval", "--json", "--offline", "--no-update-lock-file", ".#words"], root.root);
    expect(JSON.parse(printed)).toContain("tools2 lib1");
    expect(findingsOf(null, parseLock(twice))).toContainEqual(["lock-value-hidden", "error", "nodes.tools"]);
  });
});
