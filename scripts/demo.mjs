// `npm run demo`: an organisation's standards, a repository that imports them, one careless line, and the report.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gitIn, makeExample, replaceIn } from "./example.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = join(root, "dist", "cli.js");
const directory = realpathSync(mkdtempSync(join(tmpdir(), "nixclaude-demo-")));

try {
  process.exitCode = demo() ? 0 : 1;
} finally {
  // Nix makes its store read-only.
  spawnSync("chmod", ["-R", "u+w", directory]);
  rmSync(directory, { recursive: true, force: true });
}

function demo() {
  const nix = execFileSync(process.execPath, [join(root, "scripts", "get-nix.mjs")], {
    encoding: "utf8",
  }).trim();
  execFileSync(process.execPath, [join(root, "scripts", "build.mjs")]);
  const { repository } = makeExample(directory, nix);
  say("A repository imports its organisation's standards for Claude as a flake input, and all is well:");
  const before = nixclaude(repository, nix, "check", "--head", "HEAD", "--base", "HEAD");
  say("Somebody finds one rule too narrow:");
  replaceIn(join(repository, "flake.nix"), '"Bash(git status)"', '"Bash(git *)"');
  gitIn(repository, directory, "add", "-A");
  process.stdout.write(
    indent(gitIn(repository, directory, "diff", "--cached", "--unified=0").split("\n").slice(5).join("\n")),
  );
  say("Before the commit exists:");
  const after = nixclaude(repository, nix, "check", "--staged");
  say(`The first check ended with exit status ${before}, the second with ${after}.`);
  return before === 0 && after === 1;
}

function nixclaude(repository, nix, ...args) {
  process.stdout.write(`\n  $ nixclaude ${args.join(" ")}\n\n`);
  const result = spawnSync(process.execPath, [program, ...args], {
    cwd: repository,
    env: {
      ...process.env,
      CI: "",
      NIXCLAUDE_NIX: nix,
      XDG_CACHE_HOME: join(directory, "cache"),
      GIT_CONFIG_GLOBAL: "/dev/null",
      COLUMNS: String(Math.min(process.stdout.columns ?? 96, 100) - 2),
      ...(process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: "1" } : {}),
    },
    encoding: "utf8",
  });
  process.stdout.write(indent(`${result.stdout}${result.stderr}`));
  return result.status;
}

function say(text) {
  process.stdout.write(`\n${text}\n`);
}

function indent(text) {
  return text
    .trimEnd()
    .replace(/^(?=.)/gm, "  ")
    .concat("\n");
}
