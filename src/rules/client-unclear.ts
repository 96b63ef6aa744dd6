import type { ProbedCall } from "../model/probe.ts";
import { PROBE_EXAMPLE, probeExample } from "./probe-example.ts";
import type { Rule } from "./rule.ts";

export const clientUnclear: Rule = {
  id: "client-unclear",
  severity: "warning",
  docs: {
    what: "Reports calls about which the real client gives no usable answer any more: before the change it said what it does with them.",
    why: "That nothing runs that did not run before is shown by answers. Where the change takes the answer away, or the tool while nixclaude says that the call is approved, a wider rule would not be seen.",
    example:
      'settings.agent = "reader";  # an agent with `tools: Read`: the client has no Bash, the rules allow it',
    instead:
      "Look at what the client says with `nixclaude probe --format json`, and judge these calls by their rules.",
  },
  examples: {
    fires: [
      { before: {}, after: {}, probe: probeExample({ before: "asks", after: "unclear" }) },
      {
        before: {},
        after: {},
        probe: probeExample({ before: "asks", after: "not-offered", expected: "runs" }),
      },
    ],
    silent: [
      { before: {}, after: {}, probe: PROBE_EXAMPLE },
      { before: {}, after: {}, probe: probeExample({ before: "unclear", after: "unclear" }) },
      { before: {}, after: {}, probe: probeExample({ before: "asks", after: "not-offered" }) },
      { before: {}, after: {}, probe: probeExample({ before: "unclear", after: "asks" }) },
    ],
  },
  check: ({ probe }) => {
    const calls = (probe?.calls ?? []).filter(lostItsAnswer);
    const worst = calls[0];
    if (probe === undefined || worst === undefined) return [];
    const count = calls.length === 1 ? "a call" : `${calls.length} calls`;
    return [
      {
        message: `Claude Code ${probe.clients.after ?? ""} no longer says what it does with ${count}; the worst is \`${worst.call}\` (${worst.reason}). Whether more runs now is not known.`,
        help: "Judge these calls by their rules; nixclaude probe --format json has what the client said.",
        subject: { path: "permissions" },
      },
    ];
  },
};

function lostItsAnswer({ before, after }: ProbedCall): boolean {
  if (before === null || after === null || !ANSWERS.has(before.client)) return false;
  return after.client === "unclear" || (after.client === "not-offered" && after.expected === "runs");
}

const ANSWERS: ReadonlySet<string> = new Set(["runs", "asks", "refuses"]);
