import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { readSessionOutput } from "../../src/client/answers.ts";
import { scriptedModel } from "../../src/client/scripted-model.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";
import { standsInPage } from "./hook-transcripts.ts";
import { environmentWithProgram, QUIET, WIDER } from "./hook-world.ts";

/** hooks/client/settings.json in the real client, whose model is scripted and whose tools are its own. */
const VERSIONS = ["2.1.197", "2.1.330"] as const;
const SETTINGS = join(import.meta.dirname, "../../hooks/client/settings.json");

interface Edited {
  /** What the client tells the model of its edit. */
  said: string;
  isError: boolean;
  /** What stands in the file afterwards. */
  file: string;
}

/** Runs a session in which the model reads a file and edits it once; the client lets it edit all but what a hook forbids. */
async function edited(
  client: string,
  { repository, env }: { repository: TestRepository; env: Record<string, string> },
  file: string,
  [before, after]: [string, string],
): Promise<Edited> {
  const path = join(repository.root, file);
  const edit = { file_path: path, old_string: before, new_string: after };
  const model = scriptedModel([
    () => [{ id: "toolu_read", name: "Read", input: { file_path: path } }],
    () => [{ id: "toolu_edit", name: "Edit", input: edit }],
  ]);
  await new Promise<void>((done) => model.server.listen(0, "127.0.0.1", done));
  const { port } = model.server.address() as AddressInfo;
  const home = createDirectory();
  writeFileSync(
    join(home, ".claude.json"),
    JSON.stringify({
      hasCompletedOnboarding: true,
      projects: { [repository.root]: { hasTrustDialogAccepted: true } },
    }),
  );
  const args = [
    "-p",
    "go",
    "--output-format",
    "stream-json",
    "--verbose",
    "--permission-mode",
    "acceptEdits",
  ];
  const child = spawn(client, args, {
    cwd: repository.root,
    env: {
      ...env,
      HOME: home,
      TMPDIR: createDirectory(),
      ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}`,
      ANTHROPIC_API_KEY: "no-key-is-needed",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      DISABLE_TELEMETRY: "1",
      DISABLE_AUTOUPDATER: "1",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = readSessionOutput(await text(child.stdout));
  model.server.close();
  model.server.closeAllConnections();
  const result = output.toolResults.get("toolu_edit");
  return { said: result?.text ?? "", isError: result?.isError ?? true, file: readFileSync(path, "utf8") };
}

function withHook() {
  const repository = createRepository({
    "flake.nix": QUIET,
    "other.txt": "Bash(git status)\n",
    ".claude/settings.json": readFileSync(SETTINGS, "utf8"),
  });
  return { repository, env: environmentWithProgram() };
}

describe.each(VERSIONS)("Claude Code %s, with hooks/client/settings.json", (version) => {
  const client = join(
    import.meta.dirname,
    `../conformance/node_modules/claude-code-${version}/bin/claude.exe`,
  );

  test("does not make an edit that a constraint forbids, and tells the model why", async () => {
    const { said, isError, file } = await edited(client, withHook(), "flake.nix", [
      "Bash(git status)",
      "Bash(git *)",
    ]);
    expect(isError).toBe(true);
    // Newer versions set words of their own before ours.
    await standsInPage("client", `${said.trimEnd().replace("PreToolUse:Edit hook error: ", "")}\n`);
    expect(said).toContain("nixclaude blocks this edit, as it would block the commit.\nno-push: ");
    expect(file).toBe(QUIET);
  });

  test("would make it without the hook", async () => {
    const world = withHook();
    world.repository.write({ ".claude/settings.json": "{}\n" });
    const { isError } = await edited(client, world, "flake.nix", ["Bash(git status)", "Bash(git *)"]);
    expect(isError).toBe(false);
  });

  test("makes an edit that passes", async () => {
    const { isError, file } = await edited(client, withHook(), "flake.nix", [
      '"Bash(git status)"',
      '"Bash(git status)" "Bash(git log *)"',
    ]);
    expect({ isError, file }).toEqual({ isError: false, file: WIDER });
  });

  test("makes an edit of another file, whatever stands in it, without starting Nix", async () => {
    const { repository, env } = withHook();
    const { isError, file } = await edited(
      client,
      { repository, env: { ...env, NIXCLAUDE_NIX: "/nowhere" } },
      "other.txt",
      ["Bash(git status)", "Bash(git *)"],
    );
    expect({ isError, file }).toEqual({ isError: false, file: "Bash(git *)\n" });
  });

  test("edits nothing when nixclaude is not there", async () => {
    const { repository, env } = withHook();
    const edit = await edited(client, { repository, env: { ...env, PATH: "/usr/bin:/bin" } }, "flake.nix", [
      "Bash(git status)",
      "Bash(git diff)",
    ]);
    expect(edit.isError).toBe(true);
    expect(edit.said).toContain("nixclaude");
    expect(edit.file).toBe(QUIET);
  });
});
