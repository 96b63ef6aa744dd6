import { findChanges, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const nixConfigChanged: Rule = {
  id: "nix-config-changed",
  severity: "warning",
  docs: {
    what: "Reports a change to the `nixConfig` of the flake itself.",
    why: "`nixConfig` is applied to the Nix of whoever works with the flake: a substituter with its key decides which binaries they run, a hook runs at every build.",
    example: 'nixConfig.extra-substituters = [ "https://cache.example.org" ];',
    instead: "Leave `nixConfig` out and set up caches where machines are managed.",
  },
  examples: {
    fires: [
      {
        before: {},
        after: {},
        nixConfig: { after: { "extra-substituters": ["https://cache.example.org"] } },
      },
    ],
    silent: [
      {
        before: {},
        after: {},
        nixConfig: { before: { "bash-prompt": "dev" }, after: { "bash-prompt": "dev" } },
      },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "nix-config",
      () => true,
      (change) => ({
        message: sentence(change.summary),
        help: "Check who can write to what is trusted here; leave it out where it is not needed.",
        ...(change.direction === "neutral" && { severity: "note" as const }),
      }),
    ),
};
