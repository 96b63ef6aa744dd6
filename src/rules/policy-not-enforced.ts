import { formatCall } from "../model/permission.ts";
import { attributePath } from "../model/position.ts";
import { findApprovedWithin, permissionSetOf } from "../permissions/index.ts";
import { commandsForbiddenIn } from "./forbidden-commands.ts";
import type { Rule } from "./rule.ts";
import { standing } from "./snapshot-finding.ts";

/** Commands that are looked up in all; policies that name more are not written for a reader. */
const SEARCHES_MAX = 200;

export const policyNotEnforced: Rule = {
  id: "policy-not-enforced",
  severity: "note",
  docs: {
    what: "Reports a policy that forbids a command by name, or wants to be asked first, while the rules approve that command.",
    why: "A policy is an instruction, which Claude can forget, misread or be talked out of. A rule is enforced by the client. Where the two disagree the rule wins, and the call runs without asking.",
    example: [
      'policies.commits = "Never use --no-verify without asking.";',
      'permissions.allow = [ "Bash(git *)" ];',
    ].join("\n"),
    instead:
      'Let a rule say what the policy says: `permissions.ask = [ "Bash(git commit *--no-verify*)" ];`. Commands are recognised in code, in quotes, as flags, and as names of well-known programs near words like "never" and "ask before".',
  },
  examples: {
    fires: [
      {
        after: {
          policies: { commits: "Never use --no-verify without asking" },
          permissions: { allow: ["Bash(git *)"] },
        },
      },
      {
        after: {
          policies: { infra: "Ask before you run `terraform apply`." },
          autoApprove: ["Bash(terraform *)"],
        },
      },
    ],
    silent: [
      {
        after: {
          policies: { commits: "Never use --no-verify without asking" },
          permissions: { allow: ["Bash(git status)"] },
        },
      },
      {
        after: {
          policies: { infra: "Ask before you run `terraform apply`." },
          permissions: { allow: ["Bash(terraform *)"], ask: ["Bash(terraform apply *)"] },
        },
      },
      {
        after: {
          policies: { search: "Prefer `rg` over `grep`." },
          permissions: { allow: ["Bash(rg *)"] },
        },
      },
    ],
  },
  check: ({ after, client, limits }) => {
    if (after.kind !== "present") return [];
    const set = permissionSetOf(after.context, { client });
    const search = { client, steps: limits.inclusionSteps };
    let searchesLeft = SEARCHES_MAX;
    return Object.entries(after.context.policies).flatMap(([name, policy]) =>
      commandsForbiddenIn(policy).flatMap(({ text, rules }) => {
        if (searchesLeft-- <= 0) return [];
        const approved = findApprovedWithin(set, rules, search);
        if (approved.kind !== "found") return [];
        return [
          standing(
            after,
            attributePath("policies", name),
            {
              message: `Policy \`${name}\` restricts \`${text}\`, but \`${formatCall(approved.call)}\` runs without asking.`,
              help: "Add a deny or ask rule that says what the policy says.",
            },
            text,
          ),
        ];
      }),
    );
  },
};
