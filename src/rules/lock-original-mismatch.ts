import { declarationAt, type InputAt, isOnTheWay, misfitOf, relativeBase } from "../lock/index.ts";
import { exampleLock, exampleNode } from "./lock-example.ts";
import { aboutInput, ownInputs } from "./lock-inputs.ts";
import type { Locks, Rule } from "./rule.ts";

export const lockOriginalMismatch: Rule = {
  id: "lock-original-mismatch",
  severity: "error",
  docs: {
    what: "Reports an input that is locked to something else than it says it was locked from: another owner, repository, host, branch or directory.",
    why: "Nix fetches what stands under `locked`, and compares only `original` with `flake.nix`. With an edit of `locked` alone the flake still seems to use the organisation's repository while every build fetches a stranger's. Nix never writes such a file.",
    example: [
      '"locked": { "owner": "evil", "repo": "standards", … },',
      '"original": { "owner": "acme", "repo": "standards", … }',
    ].join("\n"),
    exampleIs: "flake.lock",
    instead:
      "Lock again with `nix flake update INPUT`. To use a fork, say so in `flake.nix`. A note stands for a tarball that its server redirects to a host that looks like one of its own.",
  },
  examples: {
    fires: [
      {
        locks: { after: exampleLock({ tools: exampleNode("tools", "one", { locked: { owner: "evil" } }) }) },
      },
      {
        locks: {
          after: exampleLock({ tools: exampleNode("tools", "one", { original: { rev: "2".repeat(40) } }) }),
        },
      },
    ],
    silent: [
      {
        locks: { after: exampleLock({ tools: exampleNode("tools", "one", { original: { ref: "main" } }) }) },
      },
    ],
  },
  check: ({ locks }) =>
    ownInputs(locks?.after ?? null).flatMap((input) => {
      const base = strangeBase(locks!, input);
      if (base !== null) {
        return [
          aboutInput(locks!, input, "parent", {
            message: `Input \`${input.path}\` is a path in ${base}, which has no say in where it lies.`,
            help: "Lock the input again with Nix; nothing but an edit by hand makes such a lock.",
          }),
        ];
      }
      const misfit = misfitOf(input.node);
      if (misfit === null) return [];
      const { attribute, wanted, found, kind } = misfit;
      const says =
        attribute === "original"
          ? "does not say what it was locked from"
          : `asks for ${attribute} ${inWords(wanted)} and is locked to ${inWords(found)}`;
      return [
        aboutInput(locks!, input, [`locked.${attribute}`, `original.${attribute}`, "locked"], {
          message: `Input \`${input.path}\` ${says}.`,
          help:
            kind === "sibling"
              ? "Make sure that both hosts belong to the same owner."
              : "Lock the input again with Nix; nothing but an edit by hand makes such a lock.",
          ...(kind === "sibling" && { severity: "note" as const }),
        }),
      ];
    }),
};

function inWords(value: string): string {
  return value === "" ? "none" : `\`${value}\``;
}

/** A relative path starts where it was written: in a flake on the way, or here where the flake's own inputs say so. */
function strangeBase({ after, declared }: Locks, input: InputAt): string | null {
  const base = relativeBase(after!, input);
  if (base === null || input.above === null) return null;
  if (!isOnTheWay(after!, base, input)) return `\`${base}\``;
  const isSaid = declared === undefined || declarationAt(declared.after, input.path) !== null;
  return base === "" && !isSaid ? "this very flake" : null;
}
