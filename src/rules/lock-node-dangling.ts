import { danglingEdges } from "../lock/index.ts";
import { exampleLock, exampleNode } from "./lock-example.ts";
import { aboutNode } from "./lock-inputs.ts";
import type { Rule } from "./rule.ts";

export const lockNodeDangling: Rule = {
  id: "lock-node-dangling",
  severity: "error",
  docs: {
    what: "Reports an input in `flake.lock` that leads to no node: its node is missing, or it follows an input that is not there or follows itself.",
    why: "Such a lock is damaged, mostly by a merge. Where an input that is used is concerned, the flake does not evaluate (exit status 3); elsewhere it waits for the line that puts it to use, or fills itself with whatever gets that name.",
    example: '"inputs": { "nixpkgs": "nixpkgs_7" }   // there is no such node',
    exampleIs: "flake.lock",
    instead: "Take the lock of one side of the merge and run `nix flake lock`.",
  },
  examples: {
    fires: [
      { locks: { after: exampleLock({ tools: exampleNode("tools", "one", { inputs: { lib: "lib_7" } }) }) } },
      {
        locks: { after: exampleLock({ tools: exampleNode("tools", "one", { inputs: { lib: ["gone"] } }) }) },
      },
      { locks: { after: exampleLock({}, { a: ["b"], b: ["a"] }) } },
    ],
    silent: [
      {
        locks: {
          after: exampleLock({
            tools: exampleNode("tools", "one", { inputs: { lib: ["lib"] } }),
            lib: exampleNode("lib", "one"),
          }),
        },
      },
    ],
  },
  check: ({ locks }) =>
    (locks?.after ? danglingEdges(locks.after) : []).map(({ node, name, target }) =>
      aboutNode(
        locks!,
        { key: node.key, line: node.lines.get(name) ?? node.line },
        {
          message: `\`${name}\` of node \`${node.key}\` leads to \`${target}\`, which is not in the lock.`,
          help: "Let Nix write the lock anew.",
        },
      ),
    ),
};
