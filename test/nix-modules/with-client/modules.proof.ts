import { describe, expect, test } from "vitest";
import { mcpServerScript } from "../../../src/client/stand-ins.ts";
import type { SessionFile } from "../../../src/model/client-session.ts";
import type { Call } from "../../../src/model/permission.ts";
import { CLIENT_VERSIONS, session, told } from "../../artifacts/with-client/session.ts";
import { defaultNix } from "../../support/nix.ts";
import { evaluatedModules } from "../module-world.ts";
import { resultOf } from "../support.ts";

const SERVER = "/home/u/proj/server.sh";
const MODULE = `{ claude = {
  enable = true;
  persona = "You maintain the payment service.";
  policies.commits = "Never use --no-verify; see @docs/git.md.";
  model = "claude-sonnet-4-5";
  permissions = { defaultMode = "acceptEdits"; ask = [ "Bash(git push *)" ]; deny = [ "Bash(curl *)" "mcp__tickets__drop" ]; };
  autoApprove = [ "Bash(npm test)" "mcp__tickets__list" ];
  tools.rg = { preferOver = [ "grep" ]; alwaysApprove = true; };
  mcpServers.tickets = { command = "sh"; args = [ "${SERVER}" ]; };
  settings = { includeGitInstructions = false; cleanupPeriodDays = 20; };
  sandbox.enabled = false;
}; }`;
const UNITS = `{ claude = {
  skills.review = { description = "Reviews a change"; text = "Read it."; };
  agents.helper = "You help with small things.";
  commands.explain = "Explain $1.";
  outputStyles.terse = { name = "terse"; description = "Short"; text = "Answer in one sentence."; };
  settings.outputStyle = "terse";
}; }`;

const TOOLS: SessionFile = { path: SERVER, text: mcpServerScript([{ name: "list" }, { name: "drop" }]) };
const DECIDED: [call: Call, answer: string][] = [
  [{ tool: "Bash", argument: "npm test" }, "runs"],
  [{ tool: "Bash", argument: "rg -n TODO src" }, "runs"],
  [{ tool: "Bash", argument: "git push origin main" }, "prompts"],
  [{ tool: "Bash", argument: "npm publish" }, "prompts"],
  [{ tool: "Bash", argument: "curl https://example.com" }, "refused"],
];

const made = (modules: string, result: string) =>
  resultOf(defaultNix(), evaluatedModules(modules, result), { "own.nix": MODULE, "units.nix": UNITS });

/** What a file of the modules is in a session: `{ path = { text; }; }`. */
function filesIn(directory: string, files: Record<string, { text: string }>): SessionFile[] {
  return Object.entries(files).map(([path, { text }]) => ({ path: `${directory}/${path}`, text }));
}

/** A session whose settings are not taken throws: every run below is also one without a complaint. */
async function decided(version: (typeof CLIENT_VERSIONS)[number], files: SessionFile[], ofServer: Call[]) {
  const result = await session(version, {
    files: [...files, TOOLS],
    calls: [...DECIDED.map(([call]) => call), ...ofServer],
  });
  const answers = result.answers.map(({ kind }) => kind);
  expect(answers.slice(0, DECIDED.length)).toEqual(DECIDED.map(([, answer]) => answer));
  expect(result.mode).toBe("acceptEdits");
  expect(result.request.model).toBe("claude-sonnet-4-5");
  const text = told(result);
  for (const words of [
    "You maintain the payment service.",
    "Never use --no-verify; see \\@docs/git.md.",
    "Use it instead of `grep`.",
  ]) {
    expect(text).toContain(words);
  }
  return { ofServer: answers.slice(DECIDED.length), result, text };
}

describe.each(CLIENT_VERSIONS)("%s", (version) => {
  test("reads what the home module writes", async () => {
    const files = made("home HOME ./own.nix ./units.nix", "config.home.file") as Record<
      string,
      { text: string }
    >;
    const { text } = await decided(version, filesIn("~", files), []);
    for (const words of [
      "- review: Reviews a change",
      "- explain: Explain $1.",
      "- helper: You help with small things.",
      "Answer in one sentence.",
    ]) {
      expect(text).toContain(words);
    }
  });

  test("calls tools of servers as the context says, also as home-manager starts them", async () => {
    const { settings, mcpServers, context } = made(
      "home program HOME ./own.nix",
      "{ inherit (config.programs.claude-code) settings mcpServers context; }",
    ) as Record<string, unknown>;
    // As programs.claude-code lays out its plugin.
    const plugin = "~/.claude/skills/claude-code-home-manager";
    const files = [
      { path: "~/.claude/settings.json", text: JSON.stringify(settings) },
      { path: "~/.claude/CLAUDE.md", text: context as string },
      { path: `${plugin}/.claude-plugin/plugin.json`, text: JSON.stringify({ name: "hm" }) },
      { path: `${plugin}/.mcp.json`, text: JSON.stringify({ mcpServers }) },
    ];
    const { ofServer, result } = await decided(version, files, [
      { tool: "mcp__plugin_hm_tickets__list", argument: "" },
      { tool: "mcp__plugin_hm_tickets__drop", argument: "" },
    ]);
    expect(result.mcpServers).toEqual([{ name: "plugin:hm:tickets", status: "connected" }]);
    expect(ofServer[0]).toBe("runs");
    expect(["refused", "not-offered"]).toContain(ofServer[1]);
  });

  test("keeps to what the NixOS module writes, whatever users and projects say", async () => {
    const files = made(
      "nixos NIXOS ./own.nix { claude.managed.exclusiveMcpServers = true; }",
      "config.environment.etc",
    ) as Record<string, { text: string }>;
    const undoing = {
      permissions: { allow: ["Bash(curl *)", "Bash(git push *)"], defaultMode: "plan" },
      model: "claude-opus-4-1",
    };
    const { ofServer, result } = await decided(
      version,
      [
        ...filesIn("/etc", files),
        { path: "~/.claude/settings.json", text: JSON.stringify(undoing) },
        { path: ".claude/settings.json", text: JSON.stringify(undoing) },
        {
          path: ".mcp.json",
          text: JSON.stringify({ mcpServers: { own: { command: "sh", args: [SERVER] } } }),
        },
      ],
      [
        { tool: "mcp__tickets__list", argument: "" },
        { tool: "mcp__tickets__drop", argument: "" },
      ],
    );
    expect(result.mcpServers).toEqual([{ name: "tickets", status: "connected" }]);
    expect(ofServer[0]).toBe("runs");
    expect(["refused", "not-offered"]).toContain(ofServer[1]);
  });
});
