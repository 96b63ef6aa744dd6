import { spawn, spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { PROGRAM, userEnvironment } from "../support/program.ts";
import { says, scriptedApi, use, uses } from "./scripted-api.ts";
import { KEY, repositoryWith } from "./world.ts";

/** `script` of util-linux gives the program a terminal; that of BSD and macOS takes other words. */
const hasScript =
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") ?? false;

const repository = repositoryWith(`
  model = "claude-sonnet-5";
  tools.touch = {
    command = "touch made-by-a-tool";
    inputSchema = { type = "object"; properties.note.type = "string"; };
  };
`);
const made = join(repository.root, "made-by-a-tool");

/** Answers the question at a pseudo-terminal; what was shown there, and what the model was told. */
async function answering(keys: string, { early = "" } = {}): Promise<{ screen: string; result: JsonObject }> {
  rmSync(made, { force: true });
  const api = await scriptedApi([uses(use("t1", "touch", { note: "a\u001b[2Jb" })), says("Done.")]);
  const command = `'${process.execPath}' '${PROGRAM}' ask --base-url ${api.url} Hello`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    cwd: repository.root,
    env: userEnvironment({ ANTHROPIC_API_KEY: KEY, SHELL: "/bin/sh" }),
    detached: true,
  });
  let screen = "";
  let asked = false;
  if (early !== "") child.stdin.write(early);
  child.stdout.on("data", (chunk: Buffer) => {
    screen += chunk.toString("utf8");
    if (asked || !screen.includes("[y/N]")) return;
    asked = true;
    child.stdin.write(keys);
  });
  await new Promise((resolve) => child.on("close", resolve));
  const { content } = (api.requests[1]!.messages as JsonObject[]).at(-1)!;
  return { screen, result: (content as JsonObject[])[0]! };
}

describe.runIf(hasScript)("what no rule approves is asked for at the terminal", () => {
  test.each(["y\n", "YES\n", " y \n"])("%j runs it", async (keys) => {
    const { screen, result } = await answering(keys);
    expect(result).not.toHaveProperty("is_error");
    expect(existsSync(made)).toBe(true);
    expect(screen).toContain("Run touch?");
    expect(screen).toContain("touch made-by-a-tool");
    // All that the tool is given, and nothing that moves the cursor.
    expect(screen).toContain('with {"note":"a\\u001b[2Jb"}');
    expect(screen).not.toContain("\u001b[2J");
    expect(screen).toContain("Done.");
  });

  test.each(["n\n", "\n", "yesterday\n", "\u0004"])("%j does not", async (keys) => {
    const { result } = await answering(keys);
    expect(result).toMatchObject({ content: "The user does not want this to run.", is_error: true });
    expect(existsSync(made)).toBe(false);
  });

  test("keys that were pressed before the question do not answer it", async () => {
    const { result } = await answering("n\n", { early: "y\ny\n" });
    expect(result).toMatchObject({ is_error: true });
    expect(existsSync(made)).toBe(false);
  });
});
