import { expect, test } from "vitest";
import { decide } from "../../src/permissions/index.ts";

function decided(rules: { allow?: string[]; ask?: string[]; deny?: string[] }, argument: string): string {
  const set = {
    allow: [],
    ask: [],
    deny: [],
    mode: null,
    additionalDirectories: [],
    bypassDisabled: false,
    sandboxApprovesBash: false,
    other: {},
    ...rules,
  };
  return decide(set, { tool: "PowerShell", argument }, { client: "2.1.330" }).decision;
}

test.each([
  [{ allow: ["PowerShell(Get-ChildItem *)"] }, "gci -Recurse", "allow"],
  [{ allow: ["PowerShell(gci *)"] }, "GET-CHILDITEM src", "allow"],
  [{ allow: ["PowerShell(git *)"] }, "git commit; rm y", "default"],
  [{ allow: ["PowerShell(git *)"] }, "git commit -m 'a; b'", "allow"],
  [{ allow: ["PowerShell(git *)"] }, "git $(rm y)", "undecided"],
  [{ allow: ["PowerShell"], deny: ["PowerShell(Remove-Item *)"] }, "ls | del", "deny"],
  [{ allow: ["PowerShell"], deny: ["PowerShell(Remove-Item *)"] }, "& { del x }", "undecided"],
  [{ allow: ["PowerShell"], ask: ["PowerShell(iwr *)"] }, "curl x", "ask"],
  [{ allow: ["PowerShell"] }, "curl x", "allow"],
  [{}, "Get-Content a", "undecided"],
  [{}, "Remove-Item a", "default"],
  [{ allow: ["Bash(git *)"] }, "git push", "default"],
])("PowerShell with %j on %s: %s", (rules, command, expected) => {
  expect(decided(rules, command)).toBe(expected);
});
