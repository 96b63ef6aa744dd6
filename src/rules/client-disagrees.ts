import { assertNever } from "../model/assert-never.ts";
import type { FindingFact } from "../model/finding.ts";
import { disagreementOf, type ProbedCall, type ProbeReport, type ProbeSide } from "../model/probe.ts";
import { PROBE_EXAMPLE, probeExample } from "./probe-example.ts";
import type { Rule } from "./rule.ts";

export const clientDisagrees: Rule = {
  id: "client-disagrees",
  severity: "error",
  docs: {
    what: "Reports a call that the real client treats otherwise than nixclaude says.",
    why: "Every verdict rests on what rules are taken to mean. Where the client runs what nixclaude holds for asked about, a verdict can be too mild: an error. The other way round nothing runs that should not: a note.",
    example: "# the client runs `Bash(git push)`, nixclaude says that a person is asked",
    instead:
      "Report it with the call and the rules, so that the semantics can be mended. Until then deny the call explicitly.",
  },
  examples: {
    fires: [
      { before: {}, after: {}, probe: probeExample({ before: "runs", after: "runs", expected: "asks" }) },
      { before: {}, after: {}, probe: probeExample({ before: "asks", after: "asks", expected: "runs" }) },
    ],
    silent: [
      { before: {}, after: {}, probe: PROBE_EXAMPLE },
      {
        before: {},
        after: {},
        probe: probeExample({ before: "runs", after: "runs", expected: "undecided" }),
      },
      {
        before: {},
        after: {},
        probe: probeExample({ before: "unclear", after: "unclear", expected: "runs" }),
      },
    ],
  },
  check: ({ probe }) =>
    probe === undefined
      ? []
      : probe.calls.flatMap((call) => (call.after === null ? [] : findingOf(probe, call, call.after))),
};

function findingOf(probe: ProbeReport, { call }: ProbedCall, side: ProbeSide): FindingFact[] {
  const disagreement = disagreementOf(side);
  const client = `Claude Code ${probe.clients.after ?? ""}`;
  const subject = { path: "permissions" };
  const help = "Report it with the rules of this context, so that the semantics can be mended.";
  switch (disagreement) {
    case null:
      return [];
    case "runs-unexpectedly":
      return [
        {
          severity: "error",
          message: `${client} runs \`${call}\` without asking; nixclaude says that ${EXPECTED[side.expected]}.`,
          help: `${help} Until then, deny the call explicitly.`,
          subject,
        },
      ];
    case "held-unexpectedly":
      return [
        {
          severity: "note",
          message: `${client} does not run \`${call}\` without asking, though nixclaude says that it does.`,
          help,
          subject,
        },
      ];
    default:
      return assertNever(disagreement);
  }
}

const EXPECTED: Readonly<Record<ProbeSide["expected"], string>> = {
  runs: "it runs",
  asks: "a person is asked",
  refuses: "it is refused",
  undecided: "it cannot tell",
};
