import { unreachableNodes } from "../lock/index.ts";
import { exampleLock, exampleNode } from "./lock-example.ts";
import { aboutNode } from "./lock-inputs.ts";
import type { Rule } from "./rule.ts";

const LEFT_OVER = { tools: exampleNode("tools", "one"), old: exampleNode("old", "one") };

export const lockNodeUnreachable: Rule = {
  id: "lock-node-unreachable",
  severity: "warning",
  docs: {
    what: "Reports nodes of `flake.lock` that no input leads to.",
    why: 'Nix never writes them. They are left over from a merge or an edit by hand; a reader takes them for what is used, and one later line (`"nixpkgs": "nixpkgs_evil"`) puts them to use without their content showing up in that change.',
    example: '"nodes": { "nixpkgs_evil": { … }, "root": { "inputs": { "nixpkgs": "nixpkgs" } } }',
    exampleIs: "flake.lock",
    instead: "Remove them, or let Nix write the file anew with `nix flake lock`.",
  },
  examples: {
    fires: [{ locks: { after: exampleLock(LEFT_OVER, { tools: "tools" }) } }],
    silent: [{ locks: { after: exampleLock(LEFT_OVER) } }],
  },
  check: ({ locks }) =>
    (locks?.after ? unreachableNodes(locks.after) : []).map((node) =>
      aboutNode(locks!, node, {
        message: `Node \`${node.key}\` of the lock belongs to no input.`,
        help: "Remove it, or let Nix write the lock anew.",
      }),
    ),
};
