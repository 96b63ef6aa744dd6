import type { Cause, Change } from "../../src/model/change.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { InputChange } from "../../src/model/lock.ts";
import type { Report } from "../../src/model/report.ts";
import { BLOCKED } from "./sample-report.ts";

/** A commit id that looks like one. */
function revision(seed: number): string {
  return Array.from({ length: 40 }, (_, index) =>
    ((seed * 7919 + index * 31 + index * index) % 16).toString(16),
  ).join("");
}

/** What `nix flake update` moves in a repository of this size, and how many changes each has brought. */
const MOVED: readonly [name: string, repository: string, effects: number][] = [
  ["agent-skills", "acme/agent-skills", 2],
  ["company-standards", "acme/standards", 3],
  ["devshell", "numtide/devshell", 0],
  ["fenix", "nix-community/fenix", 0],
  ["flake-parts", "hercules-ci/flake-parts", 0],
  ["git-hooks", "cachix/git-hooks.nix", 1],
  ["home-manager", "nix-community/home-manager", 0],
  ["mcp-servers", "natsukium/mcp-servers-nix", 1],
  ["nixpkgs", "NixOS/nixpkgs", 1],
  ["systems", "nix-systems/default", 0],
  ["treefmt-nix", "numtide/treefmt-nix", 0],
  ["company-standards/nixpkgs", "NixOS/nixpkgs", 0],
];

const inputs: InputChange[] = MOVED.map(([path, repository, effects], index) => {
  const [from, to] = [revision(index + 1), revision(index + 50)];
  const url = `https://github.com/${repository}/compare/${from.slice(0, 12)}...${to.slice(0, 12)}`;
  return { name: path.split("/").at(-1)!, path, kind: "moved", from, to, url, effects };
});

function moved(path: string): Cause {
  const { from, to, url } = inputs.find((input) => input.path === path)!;
  return { kind: "input", name: path, from, to, ...(url === undefined ? {} : { url }) };
}

function change(
  id: string,
  more: Pick<Change, "surface" | "path" | "kind" | "direction" | "before" | "after" | "summary" | "causes"> &
    Partial<Change>,
): Change {
  return { id, fingerprint: revision(id.length + id.charCodeAt(1)).slice(0, 16), ...more };
}

const changes: Change[] = [
  change("c1", {
    surface: "permissions",
    path: "permissions.allow[4]",
    kind: "added",
    direction: "widens",
    before: null,
    after: "Bash(gh api *)",
    summary: "allow rule `Bash(gh api *)` added",
    witness: { call: "Bash(gh api -X DELETE repos/acme/shop)", before: "default", after: "allow" },
    causes: [moved("company-standards")],
    position: {
      file: "rules/github.nix",
      line: 14,
      column: 9,
      input: "company-standards",
      url: `https://github.com/acme/standards/blob/${revision(51)}/rules/github.nix#L14`,
    },
  }),
  change("c2", {
    surface: "mcp-servers",
    path: "mcpServers.playwright",
    kind: "added",
    direction: "widens",
    before: null,
    after: { command: "mcp-server-playwright", args: ["--headless"], type: "stdio" },
    summary: "MCP server `playwright` added",
    causes: [{ kind: "joint", of: [moved("mcp-servers"), moved("company-standards")] }],
  }),
  change("c3", {
    surface: "hooks",
    path: "hooks.PostToolUse[0]",
    kind: "changed",
    direction: "incomparable",
    before: { event: "PostToolUse", matcher: "Edit", command: "treefmt --fail-on-change" },
    after: { event: "PostToolUse", matcher: "Edit|Write", command: "treefmt --no-cache" },
    summary: "hook `treefmt --fail-on-change` replaced by `treefmt --no-cache`",
    causes: [moved("git-hooks")],
  }),
  change("c4", {
    surface: "permissions",
    path: "permissions.deny[2]",
    kind: "added",
    direction: "narrows",
    before: null,
    after: "Read(./secrets/**)",
    summary: "deny rule `Read(./secrets/**)` added",
    causes: [moved("company-standards")],
  }),
  change("c5", {
    surface: "skills",
    path: "skills.review",
    kind: "changed",
    direction: "neutral",
    before: "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    after: "sha256-n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=",
    summary: "text of the skill `review` changed",
    causes: [moved("agent-skills")],
  }),
  change("c6", {
    surface: "skills",
    path: "skills.release",
    kind: "removed",
    direction: "neutral",
    before: "sha256-uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=",
    after: null,
    summary: "skill `release` removed",
    causes: [moved("agent-skills")],
  }),
  change("c7", {
    surface: "tools",
    path: "tools.ripgrep",
    kind: "changed",
    direction: "neutral",
    before: "ripgrep-14.1.1",
    after: "ripgrep-15.0.0",
    summary: "tool `ripgrep` is now 15.0.0",
    causes: [moved("nixpkgs")],
  }),
];

