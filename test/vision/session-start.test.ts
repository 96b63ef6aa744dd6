import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { nixclaude, PROGRAM, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository } from "../support/repository.ts";

const flake = (context: string) =>
  `{ outputs = _: { claudeContext = { version = "2025-01"; ${context} }; }; }`;

/** What the client is told when a session starts there; null: nothing. */
function told(directory: string, input: unknown = { hook_event_name: "SessionStart", cwd: directory }) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, "hook", "session-start"], {
    cwd: directory,
    env: userEnvironment(),
    input: typeof input === "string" ? input : JSON.stringify(input),
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
  if (stdout === "") return null;
  const { hookSpecificOutput, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({});
  expect(hookSpecificOutput).toEqual({
    hookEventName: "SessionStart",
    additionalContext: expect.any(String),
  });
  return hookSpecificOutput.additionalContext as string;
}

describe("nixclaude hook session-start", () => {
  test("tells persona, policies, tools and system, and nothing that has to be escaped for a file", () => {
    const repository = createRepository({
      "flake.nix": flake(`
        persona = "You keep the lamp for @keeper.";
        policies.commits = "Never use --no-verify.";
        tools.rg = { preferOver = [ "grep" ]; examples = [ "rg TODO" ]; };
        system = { type = "NixOS"; version = "24.11"; };`),
    });
    expect(told(repository.root)).toMatchInlineSnapshot(`
      "# Claude in this repository

      You keep the lamp for @keeper.

      ## Policies

      ### commits

      Never use --no-verify.

      ## Tools

      ### rg

      Use it instead of \`grep\`.

      \`\`\`sh
      rg TODO
      \`\`\`

      ## System

      - System: NixOS 24.11
      "
    `);
  });

  test("tells what the files say now, committed or not", () => {
    const repository = createRepository({ "flake.nix": flake('persona = "Old.";') });
    repository.write({ "flake.nix": flake('persona = "New.";') });
    expect(told(repository.root)).toContain("New.");
  });

  test.each<[string, string]>([
    ["does not parse", "{ oops"],
    ["throws", flake('persona = throw "not today";')],
    ["is locked no more", '{ inputs.x.url = "github:a/b"; outputs = _: { }; }'],
  ])("says in one line that a flake that %s is not known", (_, text) => {
    expect(told(createRepository({ "flake.nix": text }).root)).toMatch(
      /^nixclaude could not evaluate claudeContext of this repository, so its persona, .+ not known in this session: .+$/,
    );
  });

  test("is silent where there is nothing to say", () => {
    expect(told(createDirectory())).toBeNull();
    expect(told(createRepository({ "README.md": "" }).root)).toBeNull();
    expect(told(createRepository({ "flake.nix": "{ outputs = _: { }; }" }).root)).toBeNull();
    expect(told(createRepository({ "flake.nix": flake("") }).root)).toBeNull();
    expect(told(createRepository({ "CLAUDE.md": "Be kind." }).root)).toBeNull();
  });

  test("does not repeat what is rendered, but tells what a rendered file does not say any more", () => {
    const repository = createRepository({ "flake.nix": flake('persona = "You keep @x.";') });
    expect(nixclaude(repository.root, ["render"]).status).toBe(0);
    repository.commit();
    expect(told(repository.root)).toBeNull();
    repository.write({ "flake.nix": flake('persona = "You watch @x.";') });
    expect(told(repository.root)).toContain("You watch @x.");
  });

  test("goes by the directory of the session, whatever else the client says", () => {
    const repository = createRepository({ "flake.nix": flake('persona = "Here.";') });
    const elsewhere = createDirectory();
    expect(told(elsewhere, { cwd: repository.root })).toContain("Here.");
    for (const input of ["", "not JSON", "[]", { cwd: 7 }, { cwd: "relative" }, { cwd: "/not/there" }])
      expect(told(repository.root, input)).toContain("Here.");
  });

  test("says what is missing where the client would take only a part", () => {
    const whole = told(createRepository({ "flake.nix": flake(`persona = "${"x".repeat(9_960)}";`) }).root);
    expect(whole).toHaveLength(9_990);
    const cut = told(createRepository({ "flake.nix": flake(`persona = "${"x".repeat(20_000)}";`) }).root);
    expect(cut).toHaveLength(10_000);
    expect(cut).toMatch(
      /^\(nixclaude: of 20030 characters .* nixclaude:\/\/instructions .*\)\n\n# Claude in/,
    );
  });
});
