import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { lock } from "../../scripts/example.mjs";
import { type GitHubServer, startGitHub } from "../github/server.ts";
import { defaultNix } from "../support/nix.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";
import { NODES } from "./nodes.ts";
import { pullRequestPayload } from "./payloads.ts";
import { runStep, type World, worldOf } from "./world.ts";

const home = createDirectory();

function flake(context: string, inputs = ""): Record<string, string> {
  const written = `{\n  ${inputs}\n  outputs = { self, ... }@inputs: {\n    claudeContext = {\n      version = "2025-01";\n      ${context}\n    };\n  };\n}\n`;
  return { "flake.nix": written };
}

function locked(files: Record<string, string>): TestRepository {
  const repository = createRepository(files);
  lock(repository.root, home, defaultNix().binary);
  repository.commit("lock");
  return repository;
}

const allow = (...rules: string[]) =>
  `permissions.allow = [ ${rules.map((rule) => `"${rule}"`).join(" ")} ];`;

/** An organisation's flake in the repository itself, taken by its path. */
const STANDARDS = {
  "standards/flake.nix": `{\n  outputs = _: {\n    claudeContext = {\n      version = "2025-01";\n      constraints.no-force-push = {\n        description = "Nobody rewrites what others have pulled.";\n        forbid.allow = [ "Bash(git push --force *)" ];\n        waivable = false;\n      };\n    };\n  };\n}\n`,
};

const worlds: Record<"same" | "wider" | "blocked" | "bumped", () => World> = {
  same: () => {
    const origin = createRepository({ ...flake(allow("Bash(git status)")), "README.md": "one\n" });
    return worldOf(origin, () => origin.write({ "README.md": "two\n" }));
  },
  wider: () => {
    const origin = createRepository(flake(allow("Bash(git status)")));
    return worldOf(origin, () => origin.write(flake(allow("Bash(git *)"))));
  },
  blocked: () => {
    const inputs = `inputs.standards.url = "path:./standards";`;
    const origin = locked({ ...flake(allow("Bash(git status)"), inputs), ...STANDARDS });
    return worldOf(origin, () => origin.write(flake(allow("Bash(git push *)"), inputs)));
  },
  bumped: () => {
    const tools = createRepository({
      "flake.nix": `{ outputs = _: { rules = [ "Bash(git status)" ]; }; }\n`,
    });
    const inputs = `inputs.tools.url = "git+file://${tools.root}";`;
    const origin = locked(flake("permissions.allow = inputs.tools.rules;", inputs));
    return worldOf(origin, () => {
      tools.write({ "flake.nix": `{ outputs = _: { rules = [ "Bash(git *)" ]; }; }\n` });
      tools.commit("more");
      lock(origin.root, home, defaultNix().binary, "--update-input", "tools");
    });
  },
};

let server: GitHubServer;
afterEach(() => server?.close());

async function step(world: World, node?: string, env: Record<string, string> = {}, inputs = {}) {
  server = await startGitHub();
  const result = await runStep({
    event: "pull_request",
    payload: pullRequestPayload("opened", { head: world.head, base: world.base }),
    sha: world.merge,
    ref: "refs/pull/7/merge",
    workspace: world.checkout,
    apiUrl: server.url,
    env,
    inputs,
    ...(node === undefined ? {} : { node }),
  });
  return { ...result, comments: server.state.comments.map(({ body }) => body) };
}

