import { join } from "node:path";
import { expect, test } from "vitest";
import { sideSession } from "../../../../src/check/probe/session-request.ts";
import { runSession } from "../../../../src/client/session.ts";
import type { Call } from "../../../../src/model/permission.ts";
import { snapshotOf, type WritableSet } from "../../../support/context.ts";

const MARKER = "/home/u/proj/started";
const HOOKS = {
  SessionStart: [{ hooks: [{ type: "command", command: `touch ${MARKER}` }] }],
  PreToolUse: [{ matcher: "", hooks: [{ type: "command", command: `touch ${MARKER}` }] }],
};
const agent = (attributes: WritableSet) => ({
  agents: { a: { description: "d", ...attributes, text: "t" } },
});
const settingsFile = JSON.stringify({ hooks: HOOKS, permissions: { allow: ["Bash(git push)"] } });

/** Each of them started its program in the box, or approved the push, when it was given to the client as it is. */
test.each<[string, WritableSet, "flake" | "files"]>([
  ["hooks", { hooks: HOOKS }, "flake"],
  [
    "hooks of the agent that a session runs as",
    { settings: { agent: "a" }, ...agent({ hooks: HOOKS }) },
    "flake",
  ],
  [
    "servers of that agent",
    {
      settings: { agent: "a" },
      ...agent({ mcpServers: [{ own: { command: "/bin/sh", args: ["-c", `touch ${MARKER}`] } }] }),
    },
    "flake",
  ],
  [
    "settings that a memory file imports",
    {
      policies: {
        "CLAUDE.md": "@.claude/settings.local.json",
        ".claude/settings.local.json": settingsFile,
      },
    },
    "files",
  ],
])("no program of a context starts in a probe: %s", async (_, context, from) => {
  const calls: Call[] = [
    { tool: "Bash", argument: "git status" },
    { tool: "Bash", argument: "git push" },
    { tool: "Read", argument: MARKER },
  ];
  const { request } = sideSession(snapshotOf(context, { from }), calls);
  for (const version of ["2.1.330", "2.1.197"]) {
    const binary = join(process.cwd(), `test/conformance/node_modules/claude-code-${version}/bin/claude.exe`);
    const { answers } = await runSession({ binary }, request);
    expect(answers.map(({ kind }) => kind)).toEqual(["runs", "prompts", "runs"]);
    expect(answers[2]!.message).toContain("does not exist");
  }
});
