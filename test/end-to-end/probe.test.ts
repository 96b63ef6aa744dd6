import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { OBEDIENT } from "../client/stand-in-client.ts";
import { nixclaude } from "../support/program.ts";
import { createDirectory, createRepository } from "../support/repository.ts";

/**
 * Programs that are not the client, and what becomes of a probe with them. What the client itself answers stands in
 * `probe.proof.ts`.
 */
const directory = createDirectory();
let made = 0;

function program(text: string): string {
  const path = join(directory, `program-${made++}`);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

const repository = createRepository({
  ".claude/settings.json": JSON.stringify({ permissions: { allow: ["Bash(git status)"] } }),
});

describe("a client that runs everything", () => {
  const client = program(OBEDIENT);

  test("contradicts nixclaude, call by call, and blocks", () => {
    const { status, stdout, stderr } = nixclaude(repository.root, [
      "probe",
      "--with",
      client,
      "--format",
      "json",
    ]);
    expect(stderr).toBe("");
    expect(status).toBe(1);
    const report = JSON.parse(stdout) as Report;
    const [flake] = report.flakes;
    const push = flake!.probe!.calls.find(({ call }) => call === "Bash(git push --force origin main)")!;
    expect(push.after).toEqual({ client: "runs", expected: "asks", message: "" });
    const [first] = flake!.findings;
    expect(first).toMatchObject({ rule: "client-disagrees", severity: "error" });
    expect(new Set(flake!.findings.map(({ rule }) => rule))).toEqual(new Set(["client-disagrees"]));
  });

  test("is shown beside the judgement with `check --verify-with`", () => {
    const { status, stdout } = nixclaude(repository.root, ["check", "--verify-with", client]);
    expect(status).toBe(1);
    expect(stdout).toContain("error[client-disagrees]");
    expect(stdout).toContain("was asked about");
  });
});

test.each([
  ["crashes", "#!/bin/sh\nexit 3\n", "client-crashed"],
  ["prints something else", "#!/bin/sh\necho usage: thing FILE\n", "client-unreadable"],
  ["hangs", "#!/bin/sh\nsleep 60\n", "client-timeout"],
  ["is of an unknown version", OBEDIENT.replace("2.1.330", "9.9.9"), "client-unknown-version"],
  [
    "wants to log in",
    `#!/bin/sh\necho '{"type":"result","is_error":true,"result":"Please run /login"}'\nexit 1\n`,
    "client-wants-login",
  ],
])("a client that %s is no answer, and no pass", (_, text, code) => {
  const { status, stdout, stderr } = nixclaude(repository.root, [
    ...["probe", "--with", program(text), "--client-timeout", "8"],
  ]);
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  expect(stderr).toContain(`error[${code}]`);
  expect(stderr).toContain("= help:");
});

test("settings that the client does not take are named with their attribute", () => {
  const drops = OBEDIENT.replace(".claude/settings.json", ".claude/nothing-is-taken.json");
  const { status, stderr } = nixclaude(repository.root, ["probe", "--with", program(drops)]);
  expect(status).toBe(3);
  expect(stderr).toContain("error[client-settings-rejected]");
});

test("without a client on the search path, the error says what was tried", () => {
  const { status, stderr } = nixclaude(repository.root, ["probe"], { PATH: "/usr/bin:/bin" });
  expect(status).toBe(3);
  expect(stderr).toContain("error[client-missing]");
  expect(stderr).toContain("--with");
});

test("`--list` prints the calls and asks nobody", () => {
  const { status, stdout } = nixclaude(directory, ["probe", "--list", "--format", "json"]);
  expect(status).toBe(0);
  const probes = JSON.parse(stdout) as { id: string; call: { tool: string } }[];
  expect(probes.length).toBeGreaterThanOrEqual(200);
  expect(probes.map(({ id }) => id)).toContain("destroys-work/git-push-force");
});

test("`--list` writes to the files that formats name", () => {
  const file = join(directory, "probes.json");
  const { status, stdout } = nixclaude(directory, [
    ...["probe", "--list", "--format", `json=${file}`, "--format", "terminal"],
  ]);
  expect(status).toBe(0);
  expect(stdout).toContain("destroys-work");
  expect(stdout).not.toContain('"id":');
  expect(JSON.parse(readFileSync(file, "utf8"))).toHaveLength(
    stdout.match(/^ {2}(?:critical|high|medium|low) /gm)!.length,
  );
});

test("a client that answers nothing is no pass", () => {
  const silent = OBEDIENT.replace('print({ type: "user", message: { content: results } });', "");
  const { status, stdout, stderr } = nixclaude(repository.root, ["probe", "--with", program(silent)]);
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  expect(stderr).toContain("error[client-unanswered]");
  expect(stderr).toContain("said: the client gave no answer to this call");
});

test("the documentation shows what the client answered last", () => {
  const page = readFileSync("docs/probe.md", "utf8");
  const [, shown] = /<!-- probe output -->\n```text\n([\s\S]*?)```\n<!-- \/probe output -->/.exec(page)!;
  expect(shown).toBe(`$ nixclaude probe\n${readFileSync("test/end-to-end/golden/probe.txt", "utf8")}`);
});