describe.each(NODES)("a real flake, from the event to the comment, on Node $version", ({ program }) => {
  // Of its own: the other Node would find everything evaluated.
  const fresh = { XDG_CACHE_HOME: createDirectory() };

  test("nothing changed: a pass without a comment", async () => {
    const { status, outputs, comments } = await step(worlds.same(), program, fresh);
    expect({ status, verdict: outputs.verdict, comments }).toEqual({
      status: 0,
      verdict: "pass",
      comments: [],
    });
  });

  test("wider: the rules before and after, the witness, and where it stands", async () => {
    const { status, outputs, comments, stdout } = await step(worlds.wider(), program, fresh);
    expect({ status, widened: outputs.widened }).toEqual({ status: 0, widened: "true" });
    expect(comments).toHaveLength(1);
    expect(comments[0]).toMatch(/`Bash\(git status\)`(?:<br>| )→ `Bash\(git \*\)`/);
    expect(comments[0]).toContain("`Bash(git push --force origin main)`");
    expect(comments[0]).toMatch(/`flake\.nix:\d+/);
    expect(stdout).toMatch(/^::warning file=flake\.nix,line=\d+,/m);
  });

  test("blocked by the constraint of an input in the repository: which one, and where it stands", async () => {
    const { status, outputs, comments, stdout } = await step(worlds.blocked(), program, fresh);
    expect({ status, verdict: outputs.verdict }).toEqual({ status: 1, verdict: "block" });
    expect(comments[0]).toContain("## Claude's behavior: blocked");
    expect(comments[0]).toContain("no-force-push");
    expect(comments[0]).toContain("standards");
    expect(stdout).toMatch(/^::error file=/m);
  });

  test("a moved input: the input is named as the cause, with a picture", async () => {
    const { status, outputs, comments } = await step(worlds.bumped(), program, fresh);
    expect({ status, widened: outputs.widened }).toEqual({ status: 0, widened: "true" });
    expect(comments[0]).toContain("flake.lock: 1 input");
    expect(comments[0]).toMatch(/`tools`/);
    expect(comments[0]).toContain("```mermaid");
  });
});

/**
 * Stands in for the machine's own package manager, which tests must not change: its calls, and what it does when asked to
 * install something.
 */
function packageManager(install: string): { directory: string; calls: () => string[] } {
  const directory = createDirectory();
  const log = join(directory, "calls");
  const program = (name: string, text: string) => {
    writeFileSync(join(directory, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  };
  program("apt-get", `echo "$*" >> '${log}'\ncase "$1" in install) ${install};; esac`);
  // As somebody else than root, the Action asks for root's rights first.
  program("sudo", 'shift; exec "$@"');
  const calls = () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []);
  return { directory, calls };
}

describe("Nix", () => {
  let world: World;
  beforeAll(() => {
    world = worlds.wider();
  });
  /** A machine on which Nix is not to be found. */
  const without = (path: string) => ({
    NIXCLAUDE_NIX: "",
    NIXCLAUDE_NIX_DIR: join(home, "nothing"),
    XDG_CACHE_HOME: createDirectory(),
    PATH: path,
  });
  const nixless = (process.env.PATH ?? "/usr/bin:/bin")
    .split(":")
    .filter((directory) => !existsSync(join(directory, "nix")))
    .join(":");

  test("that is missing could not tell, which is not a pass, and is said with what to do", async () => {
    const { status, outputs, stdout, comments } = await step(world, undefined, without(nixless), {
      "install-nix": "never",
    });
    expect({ status, verdict: outputs.verdict }).toEqual({ status: 3, verdict: "undecided" });
    expect(stdout).toMatch(
      /^::error title=nixclaude could not tell::there is no Nix on this machine .*\[nix-missing\] Install Nix/m,
    );
    expect(comments[0]).toContain("## Claude's behavior: could not tell");
  });

  test("is installed from the distribution's packages when it is missing, and then used", async () => {
    const { directory, calls } = packageManager(`ln -s '${defaultNix().binary}' "$(dirname "$0")/nix"`);
    const { status, outputs } = await step(world, undefined, without(`${directory}:${nixless}`));
    expect({ status, widened: outputs.widened }).toEqual({ status: 0, widened: "true" });
    expect(calls()).toEqual(["update", "install --yes --no-install-recommends nix-bin"]);
  });

  test("that cannot be installed could not tell, with what the package manager says", async () => {
    const { directory, calls } = packageManager("echo 'E: Unable to locate package nix-bin' >&2; exit 100");
    const { status, stdout } = await step(world, undefined, without(`${directory}:${nixless}`));
    expect(status).toBe(3);
    expect(stdout).toContain("[nix-not-installed] Install Nix in a step before this one");
    expect(calls()).toEqual(["update", "install --yes --no-install-recommends nix-bin"]);
  });

  test("that is there is not installed again", async () => {
    const { directory, calls } = packageManager("exit 1");
    const { status } = await step(world, undefined, { PATH: `${directory}:${process.env.PATH}` });
    expect(status).toBe(0);
    expect(calls()).toEqual([]);
  });

  test("is not missed where there is no flake", async () => {
    const origin = createRepository({ ".claude/settings.json": "{}" });
    const other = worldOf(origin, () =>
      origin.write({ ".claude/settings.json": `{ "permissions": { "allow": ["Bash(git *)"] } }` }),
    );
    const { directory, calls } = packageManager("exit 1");
    const { status } = await step(other, undefined, without(`${directory}:${nixless}`));
    expect(status).toBe(0);
    expect(calls()).toEqual([]);
  });
});
