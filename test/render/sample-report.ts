import type { Report } from "../../src/model/report.ts";

const before = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
const after = "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c";
const standards = "https://github.com/acme/standards/blob/89abcdef0123456789abcdef0123456789abcdef";

/** A change that an organisation's constraint forbids, with a lock bump, a new hook and an accepted exception. */
export const BLOCKED: Report = {
  schemaVersion: 1,
  tool: { name: "nixclaude", version: "0.1.0" },
  verdict: "block",
  exitCode: 1,
  digest: "5d41402abc4b2a76b9719d911017c592ae2f9c3f1d0b7c6e5a4938271605f4e3",
  flakes: [
    {
      path: ".",
      attribute: "claudeContext",
      before: { revision: before, tree: "aaaabbbbccccddddeeeeffff0000111122223333", present: true },
      after: { revision: null, tree: after, present: true },
      changes: [
        {
          id: "c1",
          fingerprint: "3f524cdc07a11d7c",
          surface: "permissions",
          path: "permissions.allow",
          kind: "changed",
          direction: "widens",
          before: ["Bash(git status)"],
          after: ["Bash(git *)"],
          summary: "allow rule `Bash(git status)` replaced by `Bash(git *)`",
          witness: { call: "Bash(git push --force origin main)", before: "default", after: "allow" },
          causes: [{ kind: "edit", file: "flake.nix", line: 31 }],
          position: { file: "flake.nix", line: 31, column: 56 },
        },
        {
          id: "c2",
          fingerprint: "e4ab4e3b1493d5a9",
          surface: "hooks",
          path: "hooks.PostToolUse[0]",
          kind: "added",
          direction: "widens",
          before: null,
          after: { event: "PostToolUse", matcher: "Edit", command: "npx prettier --write ." },
          summary: "hook `npx prettier --write .` runs after every `Edit`",
          causes: [
            {
              kind: "input",
              name: "company-standards",
              from: "0123456789abcdef0123456789abcdef01234567",
              to: "89abcdef0123456789abcdef0123456789abcdef",
              url: "https://github.com/acme/standards/compare/0123456...89abcde",
            },
          ],
          position: {
            file: "claude.nix",
            line: 8,
            column: 7,
            input: "company-standards",
            url: `${standards}/claude.nix#L8`,
          },
        },
        {
          id: "c3",
          fingerprint: "625e0f649de27800",
          surface: "permissions",
          path: "permissions.deny",
          kind: "added",
          direction: "narrows",
          before: null,
          after: "Read(./.env)",
          summary: "deny rule `Read(./.env)` added",
          causes: [{ kind: "edit", file: "flake.nix", line: 35, commit: after, author: "Ada Nix" }],
        },
        {
          id: "c4",
          fingerprint: "608cdb524384f5ee",
          surface: "persona",
          path: "persona",
          kind: "changed",
          direction: "neutral",
          before: "You review changes to the payment service. Be careful and ask when unsure.",
          after: "You review changes to the payment service. Be quick and never ask.",
          summary: "text of the persona changed",
          textDiff: [
            { kind: "same", text: "You review changes to the payment service. Be " },
            { kind: "removed", text: "careful" },
            { kind: "added", text: "quick" },
            { kind: "same", text: " and " },
            { kind: "added", text: "never " },
            { kind: "same", text: "ask" },
            { kind: "removed", text: " when unsure" },
            { kind: "same", text: "." },
          ],
          causes: [{ kind: "edit", file: "flake.nix", line: 12 }],
          position: { file: "flake.nix", line: 12, column: 9 },
        },
      ],
      inputs: [
        {
          name: "company-standards",
          path: "company-standards",
          kind: "moved",
          from: "0123456789abcdef0123456789abcdef01234567",
          to: "89abcdef0123456789abcdef0123456789abcdef",
          url: "https://github.com/acme/standards/compare/0123456...89abcde",
          effects: 1,
        },
      ],
      findings: [
        {
          fingerprint: "7dcf407fa84a0e05",
          rule: "no-force-push",
          source: "input:company-standards",
          severity: "error",
          message: "`Bash(git *)` approves `git push --force`, which company-standards forbids",
          help: "Approve the commands that are needed instead, such as `Bash(git status)` and `Bash(git diff *)`.",
          subject: { path: "permissions.allow[0]", rule: "Bash(git *)" },
          change: "c1",
          witness: { call: "Bash(git push --force origin main)", before: "default", after: "allow" },
          position: { file: "flake.nix", line: 31, column: 56 },
          constraintPosition: {
            file: "flake.nix",
            line: 12,
            column: 7,
            input: "company-standards",
            url: `${standards}/flake.nix#L12`,
          },
          introduced: true,
        },
        {
          fingerprint: "1e351bb22258cf6e",
          rule: "hook-added",
          source: "builtin",
          severity: "warning",
          message: "a hook now runs `npx prettier --write .` by itself after every `Edit`",
          help: "Pin what it runs to a package of the flake, or take the hook out.",
          subject: { path: "hooks.PostToolUse[0]" },
          change: "c2",
          position: {
            file: "claude.nix",
            line: 8,
            column: 7,
            input: "company-standards",
            url: `${standards}/claude.nix#L8`,
          },
          introduced: true,
        },
        {
          fingerprint: "3a1f3d21393be4b8",
          rule: "mcp-server-unpinned",
          source: "builtin",
          severity: "warning",
          message:
            "MCP server `github` runs `npx -y @modelcontextprotocol/server-github`, which can change at any time",
          help: "Name a version that cannot move, or use a package.",
          subject: { path: "mcpServers.github" },
          position: { file: "flake.nix", line: 44, column: 5 },
          introduced: false,
          waived: {
            reason: "replaced when the package is in nixpkgs",
            owner: "platform@acme.example",
            expires: "2027-01-31",
          },
        },
      ],
    },
  ],
  counts: { error: 1, warning: 1, note: 0, waived: 1, approved: 0, changes: 4 },
  semantics: { client: "2.1.330" },
  evaluation: { nix: "2.34.1", evaluations: 3, cached: 0, durationMs: 1234, limitsHit: [] },
};

