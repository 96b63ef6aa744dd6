import type { PermissionRule } from "../model/context.ts";
import type { RuleList } from "../model/permission.ts";
import type { ClientVersion } from "../model/semantics.ts";
import { misreadParameter, parseRule } from "../permissions/index.ts";
import type { Rule } from "./rule.ts";
import { ruleName, standing } from "./snapshot-finding.ts";

export const ruleIgnoredByClient: Rule = {
  id: "rule-ignored-by-client",
  severity: "warning",
  docs: {
    what: "Reports a permission rule that the client accepts and never applies, or does not understand at all.",
    why: "Such a rule reads like protection and is none: `Write(secrets/**)` in a deny list blocks nothing, and the client does not say so.",
    example: 'permissions.deny = [ "Write(secrets/**)" ];',
    instead: "Write the form that the finding names, here `Edit(secrets/**)`, or remove the rule.",
  },
  examples: {
    fires: [
      { after: { permissions: { deny: ["Write(secrets/**)"] } } },
      { after: { permissions: { allow: ["Bash(command:rm *)"] } } },
      { after: { permissions: { allow: ["bash(npm *)"] } } },
    ],
    silent: [{ after: { permissions: { deny: ["Edit(secrets/**)"], allow: ["Bash(npm *)"] } } }],
  },
  check: ({ after, client }) => {
    if (after.kind !== "present") return [];
    return after.context.permissions.rules.flatMap((rule) => {
      const trouble = troubleWith(rule, client);
      if (trouble === null) return [];
      const { reason, instead } = trouble;
      return [
        standing(
          after,
          rule.path,
          {
            message: `${ruleName(rule)} ${CONSEQUENCES[rule.list]}: ${reason}.`,
            help: instead === undefined ? "Correct the rule or remove it." : `Write \`${instead}\` instead.`,
          },
          rule.text,
        ),
      ];
    });
  },
};

const CONSEQUENCES: Readonly<Record<RuleList, string>> = {
  allow: "approves nothing",
  ask: "asks about nothing",
  deny: "refuses nothing",
};

function troubleWith(
  { text, list }: PermissionRule,
  client: ClientVersion,
): { reason: string; instead?: string } | null {
  const parsed = parseRule(text, list, { client });
  return parsed.kind === "ignored" || parsed.kind === "unknown" ? parsed : misreadParameter(text, list);
}
