import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { findClient } from "../../../src/client/find-client.ts";
import { rejectedSettings } from "../../../src/client/rejected-settings.ts";
import { mcpServerScript } from "../../../src/client/stand-ins.ts";
import { RENDERED_NOTE } from "../../../src/model/artifact-drift.ts";
import type { SessionFile, SessionRequest, SessionResult } from "../../../src/model/client-session.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Call } from "../../../src/model/permission.ts";
import { DEFAULT_CLIENT } from "../../../src/model/semantics.ts";
import { nixclaude } from "../../support/program.ts";
import { createRepository, type TestRepository } from "../../support/repository.ts";
import { CLIENT_VERSIONS, session, told } from "./session.ts";

const FLAKE = `{
  outputs = _: {
    claudeContext = {
      version = "2025-01";
      persona = "You keep the payment service of Example Ltd.";
      policies.commits = "Never use --no-verify without asking @lead.";
      system = { type = "NixOS"; version = "24.11"; };
      tools.rg = { command = "rg"; preferOver = [ "grep" ]; examples = [ "rg -n TODO src" ]; alwaysApprove = true; };
      permissions = {
        allow = [ "Bash(npm test)" "mcp__tickets__list" ];
        deny = [ "Bash(curl *)" ];
        defaultMode = "acceptEdits";
      };
      hooks.PreToolUse = [
        { matcher = "Write"; hooks = [ { type = "command"; command = "sh hooks/guard.sh"; } ]; }
      ];
      mcpServers.tickets = { command = "sh"; args = [ "server.sh" ]; };
      skills.review = ./skills/review;
      agents.helper = { description = "Helps with small things"; text = "You help."; };
      commands.explain = "Explain $1 in one sentence.";
      outputStyles.terse = { description = "Short answers"; text = "Answer in one sentence."; };
      # Models of another generation are told of skills in another way, which sessions here do not see.
      model = "claude-sonnet-4-5";
      settings.outputStyle = "terse";
    };
  };
}
`;
const PROJECT = {
  "flake.nix": FLAKE,
  "server.sh": mcpServerScript([{ name: "list" }]),
  "hooks/guard.sh": "if grep -q guarded; then echo kept away >&2; exit 2; fi\n",
  "skills/review/SKILL.md": "---\nname: review\ndescription: Reviews a change\n---\nRun scripts/look.sh.\n",
  "skills/review/scripts/look.sh": "#!/bin/sh\ngit diff\n",
};
const RENDERED = [
  ".claude/agents/helper.md",
  ".claude/commands/explain.md",
  ".claude/output-styles/terse.md",
  ".claude/settings.json",
  ".claude/skills/review/SKILL.md",
  ".claude/skills/review/scripts/look.sh",
  ".mcp.json",
  "CLAUDE.md",
];
const CALLS: [call: Call, kind: string][] = [
  [{ tool: "Bash", argument: "npm test" }, "runs"],
  [{ tool: "Bash", argument: "rg -n TODO src" }, "runs"],
  [{ tool: "Bash", argument: "curl https://example.com" }, "refused"],
  [{ tool: "Bash", argument: "npm publish" }, "prompts"],
  [{ tool: "mcp__tickets__list", argument: "" }, "runs"],
  [{ tool: "Write", argument: "/home/u/proj/new.txt" }, "runs"],
];

let repository: TestRepository;
let printed: string;

beforeAll(() => {
  repository = createRepository(PROJECT);
  const { status, stderr } = nixclaude(repository.root, ["render"]);
  expect(status).toBe(0);
  printed = stderr;
});

function files(paths: readonly string[] = RENDERED): SessionFile[] {
  return [...paths, "server.sh", "hooks/guard.sh"].map((path) => ({
    path,
    text: readFileSync(join(repository.root, path), "utf8"),
  }));
}

