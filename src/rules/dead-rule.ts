import { sampleCall } from "../diff/index.ts";
import type { PermissionRule } from "../model/context.ts";
import type { ClientVersion } from "../model/semantics.ts";
import {
  type CompiledPermissions,
  compilePermissions,
  findDifference,
  parseRule,
  permissionSetOf,
  type RuleGroup,
  type SearchOptions,
} from "../permissions/index.ts";
import type { Rule } from "./rule.ts";
import { ruleName, standing } from "./snapshot-finding.ts";

/** Rules that are looked at and searched in all, and guards that are tried to name the one: a note need not be complete. */
const RULES_MAX = 2_000;
const SEARCHES_MAX = 1_000;
const SHADOWS_TRIED_MAX = 50;

export const deadRule: Rule = {
  id: "dead-rule",
  severity: "note",
  docs: {
    what: "Reports an allow or ask rule that never decides anything, because every call it covers is held by a deny or ask rule that comes first.",
    why: "Deny beats ask, ask beats allow, and being more specific changes nothing. Whoever wrote the rule believes that it works; whoever removes the other one later switches it on without knowing.",
    example: [
      'permissions.allow = [ "Bash(git push origin docs)" ];',
      'permissions.deny = [ "Bash(git push *)" ];',
    ].join("\n"),
    instead:
      "Remove the rule, or narrow the one that shadows it. Allow rules that other allow rules cover are harmless and not reported.",
  },
  examples: {
    fires: [
      { after: { permissions: { allow: ["Bash(git push origin docs)"], deny: ["Bash(git push *)"] } } },
      { after: { permissions: { allow: ["Bash(git push *)"], ask: ["Bash(git push *)"] } } },
      { after: { permissions: { ask: ["WebFetch(domain:example.com)"], deny: ["WebFetch"] } } },
    ],
    silent: [
      { after: { permissions: { allow: ["Bash(git *)"], deny: ["Bash(git push *)"] } } },
      { after: { permissions: { allow: ["Bash(git *)", "Bash(git status)"] } } },
    ],
  },
  check: ({ after, client, limits }) => {
    if (after.kind !== "present") return [];
    const set = permissionSetOf(after.context, { client });
    const search = { client, steps: limits.inclusionSteps };
    const compiled = compilePermissions(set, { client });
    let searchesLeft = SEARCHES_MAX;
    return after.context.permissions.rules.slice(0, RULES_MAX).flatMap((rule) => {
      const guards = guardsOver(rule, set.deny, set.ask);
      if (guards.length === 0 || decidesSomething(rule, compiled, client)) return [];
      if (searchesLeft-- <= 0 || !isHeld(rule, guards, search)) return [];
      return [
        standing(
          after,
          rule.path,
          {
            message: `${ruleName(rule)} never decides: ${shadowOf(rule, guards, search)} every call that it covers.`,
            help: "Remove the rule, or narrow what shadows it.",
          },
          rule.text,
        ),
      ];
    });
  },
};

function guardsOver({ list }: PermissionRule, deny: readonly string[], ask: readonly string[]): RuleGroup[] {
  const groups: RuleGroup[] =
    list === "deny"
      ? []
      : list === "ask"
        ? [{ list: "deny", rules: deny }]
        : [
            { list: "deny", rules: deny },
            { list: "ask", rules: ask },
          ];
  return groups.filter(({ rules }) => rules.length > 0);
}

/** Most rules decide the first call that comes to mind, and need no search. Rules that mean nothing are not this rule's. */
function decidesSomething(
  rule: PermissionRule,
  compiled: CompiledPermissions,
  client: ClientVersion,
): boolean {
  const parsed = parseRule(rule.text, rule.list, { client });
  if (parsed.kind === "ignored" || parsed.kind === "unknown") return true;
  const call = sampleCall(parsed);
  return call !== null && compiled.decide(call).rule?.list === rule.list;
}

function isHeld(
  { list, text }: PermissionRule,
  guards: readonly RuleGroup[],
  search: SearchOptions,
): boolean {
  return findDifference({ list, rules: [text] }, guards, search).kind === "none";
}

/** Of the same tool, or a glob over tools; other guards take several to hold a rule whole. */
function mayCover(guard: string, text: string): boolean {
  const [tool, other] = [guard, text].map((rule) => rule.split("(", 1)[0]!);
  return tool === other || tool!.includes("*");
}

/** The one rule that shadows it, where one is enough. */
function shadowOf(rule: PermissionRule, guards: readonly RuleGroup[], search: SearchOptions): string {
  for (const { list, rules } of guards) {
    const likely = rules.filter((text) => mayCover(text, rule.text)).slice(0, SHADOWS_TRIED_MAX);
    const shadow = likely.find((text) => isHeld(rule, [{ list, rules: [text] }], search));
    if (shadow !== undefined) return `${list} rule \`${shadow}\` holds`;
  }
  return `${guards.map(({ list }) => list).join(" and ")} rules together hold`;
}