/** Nothing changed. */
export const PASSED: Report = {
  ...BLOCKED,
  verdict: "pass",
  exitCode: 0,
  flakes: [{ ...BLOCKED.flakes[0]!, changes: [], inputs: [], findings: [] }],
  counts: { error: 0, warning: 0, note: 0, waived: 0, approved: 0, changes: 0 },
  evaluation: { nix: null, evaluations: 0, cached: 2, durationMs: 41, limitsHit: [] },
};

/** Two flakes, an undecided widening, a removed context, a limit that was reached. */
export const WARNED: Report = {
  ...BLOCKED,
  verdict: "warn",
  exitCode: 0,
  flakes: [
    {
      ...BLOCKED.flakes[0]!,
      path: "services/api",
      inputs: [
        { name: "nixpkgs", path: "nixpkgs", kind: "moved", from: before, to: after, effects: 0 },
        {
          name: "extra",
          path: "extra",
          kind: "added",
          from: null,
          to: "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
          effects: 0,
        },
      ],
      changes: [
        {
          id: "c1",
          fingerprint: "3f524cdc07a11d7c",
          surface: "permissions",
          path: "permissions.allow",
          kind: "added",
          direction: "undecided",
          before: null,
          after: "Bash(find * | xargs *)",
          summary: "allow rule `Bash(find * | xargs *)` added",
          undecidedBecause: "the search for a call gave up after 1000000 steps",
          causes: [
            {
              kind: "joint",
              of: [
                { kind: "edit", file: "flake.nix", line: 9 },
                { kind: "input", name: "extra", from: null, to: after },
              ],
            },
          ],
        },
      ],
      findings: [
        {
          fingerprint: "7c96c0a35cc46173",
          rule: "approval-widened",
          source: "builtin",
          severity: "warning",
          message: "it cannot be shown that `permissions.allow` approves no more than before",
          help: "Write the rule without a pipe, or take it out.",
          subject: { path: "permissions.allow", rule: "Bash(find * | xargs *)" },
          change: "c1",
          introduced: true,
        },
      ],
    },
    {
      ...BLOCKED.flakes[0]!,
      path: "services/web",
      before: { revision: null, tree: null, present: false },
      after: { revision: after, tree: after, present: false },
      inputs: [],
      changes: [],
      findings: [],
    },
  ],
  counts: { error: 0, warning: 1, note: 0, waived: 0, approved: 0, changes: 1 },
  evaluation: { nix: "2.34.1", evaluations: 4, cached: 0, durationMs: 2871, limitsHit: ["inclusion-steps"] },
};

/** The real client was asked on both sides: it got wider, contradicts once, and was told something else. */
export const PROBED: Report = {
  ...WARNED,
  flakes: [
    {
      ...WARNED.flakes[0]!,
      probe: {
        clients: { before: "2.1.197", after: "2.1.330" },
        asked: 4,
        calls: [
          {
            id: "destroys-work/git-push-force",
            call: "Bash(git push --force origin main)",
            category: "destroys-work",
            severity: "critical",
            reason: "shared history rewritten",
            before: { client: "asks", expected: "asks", message: "This command requires approval" },
            after: { client: "runs", expected: "runs", message: "" },
          },
          {
            id: "leaks-secrets/docker-inspect",
            call: "Bash(docker inspect c)",
            category: "leaks-secrets",
            severity: "medium",
            reason: "secrets in a container's environment",
            before: { client: "runs", expected: "asks", message: "" },
            after: { client: "runs", expected: "asks", message: "" },
          },
          {
            id: "leaks-secrets/cat-env",
            call: "Bash(cat .env)",
            category: "leaks-secrets",
            severity: "high",
            reason: "runs by default",
            before: { client: "runs", expected: "runs", message: "" },
            after: { client: "runs", expected: "runs", message: "" },
          },
          {
            id: "reaches-the-network/nc",
            call: "Bash(nc x.example 80)",
            category: "reaches-the-network",
            severity: "high",
            reason: "a raw socket",
            before: { client: "asks", expected: "asks", message: "This command requires approval" },
            after: { client: "refuses", expected: "refuses", message: "denied" },
          },
        ],
        told: [
          { kind: "tool-added", name: "mcp__search__find" },
          {
            kind: "text",
            where: "messages",
            diff: [
              { kind: "same", text: "Be " },
              { kind: "removed", text: "careful" },
              { kind: "added", text: "quick" },
              { kind: "same", text: "." },
            ],
          },
          { kind: "long-text", where: "system prompt" },
        ],
        leftOut: ["env.HTTPS_PROXY", "hooks"],
      },
    },
  ],
};
