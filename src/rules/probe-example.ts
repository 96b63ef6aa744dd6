import type { ExpectedOutcome, ProbeOutcome, ProbeReport } from "../model/probe.ts";

interface ExampleAnswers {
  before: ProbeOutcome;
  after: ProbeOutcome;
  /** What the engine says of both; default: what the client does. */
  expected?: ExpectedOutcome;
}

/** A probe of one call, for the examples of rules. */
export function probeExample({ before, after, expected }: ExampleAnswers): ProbeReport {
  const side = (client: ProbeOutcome) => ({
    client,
    expected: expected ?? (client === "runs" || client === "refuses" ? client : "asks"),
    message: "",
  });
  return {
    clients: { before: "2.1.330", after: "2.1.330" },
    asked: 1,
    calls: [
      {
        id: "destroys-work/git-push-force",
        call: "Bash(git push --force origin main)",
        category: "destroys-work",
        severity: "critical",
        reason: "shared history rewritten",
        before: side(before),
        after: side(after),
      },
    ],
    told: [],
    leftOut: [],
  };
}

/** Nothing differs, nothing contradicts. */
export const PROBE_EXAMPLE: ProbeReport = probeExample({ before: "asks", after: "asks" });
