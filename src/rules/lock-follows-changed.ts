import { compareFollows, type FollowsChange } from "../lock/index.ts";
import type { FindingFact, Severity } from "../model/finding.ts";
import { exampleLock, exampleNode } from "./lock-example.ts";
import { aboutEdge, type MovedInput, sharedInputs } from "./lock-inputs.ts";
import type { Rule } from "./rule.ts";

const FOLLOWING = exampleLock(
  {
    nixpkgs: exampleNode("nixpkgs", "one"),
    standards: exampleNode("standards", "one", { inputs: { nixpkgs: ["nixpkgs"] } }),
  },
  { nixpkgs: "nixpkgs", standards: "standards" },
);

export const lockFollowsChanged: Rule = {
  id: "lock-follows-changed",
  severity: "error",
  docs: {
    what: "Reports an input of an input that is taken from elsewhere than before: it follows another input, follows one where it had its own, or the other way round.",
    why: "`follows` hands one flake's dependency to another. An organisation's standards that suddenly use this repository's idea of `lib` say what this repository wants, at the very same revision.",
    example: '"inputs": { "lib": [ "my-lib" ] }   // was: "lib"',
    exampleIs: "flake.lock",
    instead:
      "Write `follows` into `flake.nix` and lock again: then it is a note, as it is where the flake that has the input moved and may say so itself.",
  },
  examples: {
    fires: [
      {
        locks: {
          before: FOLLOWING,
          after: exampleLock(
            {
              nixpkgs: exampleNode("nixpkgs", "one"),
              other: exampleNode("nixpkgs", "two"),
              standards: exampleNode("standards", "one", { inputs: { nixpkgs: ["other"] } }),
            },
            { nixpkgs: "nixpkgs", other: "other", standards: "standards" },
          ),
        },
      },
    ],
    silent: [{ locks: { before: FOLLOWING, after: FOLLOWING } }],
  },
  check: ({ locks }) => {
    if (locks === undefined || locks.before === null || locks.after === null) return [];
    const shared = new Map(sharedInputs(locks).map((moved) => [moved.path, moved]));
    return compareFollows(locks.before, locks.after).flatMap((change): FindingFact[] => {
      const moved = shared.get(change.path);
      if (moved === undefined) return [];
      const [severity, because] = judgement(change, moved);
      return [
        aboutEdge(locks, change.after, {
          message: `Input \`${change.path}\` ${inWords(change.to)}; before, it ${inWords(change.from)}: ${because}.`,
          help: "Make sure that what it uses now is what its owner means it to use.",
          severity,
        }),
      ];
    });
  },
};

function judgement({ path, to }: FollowsChange, { saidBy }: MovedInput): [Severity, string] {
  if (saidBy === "flake") return ["note", "the flake's own inputs say so"];
  // A flake can only hand on what lies below itself; what lies elsewhere only the flake here can name.
  const top = path.split("/")[0]!;
  const lieWithin = to === null || to === top || to.startsWith(`${top}/`);
  return saidBy === "perhaps-above" && lieWithin
    ? ["note", "the flake that has this input moved, and may say so"]
    : ["error", "nothing in the flake's inputs says so"];
}

function inWords(target: string | null): string {
  if (target === null) return "has a source of its own";
  return target === "" ? "follows the flake itself" : `follows \`${target}\``;
}
