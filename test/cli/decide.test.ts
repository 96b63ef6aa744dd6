import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { PROGRAM, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";
import { type CliResult, cli } from "./io.ts";

const encode = (text: string) => new TextEncoder().encode(text);

async function* pieces(...texts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array, void> {
  for (const text of texts) yield typeof text === "string" ? encode(text) : text;
}

/** Lines with rules of their own need no repository: there is none in `/`. */
function decide(lines: readonly (Json | string)[], ...options: string[]): Promise<CliResult> {
  const texts = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  return cli(["decide", ...options], { stdin: pieces(texts.map((text) => `${text}\n`).join("")) });
}

const GIT = { allow: ["Bash(git *)"], ask: ["Bash(git push *)"], deny: ["Bash(git push --force *)"] };

describe("one line in, one line out", () => {
  test.each<[string, Json, Json]>([
    [
      "every decision there is",
      {
        permissions: GIT,
        calls: [
          ["Bash", "git commit -m x"],
          ["Bash", "git push origin main"],
          ["Bash", "git push --force origin main"],
          ["Bash", "npm test"],
          ["NewTool", ""],
        ],
      },
      { decisions: ["allow", "ask", "deny", "default", "undecided"] },
    ],
    ["no call", { permissions: {}, calls: [] }, { decisions: [] }],
    [
      "the mode of the line, in place of the one that the permissions name",
      { permissions: { defaultMode: "dontAsk" }, mode: "acceptEdits", calls: [["Write", "src/a.ts"]] },
      { decisions: ["allow"] },
    ],
    [
      "the client's other word for the default mode",
      { permissions: { defaultMode: "manual" }, calls: [["Write", "src/a.ts"]] },
      { decisions: ["default"] },
    ],
    [
      "bypass where it is disabled",
      {
        permissions: { defaultMode: "bypassPermissions", disableBypassPermissionsMode: "disable" },
        calls: [["Bash", "npm test"]],
      },
      { decisions: ["default"] },
    ],
    [
      "directories beside the project",
      {
        permissions: { allow: ["Edit(//srv/data/**)"], additionalDirectories: ["/srv/data"] },
        runs: true,
        calls: [
          ["Read", "/srv/data/a"],
          ["Read", "/srv/other/a"],
        ],
      },
      { decisions: ["allow", "default"], runs: [true, false] },
    ],
    [
      "further parameters of a call",
      {
        permissions: { allow: ["Bash(npm *)"], deny: ["Bash(run_in_background:true)"] },
        calls: [
          ["Bash", "npm test", { run_in_background: true }],
          ["Bash", "npm test", {}],
        ],
      },
      { decisions: ["deny", "allow"] },
    ],
    [
      "whether a call that no rule settles runs by default",
      {
        permissions: {},
        runs: true,
        calls: [
          ["Bash", "git status"],
          ["Bash", "npm test"],
          ["Skill", "deploy"],
        ],
      },
      { decisions: ["default", "default", "default"], runs: [true, false, "undecided"] },
    ],
  ])("%s", async (_, request, answer) => {
    expect(await decide([request])).toEqual({ status: 0, stdout: `${JSON.stringify(answer)}\n`, stderr: "" });
  });

  test("the client of the line, else the one of the command line", async () => {
    const request = { permissions: { deny: ["Bash(git *)"] }, runs: true, calls: [["Bash", "(git push)"]] };
    const older = '{"decisions":["default"],"runs":[false]}\n';
    const newer = '{"decisions":["deny"],"runs":[false]}\n';
    expect((await decide([request, { ...request, client: "2.1.197" }])).stdout).toBe(newer + older);
    const { stdout } = await decide([request, { ...request, client: "2.1.330" }], "--client", "2.1.197");
    expect(stdout).toBe(older + newer);
  });

  test("wherever the input is cut into pieces, and with or without a last line break", async () => {
    const requests = ["git push", "grüße", "ls 🙂", "git status"].map((command) =>
      JSON.stringify({ permissions: GIT, calls: [["Bash", command]] }),
    );
    const bytes = encode(`${requests[0]}\n\n${requests.slice(1).join("\n")}`);
    const whole = (await cli(["decide"], { stdin: pieces(bytes, "\n") })).stdout;
    expect(whole.split("\n")).toHaveLength(requests.length + 1);
    const cuts = fc.uniqueArray(fc.nat(bytes.length), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        const ends = [...places, bytes.length].sort((a, b) => a - b);
        const parts = ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
        expect((await cli(["decide"], { stdin: pieces(...parts) })).stdout).toBe(whole);
      }),
      { numRuns: 50 },
    );
  });

  test("more sets of rules than are kept at once", async () => {
    const requests = Array.from({ length: 40 }, (_, i) => ({
      permissions: { allow: [`Bash(x${i % 20} *)`] },
      calls: [["Bash", `x${i % 20} y`]],
    }));
    expect((await decide(requests)).stdout).toBe('{"decisions":["allow"]}\n'.repeat(40));
  });
});

