import type { ProbedCall } from "../model/probe.ts";
import { ranOnlyAfter } from "../model/probe.ts";
import { mayWiden } from "./change-finding.ts";
import { PROBE_EXAMPLE, probeExample } from "./probe-example.ts";
import type { Rule } from "./rule.ts";

export const clientWidened: Rule = {
  id: "client-widened",
  severity: "warning",
  docs: {
    what: "Reports that the real client, when asked, runs calls without a person that it did not run before.",
    why: "The judgement of rules is a model of the client; this is the client itself. An error when no change of the context explains it: then something else moved, such as the client.",
    example: 'permissions.allow = [ "Bash(git *)" ];  # was: [ "Bash(git status)" ]',
    instead: "Look at the calls that run now: `nixclaude probe` lists them with what each would mean.",
  },
  examples: {
    fires: [
      {
        before: { permissions: { allow: ["Bash(git status)"] } },
        after: { permissions: { allow: ["Bash(git *)"] } },
        probe: probeExample({ before: "asks", after: "runs" }),
      },
      { before: {}, after: {}, probe: probeExample({ before: "asks", after: "runs" }) },
    ],
    silent: [
      { before: {}, after: {}, probe: PROBE_EXAMPLE },
      { before: {}, after: {}, probe: probeExample({ before: "runs", after: "asks" }) },
    ],
  },
  check: ({ probe, changes }) => {
    const calls = (probe?.calls ?? []).filter(ranOnlyAfter);
    const worst = calls[0];
    if (probe === undefined || worst === undefined) return [];
    const count = calls.length === 1 ? "a call" : `${calls.length} calls`;
    const explained = changes.some(mayWiden);
    return [
      {
        severity: explained ? "warning" : "error",
        message: `Claude Code ${probe.clients.after ?? ""} runs ${count} without asking that it did not run before; the worst is \`${worst.call}\` (${worst.reason})${explained ? "" : ", and no change of the context explains it"}.`,
        help: "Look at what runs now with nixclaude probe, and narrow the rule that lets it.",
        subject: { path: "permissions" },
        ...witnessOf(worst),
      },
    ];
  },
};

function witnessOf({ call, before }: ProbedCall) {
  const held = before?.client === "asks" ? "ask" : "deny";
  return { witness: { call, before: held, after: "allow" } } as const;
}
