import { branchIn, branchOf, type LockNode, placeOf } from "../lock/index.ts";
import type { FindingFact, Severity } from "../model/finding.ts";
import { exampleLock, exampleNode } from "./lock-example.ts";
import { aboutInput, type MovedInput, sharedNodes } from "./lock-inputs.ts";
import type { Rule } from "./rule.ts";

const STANDARDS = exampleNode("standards", "one", { inputs: { lib: "lib" } });

export const lockSourceRedirected: Rule = {
  id: "lock-source-redirected",
  severity: "error",
  docs: {
    what: "Reports an input that comes from another place than before: another owner, repository, host, kind or branch.",
    why: "Whoever owns the new place decides from now on what the input holds, even if today it holds the same. In `flake.nix` such an edit is seen by every reader; in `flake.lock` alone it is a line among hundreds.",
    example: '"locked": { "owner": "evil", "repo": "lib", … }   // was: acme/lib',
    exampleIs: "flake.lock",
    instead:
      "Say in `flake.nix` where an input comes from: then it is a note. A warning stands where the flake that has the input moved, and may say so itself; what nobody says is an error.",
  },
  examples: {
    fires: [
      {
        locks: {
          before: exampleLock(
            { standards: STANDARDS, lib: exampleNode("lib", "one") },
            { standards: "standards" },
          ),
          after: exampleLock(
            {
              standards: STANDARDS,
              lib: exampleNode("lib", "one", { locked: { owner: "evil" }, original: { owner: "evil" } }),
            },
            { standards: "standards" },
          ),
        },
      },
      {
        locks: {
          before: exampleLock({ tools: exampleNode("tools", "one") }),
          after: exampleLock({ tools: exampleNode("tools", "two", { original: { ref: "laxer" } }) }),
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
  check: ({ locks }) =>
    locks === undefined
      ? []
      : sharedNodes(locks).flatMap((moved): FindingFact[] => {
          const difference = differenceOf(moved.before.node, moved.after.node);
          if (difference === null) return [];
          const [severity, because] = JUDGEMENT[moved.saidBy];
          return [
            aboutInput(locks, moved.after, linesOf(moved), {
              message: `Input \`${moved.path}\` is ${difference.now} instead of ${difference.before}: ${because}.`,
              help: "Make sure that you trust whoever owns the new place as much as the old one.",
              // Nix writes down the default branch of some sources, and owners rename it.
              severity: difference.kind === "default-branch" && severity === "error" ? "warning" : severity,
            }),
          ];
        }),
};

const JUDGEMENT: Record<MovedInput["saidBy"], [Severity, string]> = {
  flake: ["note", "the flake's own inputs say so"],
  "perhaps-above": [
    "warning",
    "the flake that has this input moved, and may say so; the flake here does not",
  ],
  nobody: ["error", "nothing in the flake's inputs says so"],
};

/** What the new place is called by, where that differs from the old one. */
function linesOf({ before, after }: MovedInput): string[] {
  const differ = (side: "locked" | "original") =>
    ["owner", "repo", "host", "url", "path", "id", "type", "dir", "ref"]
      .filter((name) => before.node[side]?.[name] !== after.node[side]?.[name])
      .map((name) => `${side}.${name}`);
  return [...differ("locked"), ...differ("original"), "locked"];
}

interface Difference {
  kind: "place" | "branch" | "default-branch";
  before: string;
  now: string;
}

function differenceOf(before: LockNode, now: LockNode): Difference | null {
  const places = [placeOf(before), placeOf(now)];
  if (places[0] !== places[1]) return { kind: "place", before: places[0]!, now: places[1]! };
  if (before.flake !== now.flake) {
    const words = [before, now].map(
      ({ flake }) => `${flake ? "the flake in" : "the mere files of"} ${places[0]}`,
    );
    return { kind: "place", before: words[0]!, now: words[1]! };
  }
  // A bare pin in place of a branch has a rule of its own.
  const isPin = ({ original }: LockNode) => original?.rev !== undefined;
  if (isPin(before) || isPin(now)) return null;
  const asked = [branchOf(before), branchOf(now)];
  if (asked[0] !== asked[1]) return branches("branch", places[0]!, asked);
  const locked = [branchIn(before.locked), branchIn(now.locked)];
  if (locked[0] === locked[1] || locked.includes(null)) return null;
  return branches("default-branch", places[0]!, locked);
}

function branches(kind: Difference["kind"], place: string, names: readonly (string | null)[]): Difference {
  const [before, now] = names.map((name) => (name === null ? "the default branch" : `branch \`${name}\``));
  return { kind, before: before!, now: `${now} of ${place}` };
}