describe("a line that is not understood ends it with 2, when the answers before it are written", () => {
  const good = { permissions: GIT, calls: [["Bash", "git push"]] };

  test.each<[string, Json | string, string]>([
    ["no JSON", "allow", "line 2 is not JSON"],
    ["half a value", '{"calls": [', "line 2 is not JSON"],
    ["no object", [["Bash", "ls"]], "line 2 is not an object"],
    ["no calls", { permissions: {} }, "line 2: calls is not a list"],
    ["a mistyped key", { ...good, cals: [] }, 'line 2 has no key "cals". Did you mean "calls"?'],
    [
      "a mistyped list",
      { ...good, permissions: { alow: [] } },
      'line 2: permissions has no key "alow". Did you mean "allow"?',
    ],
    [
      "a rule that is no text",
      { ...good, permissions: { deny: [1] } },
      "line 2: permissions.deny[0] is not text",
    ],
    [
      "rules that are no list",
      { ...good, permissions: { deny: "x" } },
      "line 2: permissions.deny is not a list",
    ],
    ["permissions that are none", { ...good, permissions: null }, "line 2: permissions is not an object"],
    [
      "a switch that is none",
      { ...good, permissions: { disableBypassPermissionsMode: true } },
      'line 2: permissions.disableBypassPermissionsMode is not "disable"',
    ],
    [
      "another switch that is none",
      { ...good, permissions: { denyInsteadOfPrompting: "disable" } },
      "line 2: permissions.denyInsteadOfPrompting is not true or false",
    ],
    ["an unknown mode", { ...good, mode: "yolo" }, "line 2: mode is not one of dontAsk, plan,"],
    ["an unknown client", { ...good, client: "2.1.331" }, "line 2: client is not one of 2.1.330, 2.1.197"],
    ["runs that is no answer", { ...good, runs: "yes" }, "line 2: runs is not true or false"],
    ["a call without argument", { calls: [["Bash"]] }, 'line 2: calls[0] is not ["Tool", "argument"]'],
    ["a call of nothing", { calls: [["", "x"]] }, 'line 2: calls[0] is not ["Tool", "argument"]'],
    [
      "a call with too much",
      { calls: [["Bash", "x", {}, 1]] },
      'line 2: calls[0] is not ["Tool", "argument"]',
    ],
    ["parameters that are none", { calls: [["Bash", "x", true]] }, "line 2: calls[0][2] is not an object"],
    [
      "a parameter of parts",
      { calls: [["Bash", "x", { timeout: [1] }]] },
      "line 2: calls[0][2].timeout is not text, a number, true or false",
    ],
  ])("%s", async (_, line, message) => {
    const { status, stdout, stderr } = await decide([good, line, good]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '{"decisions":["ask"]}\n' });
    expect(stderr.replace(/\s+/g, " ")).toContain(`error[request-malformed]: ${message}`);
  });

  test("bytes that are no text", async () => {
    const stdin = pieces(`${JSON.stringify(good)}\n`, new Uint8Array([0x22, 0xff, 0x22, 0x0a]));
    const { status, stdout, stderr } = await cli(["decide"], { stdin });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '{"decisions":["ask"]}\n' });
    expect(stderr).toContain("error[line-not-text]: line 2 is not UTF-8");
  });

  test("a line without an end is not waited for", async () => {
    async function* endless() {
      yield encode(`${JSON.stringify(good)}\n`);
      for (;;) yield new Uint8Array(1024 ** 2).fill(0x20);
    }
    const { status, stdout, stderr } = await cli(["decide"], { stdin: endless() });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '{"decisions":["ask"]}\n' });
    expect(stderr).toContain("error[line-too-long]: line 2 is longer than 16 MiB");
  });

  test("what it holds never reaches the terminal as it is", async () => {
    const hostile = "\u001b[2J\u202e::error::x\r\n##[group]";
    for (const line of [
      `${hostile}`,
      { [hostile.repeat(1000)]: 1 },
      { calls: [["Bash", "x", { [hostile]: [] }]] },
    ]) {
      const { status, stdout, stderr } = await decide([line]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).not.toMatch(/[^\n -~…]/);
      expect(stderr).not.toMatch(/^::|##\[/m);
      expect(stderr.length).toBeLessThan(1000);
    }
  });

  test("input that breaks is no pass", async () => {
    async function* broken() {
      yield encode(`${JSON.stringify(good)}\n`);
      throw Object.assign(new Error("gone"), { code: "EIO" });
    }
    const { status, stdout, stderr } = await cli(["decide"], { stdin: broken() });
    expect({ status, stdout }).toEqual({ status: 3, stdout: '{"decisions":["ask"]}\n' });
    expect(stderr).toContain("error[input-failed]: standard input could not be read (EIO)");
  });
});

