import { branchOf, placeOf } from "../lock/index.ts";
import type { FindingFact } from "../model/finding.ts";
import { exampleLock, exampleNode } from "./lock-example.ts";
import { aboutInput, sharedNodes, shortRevision } from "./lock-inputs.ts";
import type { Rule } from "./rule.ts";

export const lockBranchDropped: Rule = {
  id: "lock-branch-dropped",
  severity: "warning",
  docs: {
    what: "Reports an input that followed a branch and is pinned to a bare revision now.",
    why: "A branch is guarded: what is on it was reviewed. A bare revision need not be on any branch; forges even serve those of forks under the name of the repository. And no update moves it again: mended standards never arrive.",
    example: [
      '"original": { "owner": "acme", "repo": "standards", "rev": "9d1e0c4…" }',
      '// was: { "owner": "acme", "repo": "standards" }',
    ].join("\n"),
    exampleIs: "flake.lock",
    instead: "Name a branch or a tag (`github:acme/standards/v2`); `flake.lock` pins the revision anyway.",
  },
  examples: {
    fires: [
      {
        locks: {
          before: exampleLock({ tools: exampleNode("tools", "one", { original: { ref: "main" } }) }),
          after: exampleLock({ tools: exampleNode("tools", "two", { original: { rev: "2".repeat(40) } }) }),
        },
      },
    ],
    silent: [
      {
        locks: {
          before: exampleLock({ tools: exampleNode("tools", "one", { original: { rev: "1".repeat(40) } }) }),
          after: exampleLock({ tools: exampleNode("tools", "two", { original: { rev: "2".repeat(40) } }) }),
        },
      },
    ],
  },
  check: ({ locks }) =>
    locks === undefined
      ? []
      : sharedNodes(locks).flatMap(({ path, before, after, saidBy }): FindingFact[] => {
          const [from, to] = [before.node, after.node];
          if (placeOf(from) !== placeOf(to)) return [];
          if (from.original === null || from.original.rev !== undefined || to.original?.rev === undefined)
            return [];
          const branch = branchOf(from);
          return [
            aboutInput(locks, after, "original.rev", {
              message: `Input \`${path}\` is pinned to revision ${shortRevision(to.original)}; before, it followed ${branch === null ? "the default branch" : `\`${branch}\``}.`,
              help: "Name a branch or a tag in flake.nix, or say why this revision and no other.",
              ...(saidBy === "perhaps-above" && { severity: "note" as const }),
            }),
          ];
        }),
};