const findings: Finding[] = [
  {
    fingerprint: "9c1185a5c5e9fc54",
    rule: "approval-widened",
    source: "builtin",
    severity: "warning",
    message:
      "allow rule `Bash(gh api *)` added: `Bash(gh api -X DELETE repos/acme/shop)` runs without asking",
    help: "Allow only the calls that are needed, or hold the rest back with an ask or deny rule.",
    subject: { path: "permissions.allow[4]", rule: "Bash(gh api *)" },
    change: "c1",
    witness: changes[0]!.witness!,
    position: changes[0]!.position!,
    introduced: true,
  },
  {
    fingerprint: "52f2bd3e7b0a9bb1",
    rule: "mcp-server-added",
    source: "builtin",
    severity: "warning",
    message: "MCP server `playwright` added: Claude can call what it offers",
    help: "Read what the server can do, and allow its tools one by one.",
    subject: { path: "mcpServers.playwright" },
    change: "c2",
    introduced: true,
  },
];

/** Twelve inputs moved at once; five of them changed what Claude is told or may do. */
export const BUMP: Report = {
  ...BLOCKED,
  verdict: "warn",
  exitCode: 0,
  flakes: [{ ...BLOCKED.flakes[0]!, changes, inputs, findings }],
  counts: { error: 0, warning: 2, note: 0, waived: 0, approved: 0, changes: changes.length },
  evaluation: { nix: "2.34.1", evaluations: 14, cached: 2, durationMs: 6412, limitsHit: [] },
};

/** One allow rule more, and nobody who objects: the most common comment. */
export const WIDENED: Report = {
  ...BUMP,
  flakes: [
    {
      ...BLOCKED.flakes[0]!,
      changes: [
        {
          ...changes[0]!,
          causes: [{ kind: "edit", file: "flake.nix", line: 31 }],
          position: { file: "flake.nix", line: 31, column: 56 },
        },
      ],
      inputs: [],
      findings: [{ ...findings[0]!, position: { file: "flake.nix", line: 31, column: 56 } }],
    },
  ],
  counts: { error: 0, warning: 1, note: 0, waived: 0, approved: 0, changes: 1 },
};

/** More changes and findings than a comment holds. */
export function tooLarge(count: number, blocked: number): Report {
  const [flake] = BLOCKED.flakes;
  const many = Array.from({ length: count }, (_, index): Change => {
    const rule = `Bash(tool${index} *)`;
    return {
      ...flake!.changes[0]!,
      id: `c${index}`,
      before: null,
      after: [rule],
      kind: "added",
      summary: `allow rule \`${rule}\` added`,
    };
  });
  const found = many.slice(0, blocked).map(
    ({ id }, index): Finding => ({
      ...flake!.findings[0]!,
      fingerprint: index.toString(16).padStart(16, "0"),
      change: id,
      message: `\`Bash(tool${index} *)\` approves \`tool${index}\`, which company-standards forbids`,
    }),
  );
  return {
    ...BLOCKED,
    flakes: [{ ...flake!, changes: many, findings: found }],
    counts: { ...BLOCKED.counts, error: blocked, warning: 0, waived: 0, changes: count },
  };
}
