import type { FindingFact } from "../model/finding.ts";
import { exampleLock, exampleNode } from "./lock-example.ts";
import { aboutInput, ownInputs, revisionKey, shortRevision } from "./lock-inputs.ts";
import type { Locks, Rule } from "./rule.ts";

export const lockHashChanged: Rule = {
  id: "lock-hash-changed",
  severity: "error",
  docs: {
    what: "Reports a revision that `flake.lock` gives another content hash than before, or two hashes at once.",
    why: "A revision names its content for good. If the hash differs, somebody replaced the content (a forge that was broken into, an archive made anew) or edited the lock by hand so that a fetch of something else is accepted. The line with the revision, which people read, looks untouched.",
    example: [
      '"narHash": "sha256-xxx…",   // was: sha256-aaa…',
      '"rev": "3f2c9a1…"           // as before',
    ].join("\n"),
    exampleIs: "flake.lock",
    instead:
      "Restore the lock and fetch again with `nix flake update INPUT`. Where the hash really differs, ask the owner of the input why.",
  },
  examples: {
    fires: [
      {
        locks: {
          before: exampleLock({ tools: exampleNode("tools", "one") }),
          after: exampleLock({ tools: exampleNode("tools", "one", { locked: { narHash: "sha256-other" } }) }),
        },
      },
      {
        locks: {
          after: exampleLock({
            a: exampleNode("tools", "one"),
            b: exampleNode("tools", "one", { locked: { narHash: "sha256-other" } }),
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
      {
        locks: {
          after: exampleLock({
            a: exampleNode("tools", "one"),
            b: exampleNode("tools", "one", { locked: { dir: "nix" }, original: { dir: "nix" } }),
          }),
        },
      },
    ],
  },
  check: ({ locks }) => (locks === undefined ? [] : findings(locks)),
};

function findings(locks: Locks): FindingFact[] {
  const known = new Map<string, { hash: string; where: string }>();
  for (const [side, lock] of [
    ["before", locks.before],
    ["now", locks.after],
  ] as const) {
    for (const { path, node } of ownInputs(lock)) {
      const key = revisionKey(node.locked!);
      const hash = node.locked!.narHash;
      if (key === null || hash === undefined || known.has(key)) continue;
      known.set(key, { hash: String(hash), where: side === "before" ? "before" : `for \`${path}\`` });
    }
  }
  return ownInputs(locks.after).flatMap((input) => {
    const { locked } = input.node;
    const first = known.get(revisionKey(locked!) ?? "");
    if (first === undefined || locked!.narHash === undefined || locked!.narHash === first.hash) return [];
    return [
      aboutInput(locks, input, "locked.narHash", {
        message: `Input \`${input.path}\` is locked to revision ${shortRevision(locked!)} with the hash ${locked!.narHash}; ${first.where}, the same revision had ${first.hash}.`,
        help: "Restore the lock and update the input again; where the hash still differs, ask its owner why.",
      }),
    ];
  });
}
