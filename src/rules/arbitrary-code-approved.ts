import { sampleCall } from "../diff/index.ts";
import {
  type ArbitraryCode,
  arbitraryCodeBehind,
  compilePermissions,
  findApprovedWithin,
  parseRule,
  permissionSetOf,
} from "../permissions/index.ts";
import type { Rule } from "./rule.ts";
import { ruleName, standing } from "./snapshot-finding.ts";

/** Rules beyond these are reported without asking whether something holds them whole. */
const DECISIONS_MAX = 2_000;
const SEARCHES_MAX = 200;

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
    let decisionsLeft = DECISIONS_MAX;
    let searchesLeft = SEARCHES_MAX;
    const compiled = compilePermissions(set, { client });
    /** Most such rules approve the first call that comes to mind; the others may be held whole by a deny rule. */
    const isApproved = (text: string) => {
      const call = sampleCall(parseRule(text, "allow", { client }));
      return call !== null && compiled.decide(call).decision === "allow";
    };
    return after.context.permissions.rules.flatMap((rule) => {
      const code = arbitraryCodeBehind(rule.text, rule.list, { client });
      if (code === null) return [];
      if (
        decisionsLeft-- > 0 &&
        !isApproved(rule.text) &&
        searchesLeft-- > 0 &&
        findApprovedWithin(set, [rule.text], search).kind === "none"
      )
        return [];
      return [
        standing(
          after,
          rule.path,
          {
            message: `${ruleName(rule)} approves arbitrary code through ${nameOf(code)}.`,
            help: "Allow the uses that are needed, one by one.",
          },
          rule.text,
        ),
      ];
    });
  },
};

function nameOf({ program, category }: ArbitraryCode): string {
  if (program === "*") return "any program";
  return category === program ? `\`${program}\`` : `\`${program}\` (${category.replaceAll("-", " ")})`;
}
