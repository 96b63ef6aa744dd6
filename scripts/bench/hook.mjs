import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pairedMedians, ratioRow, run } from "./pairs.mjs";
import { benchEnvironment, benchNix, commit, initRepository, program } from "./repositories.mjs";

/** The pre-commit hook when nothing that matters changed since the last check: the price of every commit. */
export async function* hookBenchmarks() {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "nixclaude-bench-")));
  try {
    const repository = initRepository(join(directory, "repository"), directory);
    writeFileSync(
      join(repository, "flake.nix"),
      '{ outputs = _: { claudeContext = { version = "2025-01"; permissions.allow = [ "Bash(git status)" ]; }; }; }\n',
    );
    commit(repository, directory, "first");
    const env = benchEnvironment(directory, benchNix());
    const hook = () => run(process.execPath, [program, "hook", "pre-commit"], { cwd: repository, env });
    hook();
    const medians = pairedMedians(20, hook, () =>
      run(process.execPath, ["-e", "0"], { cwd: repository, env }),
    );
    yield ratioRow("pre-commit hook, nothing changed", "`node -e 0`", medians, 3);
  } finally {
    spawnSync("chmod", ["-R", "u+w", directory]);
    rmSync(directory, { recursive: true, force: true });
  }
}
