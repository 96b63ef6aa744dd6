import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { cli } from "./io.ts";

const bash = (await cli(["completion", "bash"])).stdout;

/** What a real Bash offers after these words. */
function offered(...words: string[]): string[] {
  const script = `${bash}
COMP_WORDS=(nixclaude "$@"); COMP_CWORD=$#
_nixclaude
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", script, "bash", ...words], {
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout.split("\n").filter((line) => line !== "");
}

test.each([
  [[""], [...COMMANDS.map(({ name }) => name), "--help", "--version"]],
  [["ch"], ["check"]],
  [["check", "--st"], ["--staged"]],
  [
    ["check", "--fail-on", ""],
    ["error", "warning", "never"],
  ],
  [["check", "--fail-on", "=", "w"], ["warning"]],
  [
    ["check", "--fail-on", "="],
    ["error", "warning", "never"],
  ],
  [
    ["check", "--staged", "--format", "j"],
    ["json", "junit"],
  ],
  [["diff", "--fail"], []],
  [["schema", "r"], ["report"]],
  [
    ["completion", ""],
    ["bash", "zsh", "fish", "--help"],
  ],
  [
    ["check", "--flake", "packag"],
    ["package-lock.json", "package.json"],
  ],
])("Bash offers after %j", (words, expected) => {
  expect(offered(...words)).toEqual(expected);
});

test.each(["zsh", "fish"])("the script for %s names every command and option", async (shell) => {
  const { status, stdout } = await cli(["completion", shell]);
  expect(status).toBe(0);
  for (const { name, options } of COMMANDS) {
    expect(stdout).toContain(name);
    for (const { flags } of options) {
      const flag = flags.split(" ")[0]!;
      expect(stdout).toContain(shell === "fish" ? `-l ${flag.slice(2)}` : flag);
    }
  }
  // Quotes are balanced, so that no description runs into the next line.
  for (const line of stdout.split("\n")) {
    expect(line.replaceAll("'\\''", "").split("'").length % 2, line).toBe(1);
  }
});
