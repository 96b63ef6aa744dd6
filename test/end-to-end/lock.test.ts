import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { defaultNix } from "../support/nix.ts";
import { nixclaude, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";

let lib: TestRepository;
let fork: TestRepository;
let company: TestRepository;
let repository: TestRepository;

beforeEach(() => {
  const library = { "flake.nix": '{ outputs = _: { persona = "You are careful."; }; }\n' };
  lib = createRepository(library);
  fork = createRepository(library);
  company = createRepository({
    "flake.nix": `{ inputs.lib.url = "git+file://${lib.root}"; outputs = { lib, ... }: { inherit (lib) persona; }; }\n`,
  });
  lock(company);
  repository = createRepository({
    "flake.nix": `{
  inputs.company.url = "git+file://${company.root}";
  outputs = { company, ... }: { claudeContext = { version = "2025-01"; inherit (company) persona; }; };
}
`,
  });
  lock(repository);
});

const store = join(createDirectory(), "store");

function lock(flake: TestRepository, ...more: string[]): void {
  const features = ["--extra-experimental-features", "nix-command flakes"];
  execFileSync(defaultNix().binary, [...features, "flake", "lock", ...more], {
    cwd: flake.root,
    // A store of its own: by default Nix would make one for the whole machine.
    env: userEnvironment({ NIX_REMOTE: store }),
    stdio: "pipe",
  });
  flake.commit("lock");
}

function lockFindings(): { findings: Finding[]; report: Report } {
  const { stdout, stderr } = nixclaude(repository.root, [
    "check",
    "--base",
    "HEAD~1",
    "--head",
    "HEAD",
    "--format",
    "json",
  ]);
  expect(stderr).toBe("");
  const report = JSON.parse(stdout) as Report;
  return { report, findings: report.flakes[0]!.findings.filter(({ rule }) => rule.startsWith("lock-")) };
}

const said = (findings: readonly Finding[]) => findings.map(({ rule, severity }) => [rule, severity]);

function editLock(from: string, to: string): void {
  const text = repository.git("show", "HEAD:flake.lock");
  const edited = text.replaceAll(from, to);
  expect(edited).not.toBe(text);
  repository.write({ "flake.lock": `${edited}\n` });
  repository.commit("flake.lock: update");
}

test("an update by Nix says nothing about the lock", () => {
  lib.write({ "flake.nix": '{ outputs = _: { persona = "You are very careful."; }; }\n' });
  lib.commit("more");
  lock(company, "--update-input", "lib");
  lock(repository, "--update-input", "company");
  const { findings, report } = lockFindings();
  expect(findings).toEqual([]);
  expect(report.flakes[0]!.inputs.map(({ path, kind }) => [path, kind])).toEqual([
    ["company", "moved"],
    ["company/lib", "moved"],
  ]);
});

test("an input of an input that only the lock points at a fork blocks, although the fork holds the same", () => {
  editLock(`file://${lib.root}`, `file://${fork.root}`);
  const { findings, report } = lockFindings();
  expect(report.flakes[0]!.changes).toEqual([]);
  expect(report.verdict).toBe("block");
  expect(said(findings)).toEqual([
    ["lock-source-redirected", "error"],
    ["lock-input-local", "warning"],
  ]);
  expect(findings[0]!.subject.path).toBe("inputs.company.inputs.lib");
  const { file, line } = findings[0]!.position!;
  const lines = readFileSync(join(repository.root, file), "utf8").split("\n");
  expect(lines[line - 1]).toContain(`file://${fork.root}`);
});

test("the same is a note where the flake's own inputs say so", () => {
  const flake = readFileSync(join(repository.root, "flake.nix"), "utf8");
  repository.write({
    "flake.nix": flake.replace(
      "  outputs",
      `  inputs.company.inputs.lib.url = "git+file://${fork.root}";\n  outputs`,
    ),
  });
  lock(repository);
  const { findings, report } = lockFindings();
  expect(said(findings)).toEqual([
    ["lock-input-local", "warning"],
    ["lock-source-redirected", "note"],
  ]);
  expect(report.verdict).toBe("warn");
});

test("a lock that says something else than it was made from blocks", () => {
  const text = repository.git("show", "HEAD:flake.lock");
  const url = `"url": "file://${company.root}"`;
  const at = text.indexOf(url);
  const forked = createRepository({ "flake.nix": company.git("show", "HEAD:flake.nix") });
  forked.git("fetch", "-q", company.root);
  forked.git("reset", "-q", "--hard", "FETCH_HEAD");
  repository.write({
    "flake.lock": `${text.slice(0, at)}"url": "file://${forked.root}"${text.slice(at + url.length)}\n`,
  });
  repository.commit("flake.lock: update");
  const { findings, report } = lockFindings();
  expect(report.verdict).toBe("block");
  expect(said(findings)).toContainEqual(["lock-original-mismatch", "error"]);
  expect(said(findings)).toContainEqual(["lock-source-redirected", "error"]);
});

test("a date that was made up blocks; where Nix has to fetch the input, it refuses it", () => {
  editLock(
    `"lastModified": ${Date.UTC(2026, 0, 1) / 1000}`,
    `"lastModified": ${Date.UTC(2026, 5, 1) / 1000}`,
  );
  // Nothing has fetched it before: with the true date beside it, the store would have it already.
  const { status, stderr } = nixclaude(repository.root, ["check", "--base", "none", "--head", "HEAD"]);
  expect(status).toBe(3);
  expect(stderr.replace(/\s+/g, " ")).toContain("mismatch in field 'lastModified'");
  const { findings, report } = lockFindings();
  expect(report.verdict).toBe("block");
  expect(said(findings)).toEqual([
    ["lock-date-changed", "error"],
    ["lock-date-changed", "error"],
  ]);
});