/** The same files as they are without headers. */
function withoutHeaders(): SessionFile[] {
  return files().map(({ path, text }) => {
    if (!path.endsWith(".json")) {
      const bare = text.replace(/^(?:<!--|#) (?:Written by|beside it:).*\n/gm, "");
      return { path, text: bare.replace(/^---\n---\n/, "") };
    }
    const { $nixclaude: _, ...document } = JSON.parse(text) as JsonObject;
    return { path, text: JSON.stringify(document) };
  });
}

function rejected(version: string, request: Pick<SessionRequest, "files">) {
  const client = findClient(`test/conformance/node_modules/claude-code-${version}/bin/claude.exe`);
  return rejectedSettings(client, { mode: null, trusted: true, mcpServers: {}, calls: [], ...request });
}

describe.each(CLIENT_VERSIONS)("%s in a project that nixclaude render wrote", (version) => {
  let result: Promise<SessionResult>;
  beforeAll(() => {
    result = session(version, { files: files(), calls: CALLS.map(([call]) => call) });
  });

  test("takes its settings without a word", async () => {
    expect(await rejected(version, { files: files() })).toEqual([]);
  });

  test("decides as the context says, and starts in its mode, with its model and server", async () => {
    const { answers, mode, request, mcpServers } = await result;
    expect(answers.map(({ kind }) => kind)).toEqual(CALLS.map(([, kind]) => kind));
    expect(mode).toBe("acceptEdits");
    expect(request.model).toBe("claude-sonnet-4-5");
    expect(mcpServers).toEqual([{ name: "tickets", status: "connected" }]);
  });

  test("tells the model of persona, policies, tools, system, skills, agents, commands and style", async () => {
    const text = told(await result);
    for (const line of [
      "You keep the payment service of Example Ltd.",
      "Never use --no-verify without asking \\@lead.",
      "Use it instead of `grep`.",
      "- System: NixOS 24.11",
      "- review: Reviews a change",
      "- helper: Helps with small things",
      "- explain: Explain $1 in one sentence.",
      "Answer in one sentence.",
    ]) {
      expect(text).toContain(line);
    }
  });

  test("tells the model nothing of the headers: it is told the same, to the letter, without them", async () => {
    const text = told(await result);
    expect(text).not.toContain(RENDERED_NOTE);
    expect(text).not.toMatch(/nixclaude|sha256/);
    const bare = await session(version, { files: withoutHeaders(), calls: CALLS.map(([call]) => call) });
    expect(withoutTimes(told(bare))).toBe(withoutTimes(text));
  });

  test("takes managed settings: what no project can say holds, and the model is told of the context", async () => {
    const managed = createRepository({
      "flake.nix": FLAKE.replace('defaultMode = "acceptEdits"', 'defaultMode = "bypassPermissions"'),
    });
    managed.write({ "skills/review/SKILL.md": PROJECT["skills/review/SKILL.md"] });
    managed.commit();
    const { stdout, status } = nixclaude(managed.root, ["render", "--target", "managed"]);
    expect(status).toBe(0);
    const all = [{ path: "/etc/claude-code/managed-settings.json", text: stdout }];
    expect(await rejected(version, { files: all })).toEqual([]);
    const theirs = { path: "~/.claude/settings.json", text: '{"permissions": {"allow": ["Bash(curl *)"]}}' };
    const found = await session(version, {
      files: [...all, theirs],
      calls: [
        { tool: "Bash", argument: "curl https://example.com" },
        { tool: "Bash", argument: "npm publish" },
      ],
    });
    expect(found.mode).toBe("bypassPermissions");
    expect(found.answers.map(({ kind }) => kind)).toEqual(["refused", "runs"]);
    expect(told(found)).toContain("You keep the payment service of Example Ltd.");
    // Nothing is searched for imports there, so that nothing is escaped.
    expect(told(found)).toContain("Never use --no-verify without asking @lead.");
  });
});

test("docs/artifacts.md shows what the command prints and what the client does", async () => {
  const { version, mode, answers, mcpServers, request } = await session(DEFAULT_CLIENT, {
    files: files(),
    calls: CALLS.map(([call]) => call),
  });
  const memory = request.messages.join("\n").split("\n");
  const start = memory.indexOf("# Claude in this repository");
  const lines = [
    "$ nixclaude render",
    ...printed.trimEnd().split("\n"),
    `$ claude -p go   # ${version}, with a scripted model that asks for these calls`,
    `mode ${mode}, model ${request.model}, server ${mcpServers.map((one) => `${one.name} ${one.status}`).join(", ")}`,
    ...CALLS.map(
      ([{ tool, argument }], index) =>
        `${answers[index]!.kind.padEnd(8)} ${tool}${argument === "" ? "" : `(${argument})`}`,
    ),
    "# in the request to the model, out of CLAUDE.md:",
    ...memory.slice(
      start,
      memory.findIndex((line, index) => index > start && line.startsWith("- System:")) + 1,
    ),
  ];
  const shown = `${lines.join("\n")}\n`;
  await expect(shown).toMatchFileSnapshot("../golden/transcript.txt");
  const page = readFileSync("docs/artifacts.md", "utf8");
  expect(/<!-- transcript -->\n````text\n([\s\S]*?)````\n<!-- \/transcript -->/.exec(page)?.[1]).toBe(shown);
});

/** Of two sessions, what differs is when they were. */
function withoutTimes(text: string): string {
  return text.replace(/cch=[0-9a-f]+|\d{4}-\d\d-\d\dT[\d:.]+Z/g, "");
}
