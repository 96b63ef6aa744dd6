import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pairedMedians, ratioRow, run } from "./pairs.mjs";
import { benchEnvironment, benchNixes, commit, initRepository, program } from "./repositories.mjs";

/**
 * `check` against what it replaces: two plain `nix eval --json` of the same two revisions, one after the other.
 * Both have a store and a fetch cache of their own and have never seen the revisions of the round.
 */
export async function* checkBenchmarks() {
  for (const nix of benchNixes()) {
    const on = `(Nix ${nix.version})`;
    yield against(`\`check\` of a small flake, nothing cached ${on}`, nix.binary, {
      files: 5,
      newTrees: 2,
      rounds: 15,
      limit: 1.3,
    });
    yield against(`\`check\` of 5,000 files, one new tree ${on}`, nix.binary, {
      files: 5000,
      newTrees: 1,
      rounds: 5,
      limit: 1.1,
    });
  }
}

async function against(name, nix, { files, newTrees, rounds, limit }) {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "nixclaude-bench-")));
  try {
    const repository = initRepository(join(directory, "repository"), directory);
    fill(repository, files);
    let number = 0;
    const next = () => {
      writeFileSync(join(repository, "flake.nix"), flake(++number));
      return commit(repository, directory, `change ${number}`);
    };
    const pairs = [];
    let last = next();
    for (let round = -1; round < rounds; round++) {
      const base = newTrees === 2 ? next() : last;
      last = next();
      pairs.push({ base, head: last });
    }
    const ours = benchEnvironment(join(directory, "ours"), nix);
    const plain = {
      ...benchEnvironment(join(directory, "plain")),
      NIX_REMOTE: join(directory, "plain", "store"),
    };
    const check = (round) => {
      const { base, head } = pairs[round + 1];
      run(process.execPath, [program, "check", "--base", base, "--head", head], {
        cwd: repository,
        env: ours,
      });
    };
    const evaluate = (round) => {
      const { base, head } = pairs[round + 1];
      for (const revision of [base, head])
        run(nix, evalArguments(repository, revision), { cwd: repository, env: plain });
    };
    if (newTrees === 1) seeBase(pairs[0].base, { repository, nix, ours, plain });
    return ratioRow(name, "two `nix eval --json`", pairedMedians(rounds, check, evaluate), limit);
  } finally {
    spawnSync("chmod", ["-R", "u+w", directory]);
    rmSync(directory, { recursive: true, force: true });
  }
}

function seeBase(base, { repository, nix, ours, plain }) {
  run(process.execPath, [program, "check", "--base", "none", "--head", base], { cwd: repository, env: ours });
  run(nix, evalArguments(repository, base), { cwd: repository, env: plain });
}

function evalArguments(repository, revision) {
  return [
    "--extra-experimental-features",
    "nix-command flakes",
    "eval",
    "--json",
    `git+file://${repository}?rev=${revision}#claudeContext`,
  ];
}

function flake(number) {
  return `{
  outputs = _: {
    claudeContext = {
      version = "2025-01";
      persona = "Reviewer ${number}";
      permissions.allow = [ "Bash(git status)" "Bash(npm test)" ];
      policies.commits = "Ask before you push.";
    };
  };
}
`;
}

function fill(repository, files) {
  for (let i = 1; i < files; i++) {
    const folder = join(repository, `src/part-${i % 50}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `file-${i}.txt`), `line ${i}\n`.repeat(400));
  }
}
