import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { median, ratioRow } from "./pairs.mjs";
import { benchEnvironment, benchNix, commit, initRepository } from "./repositories.mjs";

const ROUNDS = 25;
const CPU_ROUNDS = 9;
const action = fileURLToPath(new URL("../../dist/action.js", import.meta.url));

/**
 * The Action on a pull request that an earlier run has evaluated, as when a label is set or a review comes in: from the
 * start of its process to the first request that reaches GitHub, and all processor time, Git's included.
 */
export async function* actionBenchmarks() {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "nixclaude-bench-")));
  const github = await startGitHub();
  try {
    const start = stepIn(directory, github.url);
    await start([process.execPath, action]);
    const times = { a: [], b: [] };
    for (let round = -1; round < ROUNDS; round++) {
      github.firstRequest = null;
      const started = performance.now();
      await start([process.execPath, action]);
      const toCall = github.firstRequest - started;
      const idle = performance.now();
      await start([process.execPath, "-e", "0"]);
      // The first pair only warms up.
      if (round >= 0) {
        times.a.push(toCall);
        times.b.push(performance.now() - idle);
      }
    }
    yield ratioRow(
      "Action, evaluation known: to its first call",
      "`node -e 0`",
      { a: median(times.a), b: median(times.b) },
      4,
    );
    const seconds = [];
    for (let round = 0; round < CPU_ROUNDS; round++) {
      seconds.push(
        processorSeconds(await start(["sh", "-c", '"$@" >/dev/null; times', "sh", process.execPath, action])),
      );
    }
    const used = median(seconds);
    yield {
      name: "Action, evaluation known: processor time in all",
      against: "its processes, Git's included",
      measured: `${used.toFixed(2)} s`,
      limit: "1.5 s",
      ok: used <= 1.5,
    };
  } finally {
    await github.close();
    spawnSync("chmod", ["-R", "u+w", directory]);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Makes a repository with one pull request, and returns what runs a program as a step of its workflow. */
function stepIn(directory, apiUrl) {
  const repository = initRepository(join(directory, "repository"), directory);
  const context = (allow) =>
    `{ outputs = _: { claudeContext = { version = "2025-01"; permissions.allow = [ "${allow}" ]; }; }; }\n`;
  writeFileSync(join(repository, "flake.nix"), context("Bash(git status)"));
  const base = commit(repository, directory, "first");
  writeFileSync(join(repository, "flake.nix"), context("Bash(git *)"));
  const head = commit(repository, directory, "wider");
  const temporary = join(directory, "runner");
  mkdirSync(temporary);
  const file = (name, content) => {
    writeFileSync(join(temporary, name), content);
    return join(temporary, name);
  };
  const env = {
    ...benchEnvironment(directory, benchNix()),
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_EVENT_PATH: file("event.json", JSON.stringify(pullRequest(base, head))),
    GITHUB_SHA: head,
    GITHUB_REF: "refs/pull/7/merge",
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_WORKSPACE: repository,
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_API_URL: apiUrl,
    GITHUB_STEP_SUMMARY: file("summary.md", ""),
    GITHUB_OUTPUT: file("output.txt", ""),
    RUNNER_TEMP: temporary,
    "INPUT_GITHUB-TOKEN": "t0k3n",
  };
  let run = 1;
  return ([program, ...args]) => output(program, args, { ...env, GITHUB_RUN_ID: String(run++) }, repository);
}

function pullRequest(base, head) {
  const repo = { full_name: "acme/shop" };
  return {
    action: "synchronize",
    pull_request: {
      number: 7,
      user: { login: "ada" },
      head: { sha: head, ref: "feature", repo },
      base: { sha: base, ref: "main", repo },
    },
  };
}

async function output(program, args, env, cwd) {
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const status = await ended;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

/** Second line of the shell's `times`: user and system time of all it has waited for. */
function processorSeconds(times) {
  const [, children] = times.trim().split("\n");
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes, seconds]) => 60 * Number(minutes) + Number(seconds))
    .reduce((sum, one) => sum + one, 0);
}

/** As much of GitHub as keeps one comment. */
async function startGitHub() {
  const comments = [];
  const github = { firstRequest: null };
  const server = createServer(async (request, response) => {
    github.firstRequest ??= performance.now();
    const sent = await text(request);
    if (request.method !== "GET") {
      const user = { login: "github-actions[bot]" };
      comments[0] = { id: 1, html_url: "https://github.example/1", user, ...JSON.parse(sent) };
    }
    response.statusCode = request.method === "POST" ? 201 : 200;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(request.method === "GET" ? comments : comments[0]));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  github.url = `http://127.0.0.1:${server.address().port}`;
  github.close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return github;
}
