import { dayOf, placeOf } from "../lock/index.ts";
import type { FindingFact } from "../model/finding.ts";
import { exampleLock, exampleNode } from "./lock-example.ts";
import { aboutInput, type MovedInput, sharedNodes, shortRevision } from "./lock-inputs.ts";
import type { Rule } from "./rule.ts";

export const lockTimeBackwards: Rule = {
  id: "lock-time-backwards",
  severity: "warning",
  docs: {
    what: "Reports an input that moves to an older revision of the same source, or to one without a date.",
    why: "Updates go forward. A step back brings back what was mended since: a rule that was narrowed, a hole that was closed, a client that was replaced. It can be meant (the newest revision is broken), and then somebody can say so.",
    example: '"lastModified": 1600000000,   // was: 1790000000',
    exampleIs: "flake.lock",
    instead:
      "Move on to a revision that holds the fix, or say in the pull request why the old one is needed.",
  },
  examples: {
    fires: [
      {
        locks: {
          before: exampleLock({ tools: exampleNode("tools", "two") }),
          after: exampleLock({ tools: exampleNode("tools", "one") }),
        },
      },
    ],
    silent: [
      {
        locks: {
          before: exampleLock({ tools: exampleNode("tools", "one") }),
          after: exampleLock({ tools: exampleNode("tools", "two") }),
        },
      },
      {
        locks: {
          before: exampleLock({ tools: exampleNode("tools", "two") }),
          after: exampleLock({ tools: exampleNode("other", "one") }),
        },
      },
    ],
  },
  check: ({ locks }) =>
    locks === undefined
      ? []
      : sharedNodes(locks).flatMap((moved): FindingFact[] => {
          const how = backwards(moved);
          if (how === null) return [];
          const { path, before, after } = moved;
          return [
            aboutInput(locks, after, "locked.lastModified", {
              message: `Input \`${path}\` goes back from ${shortRevision(before.node.locked!)} to ${shortRevision(after.node.locked!)}: ${how}.`,
              help: "Read what the newer revision mended before you give it up.",
            }),
          ];
        }),
};

function backwards({ before, after }: MovedInput): string | null {
  const [from, to] = [before.node.locked!, after.node.locked!];
  if (placeOf(before.node) !== placeOf(after.node)) return null;
  if (from.rev === to.rev && from.narHash === to.narHash) return null;
  const [old, now] = [from.lastModified, to.lastModified];
  if (typeof old === "number" && typeof now !== "number")
    return `it has no date any more (${dayOf(old)} before)`;
  if (typeof old !== "number" || typeof now !== "number") return null;
  if (now < old) {
    const days = [dayOf(old), dayOf(now)];
    return days[0] === days[1]
      ? `both are of ${days[0]}, the new one earlier`
      : `from ${days[0]} to ${days[1]}`;
  }
  const [count, counted] = [from.revCount, to.revCount];
  const shrunk = typeof count === "number" && typeof counted === "number" && counted < count;
  return shrunk ? `its history has ${counted} revisions, ${count} before` : null;
}
