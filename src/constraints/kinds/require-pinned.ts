import { attributePath } from "../../model/position.ts";
import { inlineServers } from "../named-items.ts";
import { unpinnedBecause } from "../pinned.ts";
import { type DemandFact, type DemandKind, ofKind } from "./kind.ts";

/** `require.pinned`: every MCP server runs from a store path or a version that cannot move. */
export const requirePinned: DemandKind<"require-pinned"> = {
  kind: "require-pinned",
  describe: () => "Every MCP server runs from the Nix store or from a version that cannot move.",
  check: (_, { after, constraint: { id } }) => [
    ...Object.entries(after.context.mcpServers).flatMap(([name, server]): DemandFact[] => {
      const because = unpinnedBecause(server);
      if (because === null) return [];
      return [
        {
          subject: { path: attributePath("mcpServers", name) },
          message: `the MCP server \`${name}\` is not pinned, as ${id} requires: ${because}`,
          help: "Run it from a Nix package, or name an exact version.",
        },
      ];
    }),
    ...inlineServers(after.context).map(({ name, path }) => ({
      subject: { path },
      key: name,
      message: `the MCP server \`${name}\`, which \`${path}\` starts for itself, cannot be shown to be pinned, as ${id} requires`,
      help: "Declare the server under mcpServers and name it there.",
    })),
  ],
  loosened: (_, now) =>
    ofKind(now, "require-pinned").length > 0
      ? null
      : { what: "it no longer requires MCP servers to be pinned" },
};
