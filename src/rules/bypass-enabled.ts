import type { Change } from "../model/change.ts";
import type { FindingFact } from "../model/finding.ts";
import { attributePath } from "../model/position.ts";
import type { PresentSnapshot } from "../model/snapshot.ts";
import { findingOf, mayWiden, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";
import { standing } from "./snapshot-finding.ts";

const HELP =
  'Start in `default` and set `permissions.disableBypassPermissionsMode = "disable"`; allow by rules what has to run unasked.';

export const bypassEnabled: Rule = {
  id: "bypass-enabled",
  severity: "error",
  docs: {
    what: "Reports `bypassPermissions` as the mode Claude or an agent starts in, and a change after which nothing keeps that mode off.",
    why: "In bypass mode everything runs unasked, also writes to protected paths. Only deny and ask rules and the removal of critical paths are still looked at. It is meant for containers that can be thrown away, not for a repository that people share.",
    example: 'permissions.defaultMode = "bypassPermissions";',
    instead:
      'Set `permissions.disableBypassPermissionsMode = "disable"`, start in `default`, and allow by rules what has to run unasked.',
  },
  examples: {
    fires: [
      { before: {}, after: { permissions: { defaultMode: "bypassPermissions" } } },
      { before: { permissions: { disableBypassPermissionsMode: "disable" } }, after: {} },
      {
        before: {},
        after: { agents: { fixer: { prompt: "Fix it.", permissionMode: "bypassPermissions" } } },
      },
    ],
    silent: [
      { before: {}, after: { permissions: { defaultMode: "acceptEdits" } } },
      { before: {}, after: { permissions: { disableBypassPermissionsMode: "disable" } } },
    ],
  },
  check: ({ after, changes }) => [
    ...changes.filter((change) => mayWiden(change) && concernsBypass(change)).map(changeFinding),
    ...(after.kind === "present" ? standingFindings(after, changes) : []),
  ],
};

/** Changes that are this rule's alone, so that no other judges them as well. */
export function concernsBypass({ surface, path, after }: Change): boolean {
  return (
    surface === "mode" &&
    (path === "permissions.disableBypassPermissionsMode" || after === "bypassPermissions")
  );
}

function changeFinding(change: Change): FindingFact {
  return findingOf(change, { message: sentence(change.summary), help: HELP });
}

/** A mode that stands there although nothing changed, and agents, whose mode stands in their front matter. */
function standingFindings(after: PresentSnapshot, changes: readonly Change[]): FindingFact[] {
  const { permissions, agents } = after.context;
  const findings: FindingFact[] = [];
  const reported = changes.some((change) => mayWiden(change) && change.after === "bypassPermissions");
  if (permissions.defaultMode === "bypassPermissions" && !reported) {
    const message = "Permission mode is `bypassPermissions`: everything runs without asking.";
    findings.push(standing(after, "permissions.defaultMode", { message, help: HELP }));
  }
  for (const [name, { attributes }] of Object.entries(agents)) {
    if (attributes.permissionMode !== "bypassPermissions") continue;
    const message = `Agent \`${name}\` works in mode \`bypassPermissions\`: everything it does runs without asking.`;
    findings.push(standing(after, attributePath("agents", name), { message, help: HELP }));
  }
  return findings;
}
