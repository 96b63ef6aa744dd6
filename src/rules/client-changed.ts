import { type ClientPackage, clientPackageOf } from "../context/index.ts";
import type { FindingFact } from "../model/finding.ts";
import { formatCall } from "../model/permission.ts";
import { attributePath } from "../model/position.ts";
import { CLIENT_VERSIONS, type ClientVersion } from "../model/semantics.ts";
import type { PresentSnapshot } from "../model/snapshot.ts";
import { compilePermissions, PROBES, type Probe, permissionSetOf } from "../permissions/index.ts";
import type { Rule, RuleInput } from "./rule.ts";

const SEVERITY_ORDER = ["critical", "high", "medium", "low"];

export const clientChanged: Rule = {
  id: "client-changed",
  severity: "warning",
  docs: {
    what: "Reports that the client itself moves: the package of Claude Code that the context names has another version.",
    why: "The same rules mean something else to another version: between two recorded versions, 674 of 24,427 decisions differ. A lock bump that moves the client changes behavior without touching a rule.",
    example: "tools.claude.pkg = pkgs.claude-code;  # 2.1.197 before, 2.1.330 after `nix flake update`",
    instead:
      "Compare what both versions do with `nixclaude probe --with OLD --with NEW`, then accept the move.",
  },
  examples: {
    fires: [
      {
        before: { tools: { claude: { pkg: { $package: "claude-code-2.1.197" } } } },
        after: { tools: { claude: { pkg: { $package: "claude-code-2.1.330" } } } },
      },
    ],
    silent: [
      {
        before: { tools: { claude: { pkg: { $package: "claude-code-2.1.330" } } } },
        after: { tools: { claude: { pkg: { $package: "claude-code-2.1.330" } } } },
      },
      {
        before: { tools: { rg: { pkg: { $package: "ripgrep-14" } } } },
        after: { tools: { rg: { pkg: { $package: "ripgrep-15" } } } },
      },
    ],
  },
  check: (input) => {
    const { before, after } = input;
    if (before.kind !== "present" || after.kind !== "present") return [];
    const [old, now] = [clientPackageOf(before.context), clientPackageOf(after.context)];
    if (old === null || now === null || old.version === now.version) return [];
    return [findingOf(input, before, after, old, now)];
  },
};

function findingOf(
  { changes, probe }: RuleInput,
  before: PresentSnapshot,
  after: PresentSnapshot,
  old: ClientPackage,
  now: ClientPackage,
): FindingFact {
  const path = attributePath("tools", now.tool);
  const change = changes.find((one) => one.surface === "tools" && one.path.startsWith(path));
  const runsNow = newlyRun(before, after, old, now);
  const proof =
    runsNow === null
      ? "; what that changes is not known for these versions"
      : runsNow.length === 0
        ? ""
        : `; of the catalogue it runs ${runsNow.length === 1 ? "a call" : `${runsNow.length} calls`} that the old one did not, such as \`${formatCall(runsNow[0]!.call)}\``;
  const asked = probe === undefined ? "" : " Both versions were asked.";
  return {
    message: `Claude Code moves from ${old.version} to ${now.version}${proof}.${asked}`,
    help: "Compare both with nixclaude probe, naming a program for each version with --with.",
    subject: { path },
    ...(change !== undefined && { change: change.id }),
    ...(change?.position !== undefined && { position: change.position }),
  };
}

/** Probes that each version's own reading lets run only after the move, worst first; null when one is not known. */
function newlyRun(
  before: PresentSnapshot,
  after: PresentSnapshot,
  old: ClientPackage,
  now: ClientPackage,
): Probe[] | null {
  const [from, to] = [knownVersion(old.version), knownVersion(now.version)];
  if (from === null || to === null) return null;
  const earlier = compilePermissions(permissionSetOf(before.context, { client: from }), { client: from });
  const later = compilePermissions(permissionSetOf(after.context, { client: to }), { client: to });
  return PROBES.filter(({ call }) => later.decide(call).runs !== false && earlier.decide(call).runs === false)
    .slice()
    .sort((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity));
}

function knownVersion(version: string): ClientVersion | null {
  return CLIENT_VERSIONS.find((known) => known === version) ?? null;
}
