import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Cause } from "../../src/model/change.ts";
import type { FlakeReport, Report } from "../../src/model/report.ts";
import { defaultNix } from "../support/nix.ts";
import { nixclaude, type ProgramResult, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";

/** The real Nix behind a script that writes a line for every evaluation that it is started for. */
const counting = createDirectory();
const log = join(counting, "evaluations");
const countedNix = join(counting, "nix");
writeFileSync(
  countedNix,
  `#!/bin/sh\ncase " $* " in *" eval "*) echo eval >> '${log}';; esac\nexec '${defaultNix().binary}' "$@"\n`,
);
chmodSync(countedNix, 0o755);

/** Starts of Nix since the last time that it was asked. */
export function startsOfNix(): number {
  const starts = existsSync(log) ? readFileSync(log, "utf8").split("\n").length - 1 : 0;
  rmSync(log, { force: true });
  return starts;
}

const store = join(createDirectory(), "store");

function nixCommand(flake: TestRepository, ...args: string[]): void {
  const features = ["--extra-experimental-features", "nix-command flakes"];
  execFileSync(defaultNix().binary, [...features, ...args], {
    cwd: flake.root,
    // A store of its own: by default Nix would make one for the whole machine.
    env: userEnvironment({ NIX_REMOTE: store }),
    stdio: "pipe",
  });
}

/** Locks what the flake asks for and is not locked yet, and these inputs anew; and commits. */
export function lock(flake: TestRepository, ...anew: string[]): string {
  nixCommand(flake, "flake", "lock", ...anew.flatMap((input) => ["--update-input", input]));
  return flake.commit("lock");
}

export interface FlakeText {
  /** Repository or reference by name of the input; further words after it, such as `inputs.lib.follows = "lib";`. */
  inputs?: Readonly<Record<string, TestRepository | string | [TestRepository, string]>>;
  /** Nix code: the attributes of the outputs, in which `i` is the inputs. */
  outputs: string;
}

export function flakeText({ inputs = {}, outputs }: FlakeText): string {
  const lines = Object.entries(inputs).map(([name, input]) => {
    const [source, more] = Array.isArray(input) ? input : [input, ""];
    const url = typeof source === "string" ? source : `git+file://${source.root}`;
    return `  inputs.${name} = { url = "${url}"; ${more} };\n`;
  });
  return `{\n${lines.join("")}  outputs = i: {\n    ${outputs}\n  };\n}\n`;
}

/** A flake in a repository of its own, locked. */
export function flake(text: FlakeText): TestRepository {
  const repository = createRepository({ "flake.nix": flakeText(text) });
  if (Object.keys(text.inputs ?? {}).length > 0) lock(repository);
  return repository;
}

export function rewrite(repository: TestRepository, text: FlakeText): void {
  repository.write({ "flake.nix": flakeText(text) });
  repository.commit("edit");
}

/** The outputs of a flake that has nothing but a number to say. */
export const version = (number: number) => `v = ${number};`;

/** A context of policies, each there under a condition: `{ both = "i.a.v == 2 && i.b.v == 2"; }`. */
export function policies(conditions: Readonly<Record<string, string>>): string {
  const lines = Object.entries(conditions).map(
    ([name, condition]) => `(if ${condition} then { ${name} = "It is so."; } else { })`,
  );
  return `claudeContext = { version = "2025-01"; policies = ${lines.join(" // ") || "{ }"}; };`;
}

export interface Checked {
  report: Report;
  flake: FlakeReport;
  /** Causes by path of the change. */
  causes: Record<string, Cause[]>;
  status: number | null;
}

/** The last commit (by default) held against the one before. */
export function check(repository: TestRepository, ...args: string[]): Checked {
  return read(run(repository, args));
}

/** The same as a user with a home and a cache of their own. */
export function checkAs(home: string, repository: TestRepository, ...args: string[]): Checked {
  return read(run(repository, args, { HOME: home, XDG_CACHE_HOME: join(home, "cache") }));
}

function run(
  repository: TestRepository,
  args: readonly string[],
  env: Record<string, string> = {},
): ProgramResult {
  const ends = args.includes("--base") ? [] : ["--base", "HEAD~1", "--head", "HEAD"];
  const command = ["check", ...ends, "--format", "json", ...args];
  return nixclaude(repository.root, command, { NIXCLAUDE_NIX: countedNix, ...env });
}

/** What was fetched and kept by Nix is gone; what nixclaude found out is still there. */
export function forgetFetched(home: string): void {
  const kept = join(home, "cache", "nixclaude", "results");
  const aside = join(home, "results");
  renameSync(kept, aside);
  for (const name of readdirSync(home)) {
    if (name === "results") continue;
    execFileSync("chmod", ["-R", "u+w", join(home, name)]);
    rmSync(join(home, name), { recursive: true });
  }
  mkdirSync(join(home, "cache", "nixclaude"), { recursive: true, mode: 0o700 });
  renameSync(aside, kept);
}

function read({ stdout, stderr, status }: ProgramResult): Checked {
  expect(stderr).toBe("");
  const report = JSON.parse(stdout) as Report;
  const [flake] = report.flakes;
  const causes = flake!.changes.map(({ path, causes }) => [path, causes] as const);
  return { report, flake: flake!, causes: Object.fromEntries(causes), status };
}

/** `input:a`, `edit:flake.nix`, `edit:flake.nix + input:a`. */
export function inWords(causes: readonly Cause[] | undefined): string[] {
  return (causes ?? []).map(causeInWords);
}

function causeInWords(cause: Cause): string {
  if (cause.kind === "joint") return cause.of.map(causeInWords).join(" + ");
  return cause.kind === "edit" ? `edit:${cause.file}` : `input:${cause.name}`;
}

/** Rows of the inputs table as `path kind effects`. */
export function rows({ flake }: Checked): string[] {
  return flake.inputs.map(({ path, kind, effects }) => `${path} ${kind} ${effects}`);
}
