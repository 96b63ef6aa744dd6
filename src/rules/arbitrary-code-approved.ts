import { formatCall } from "../model/permission.ts";
import {
  type ArbitraryCode,
  arbitraryCodeBehind,
  findApprovedWithin,
  permissionSetOf,
} from "../permissions/index.ts";
import type { Rule } from "./rule.ts";
import { ruleName, standing } from "./snapshot-finding.ts";

export const arbitraryCodeApproved: Rule = {
  id: "arbitrary-code-approved",
  severity: "warning",
  docs: {
    what: "Reports an allow rule that approves an interpreter, a shell or a program that starts others, with any arguments.",
    why: "`Bash(python3 *)` is `Bash(*)`: nothing looks at what the program is told to do. The same holds for `git *` (aliases, hooks, pagers), `make *`, `npx *`, `ssh *`, `docker *` and many more.",
    example: 'permissions.allow = [ "Bash(python3 *)" ];',
    instead:
      "Allow the uses that are needed, one by one (`Bash(python3 -m pytest *)`, `Bash(git diff *)`), or put the script behind a tool with a schema.",
  },
  examples: {
    fires: [
      { after: { permissions: { allow: ["Bash(python3 *)"] } } },
      { after: { permissions: { allow: ["Bash(git *)"] } } },
      { after: { permissions: { allow: ["Bash"] } } },
    ],
    silent: [
      { after: { permissions: { allow: ["Bash(rg *)", "Bash(git status)"] } } },
      { after: { permissions: { allow: ["Bash(python3 *)"], deny: ["Bash(python3 *)"] } } },
    ],
  },
  check: ({ after, client, limits }) => {
    if (after.kind !== "present") return [];
    const set = permissionSetOf(after.context, { client });
    const search = { client, steps: limits.inclusionSteps };
    return after.context.permissions.rules.flatMap((rule) => {
      const code = arbitraryCodeBehind(rule.text, rule.list, { client });
      if (code === null) return [];
      const approved = findApprovedWithin(set, [rule.text], search);
      if (approved.kind === "none") return [];
      const example = approved.kind === "found" ? `, for example \`${formatCall(approved.call)}\`` : "";
      return [
        standing(
          after,
          rule.path,
          {
            message: `${ruleName(rule)} approves arbitrary code through ${nameOf(code)}${example}.`,
            help: "Allow the uses that are needed, one by one.",
          },
          rule.text,
        ),
      ];
    });
  },
};

function nameOf({ program, category }: ArbitraryCode): string {
  return program === "*" ? "any program" : `\`${program}\` (${category})`;
}
