import type { SourceAttributes } from "../lock/index.ts";
import { exampleLock, exampleNode } from "./lock-example.ts";
import { aboutInput, ownInputs } from "./lock-inputs.ts";
import type { Rule } from "./rule.ts";

const WITHOUT_HASH = {
  locked: { type: "github", owner: "acme", repo: "tools", rev: "1".repeat(40) },
  original: { type: "github", owner: "acme", repo: "tools" },
};

export const lockInputUnlocked: Rule = {
  id: "lock-input-unlocked",
  severity: "error",
  docs: {
    what: "Reports an input whose content `flake.lock` does not fix: without a content hash, or locked to a name in a registry.",
    why: "Without a hash, whoever serves the source decides what it holds each time it is fetched. A Git revision alone still fixes the content of a Git repository (a warning); an archive that a forge makes of it is taken on trust.",
    example:
      '"locked": { "type": "github", "owner": "acme", "repo": "tools", "rev": "3f2c9a1…" }   // no narHash',
    exampleIs: "flake.lock",
    instead: "Lock again with `nix flake update INPUT`: Nix writes the hash.",
  },
  examples: {
    fires: [{ locks: { after: exampleLock({ tools: WITHOUT_HASH }) } }],
    silent: [
      { locks: { after: exampleLock({ tools: exampleNode("tools", "one") }) } },
      {
        locks: {
          after: exampleLock({
            sub: {
              locked: { type: "path", path: "./sub" },
              original: { type: "path", path: "./sub" },
              parent: [],
            },
          }),
        },
      },
    ],
  },
  check: ({ locks }) =>
    ownInputs(locks?.after ?? null).flatMap((input) => {
      const locked = input.node.locked!;
      const why = whyUnlocked(locked);
      if (why === null) return [];
      const byCommit = (locked.type === "git" || locked.type === "hg") && locked.rev !== undefined;
      return [
        aboutInput(locks!, input, "locked", {
          message: `Input \`${input.path}\` ${why}.`,
          help: "Lock the input again with Nix.",
          ...(byCommit && { severity: "warning" as const }),
        }),
      ];
    }),
};

function whyUnlocked(locked: SourceAttributes): string | null {
  if (locked.type === "indirect")
    return "is locked to a name in a registry, which each machine resolves by itself";
  // It lies in the tree of the flake that has it, and is as fixed as that.
  if (locked.type === "path" && !String(locked.path ?? "").startsWith("/")) return null;
  return typeof locked.narHash === "string" && locked.narHash !== ""
    ? null
    : "is locked without a hash of its content";
}
