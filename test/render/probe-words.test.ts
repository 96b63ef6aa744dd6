import { expect, test } from "vitest";
import type { ProbeReport } from "../../src/model/probe.ts";
import { probeSummary } from "../../src/render/probe-words.ts";
import { probeExample } from "../../src/rules/probe-example.ts";

function summary(clients: ProbeReport["clients"]): string {
  return probeSummary({ ...probeExample({ before: "asks", after: "asks" }), clients });
}

test.each<[ProbeReport["clients"], string]>([
  [{ before: "2.1.330", after: "2.1.330" }, "Claude Code 2.1.330 was asked about 1 call, before and after:"],
  [
    { before: "2.1.197", after: "2.1.330" },
    "Claude Code was asked about 1 call, 2.1.197 before and 2.1.330 after:",
  ],
  [{ before: null, after: "2.1.330" }, "Claude Code 2.1.330 was asked about 1 call:"],
  [
    { before: "2.1.330", after: null },
    "Claude Code 2.1.330 was asked about 1 call, before the context went:",
  ],
])("the summary says who was asked on which side: %j", (clients, words) => {
  expect(summary(clients)).toContain(words);
});