describe("as a stream", () => {
  const line = `${JSON.stringify({ permissions: GIT, calls: [["Bash", "git push"]] })}\n`;

  test("no more is read than is taken, and nothing when nobody reads any more", async () => {
    let sent = 0;
    async function* endless() {
      for (;;) {
        sent++;
        yield encode(line.repeat(10));
      }
    }
    let written = "";
    let taken = 0;
    const stdout = {
      write: (text: string) => {
        written += text;
      },
      ready: async () => {
        expect(sent).toBe(taken + 1);
        return ++taken < 5;
      },
    };
    expect((await cli(["decide"], { stdin: endless(), stdout })).status).toBe(0);
    expect(sent).toBe(5);
    expect(written).toBe('{"decisions":["ask"]}\n'.repeat(50));
  });

  test("an answer comes before the next line is sent", async () => {
    const child = spawn(process.execPath, [PROGRAM, "decide"], { cwd: "/", env: userEnvironment() });
    const answers = createInterface({ input: child.stdout });
    for (let i = 0; i < 3; i++) {
      child.stdin.write(line);
      expect(await once(answers, "line")).toEqual(['{"decisions":["ask"]}']);
    }
    child.stdin.end();
    expect((await once(child, "close"))[0]).toBe(0);
  });

  test("more input than there is memory", async () => {
    const child = spawn(process.execPath, ["--max-old-space-size=40", PROGRAM, "decide"], {
      cwd: "/",
      env: userEnvironment(),
    });
    const long = JSON.stringify({ permissions: GIT, calls: [["Bash", `git commit -m ${"x".repeat(9000)}`]] });
    let answers = 0;
    child.stdout.on("data", (data: Buffer) => {
      answers += data.toString().split("\n").length - 1;
    });
    for (let i = 0; i < 100; i++) {
      if (!child.stdin.write(`${long}\n`.repeat(100))) await once(child.stdin, "drain");
    }
    child.stdin.end();
    expect((await once(child, "close"))[0]).toBe(0);
    expect(answers).toBe(10_000);
  });
});

describe("without permissions the flake's own context decides", () => {
  let repository: TestRepository;
  const flake = (allow: string) => `{
    outputs = _: {
      claudeContext = { version = "2025-01"; permissions.allow = [ "${allow}" ]; };
      other = { version = "2025-01"; permissions.defaultMode = "dontAsk"; };
    };
  }`;
  const call = { calls: [["Bash", "git push"]] };

  beforeAll(() => {
    repository = createRepository({ "flake.nix": flake("Bash(npm *)") });
    repository.commit();
    repository.write({ "flake.nix": flake("Bash(git *)") });
  });

  function run(lines: readonly Json[], ...options: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, "decide", ...options], {
      cwd: repository.root,
      env: userEnvironment(),
      input: lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
      encoding: "utf8",
    });
    return { status, stderr, answers: stdout.split("\n").filter((line) => line !== "") };
  }
  const decisions = (...all: string[]) => all.map((decision) => JSON.stringify({ decisions: [decision] }));

  test("in the files as they are, beside lines with rules of their own", () => {
    const lines = [call, { permissions: { deny: ["Bash"] }, ...call }, { mode: "dontAsk", ...call }, call];
    expect(run(lines)).toEqual({
      status: 0,
      stderr: "",
      answers: decisions("allow", "deny", "allow", "allow"),
    });
  });

  test("at another revision", () => {
    expect(run([call], "--head", "HEAD").answers).toEqual(decisions("default"));
  });

  test("at another attribute, in the mode that stands there unless the line names one", () => {
    const lines = [call, { ...call, mode: "default" }];
    expect(run(lines, "--attribute", "other").answers).toEqual(decisions("deny", "default"));
  });

  test("what cannot be evaluated ends it with 3, when the answers before it are written", () => {
    const lines = [{ permissions: { deny: ["Bash"] }, ...call }, call, call];
    const { status, stderr, answers } = run(lines, "--attribute", "nowhere");
    expect({ status, answers }).toEqual({ status: 3, answers: decisions("deny") });
    expect(stderr).toContain("error[no-claude-context]");
  });

  test("a file that is no flake is looked at only where a line asks for it", () => {
    const broken = createRepository({ "flake.nix": "{" });
    const ask = (input: Json) =>
      spawnSync(process.execPath, [PROGRAM, "decide"], {
        cwd: broken.root,
        env: userEnvironment(),
        input: JSON.stringify(input),
        encoding: "utf8",
      });
    expect(ask({ permissions: {}, ...call })).toMatchObject({ status: 0, stderr: "" });
    expect(ask(call)).toMatchObject({ status: 3, stdout: "" });
  });
});

test("a standard input that is empty has nothing to be decided", async () => {
  expect(await cli(["decide"], { cwd: createDirectory() })).toEqual({ status: 0, stdout: "", stderr: "" });
});
