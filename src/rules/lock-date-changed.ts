import { dayOf } from "../lock/index.ts";
import type { FindingFact } from "../model/finding.ts";
import { exampleLock, exampleNode } from "./lock-example.ts";
import { aboutInput, ownInputs, revisionKey, shortRevision } from "./lock-inputs.ts";
import type { Locks, Rule } from "./rule.ts";

export const lockDateChanged: Rule = {
  id: "lock-date-changed",
  severity: "error",
  docs: {
    what: "Reports a revision that `flake.lock` gives another date than before.",
    why: "`lastModified` is the date of the revision, which cannot change. Whoever writes another one makes an old input look fresh, or lets a step back in time look like a step forward: constraints on age (`maxAgeDays`) read this date.",
    example: [
      '"lastModified": 1790000000,   // was: 1600000000',
      '"rev": "3f2c9a1…"             // as before',
    ].join("\n"),
    exampleIs: "flake.lock",
    instead: "Never edit dates in a lock; let `nix flake update INPUT` write them.",
  },
  examples: {
    fires: [
      {
        locks: {
          before: exampleLock({ tools: exampleNode("tools", "one") }),
          after: exampleLock({
            tools: exampleNode("tools", "one", { locked: { lastModified: 1_790_000_000 } }),
          }),
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
    ],
  },
  check: ({ locks }) => (locks === undefined ? [] : findings(locks)),
};

function findings(locks: Locks): FindingFact[] {
  const dates = new Map<string, unknown>();
  for (const { node } of [...ownInputs(locks.before), ...ownInputs(locks.after)]) {
    const key = revisionKey(node.locked!);
    if (key !== null && node.locked!.lastModified !== undefined && !dates.has(key))
      dates.set(key, node.locked!.lastModified);
  }
  return ownInputs(locks.after).flatMap((input) => {
    const { locked } = input.node;
    const date = dates.get(revisionKey(locked!) ?? "");
    const now = locked!.lastModified;
    if (date === undefined || now === undefined || date === now) return [];
    return [
      aboutInput(locks, input, "locked.lastModified", {
        message: `Input \`${input.path}\` says that revision ${shortRevision(locked!)} is of ${inWords(now)}; elsewhere in the lock, or before, it is of ${inWords(date)}.`,
        help: "Restore the lock, and let Nix write the date.",
      }),
    ];
  });
}

function inWords(date: unknown): string {
  return `${dayOf(date as number) ?? "no date"} (${String(date)})`;
}
