import { referenceOf, type SourceAttributes } from "../lock/index.ts";
import { exampleLock } from "./lock-example.ts";
import { aboutInput, ownInputs } from "./lock-inputs.ts";
import type { Rule } from "./rule.ts";

const LOCAL = exampleLock({
  tools: {
    locked: { type: "git", url: "file:///home/ada/tools", rev: "1".repeat(40), narHash: "sha256-A" },
    original: { type: "git", url: "file:///home/ada/tools" },
  },
});
const HASH = { narHash: "sha256-A" };
const BELOW = { type: "path", path: "./tools" };

export const lockInputLocal: Rule = {
  id: "lock-input-local",
  severity: "warning",
  docs: {
    what: "Reports an input that comes from this machine since this change: an absolute path, a `file:` address, a server on this machine.",
    why: "Nobody else can fetch it, so nobody else can review it or evaluate the flake. What a path on a developer's machine held when it was locked is gone with the next edit there. Directories of the repository itself (`./lib`) are fine.",
    example: '"locked": { "type": "git", "url": "file:///home/ada/tools", … }',
    exampleIs: "flake.lock",
    instead: "Publish the input and name it by where it is published, or move it into the repository.",
  },
  examples: {
    fires: [
      { locks: { after: LOCAL } },
      {
        locks: {
          before: exampleLock({}),
          after: exampleLock({
            x: {
              locked: { type: "path", path: "/srv/x", ...HASH },
              original: { type: "path", path: "/srv/x" },
            },
          }),
        },
      },
    ],
    silent: [
      { locks: { before: LOCAL, after: LOCAL } },
      { locks: { after: exampleLock({ tools: { locked: BELOW, original: BELOW, parent: [] } }) } },
    ],
  },
  check: ({ locks }) => {
    const known = new Set(ownInputs(locks?.before ?? null).map(({ node }) => referenceOf(node.locked!)));
    return ownInputs(locks?.after ?? null)
      .filter(({ node }) => isLocal(node.locked!) && !known.has(referenceOf(node.locked!)))
      .map((input) =>
        aboutInput(locks!, input, ["locked.url", "locked.path"], {
          message: `Input \`${input.path}\` comes from this machine: ${referenceOf(input.node.locked!)}.`,
          help: "Publish the input, or move it into the repository.",
        }),
      );
  },
};

function isLocal({ type, path, url }: SourceAttributes): boolean {
  if (type === "path") return String(path ?? "").startsWith("/");
  if (url === undefined) return false;
  return /^(?:file:|\/|\.)|^[a-z+]+:\/\/(?:[^/@]*@)?(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/i.test(
    String(url),
  );
}
