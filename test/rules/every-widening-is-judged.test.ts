import { expect, test } from "vitest";
import { SURFACES } from "../../src/model/change.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { runRules } from "../../src/rules/index.ts";
import { inputOf } from "./support.ts";

const NARROW: JsonObject = {
  persona: "You are careful.",
  policies: { commits: "Ask before you commit.", style: "Be terse." },
  permissions: {
    allow: ["Bash(git status)"],
    ask: ["Bash(git push *)"],
    deny: ["Read(.env)", "WebFetch"],
    defaultMode: "default",
    disableBypassPermissionsMode: "disable",
    blockReadsOutsideWorkingDirectories: true,
  },
  hooks: { PreToolUse: [{ matcher: "Bash", hooks: [{ type: "command", command: "./guard.sh" }] }] },
  sandbox: { enabled: true },
  settings: { allowedMcpServers: [], deniedMcpServers: [{ serverName: "x" }] },
  agents: { old: { description: "Old.", tools: "Read", prompt: "Read." } },
};

const WIDE: JsonObject = {
  persona: "You ship fast.",
  policies: { style: "Be verbose." },
  permissions: {
    allow: ["Bash(git *)", "Edit(**)"],
    deny: ["Read(.env.local)"],
    defaultMode: "acceptEdits",
    additionalDirectories: ["/etc"],
    someNewKey: true,
  },
  tools: { deploy: { command: ["./deploy.sh"], alwaysApprove: true } },
  mcpServers: { notes: { command: "npx", args: ["-y", "notes-mcp"] } },
  skills: { s: { description: "S.", text: "S.", "allowed-tools": "Bash" } },
  agents: {
    old: { description: "Old.", prompt: "Read." },
    new: { description: "N.", prompt: "N.", permissionMode: "auto" },
  },
  commands: { c: "---\nallowed-tools: Bash\n---\nDo." },
  hooks: { Stop: [{ hooks: [{ type: "command", command: "./stop.sh" }] }] },
  env: { PATH: "/tmp" },
  sandbox: { enabled: false, network: { allowedDomains: ["*"], someNewKey: 1 } },
  settings: { apiKeyHelper: "./key.sh", someNewKey: 1, disableAllHooks: true },
};

/** Judged where constraints and waivers are. */
const ELSEWHERE = new Set(["constraints", "waivers"]);

test.each([
  ["everything gets wider", { before: NARROW, after: WIDE }],
  ["everything changes back", { before: WIDE, after: NARROW }],
  ["a context appears", { after: WIDE }],
  ["a context goes", { before: NARROW }],
  [
    "the flake trusts more",
    { before: {}, after: {}, nixConfig: { after: { "extra-substituters": ["https://x"], odd: 1 } } },
  ],
])("no change that widens, or may, is left unjudged: %s", (_, example) => {
  const input = inputOf(example);
  const judged = new Set(runRules(input).map(({ change }) => change));
  const left = input.changes.filter(
    ({ id, surface, direction }) =>
      (direction === "widens" || direction === "undecided") && !ELSEWHERE.has(surface) && !judged.has(id),
  );
  expect(left.map(({ summary, direction }) => `${direction}: ${summary}`)).toEqual([]);
});

test("the examples above reach every surface that can widen", () => {
  const reached = new Set(
    [
      { before: NARROW, after: WIDE },
      { before: NARROW },
      { before: {}, after: {}, nixConfig: { after: { odd: 1 } } },
    ].flatMap((example) =>
      inputOf(example)
        .changes.filter(({ direction }) => direction === "widens" || direction === "undecided")
        .map(({ surface }) => surface),
    ),
  );
  const cannotWiden = ["model", "persona", "system", ...ELSEWHERE];
  expect(SURFACES.filter((surface) => !reached.has(surface))).toEqual(
    SURFACES.filter((surface) => cannotWiden.includes(surface)),
  );
});
