import { aboutNode } from "./lock-inputs.ts";
import type { Rule } from "./rule.ts";

const TWICE = '{ "nodes": { "root": { "inputs": {} } }, "root": "root", "root": "root", "version": 7 }';

export const lockValueHidden: Rule = {
  id: "lock-value-hidden",
  severity: "error",
  docs: {
    what: "Reports a value in `flake.lock` that Nix does not use, because another one further down takes its place.",
    why: "Of two members with the same name, and of `locked` and an `info` beside it, the later one counts. A reader who finds the first one sees a trusted owner and a known hash; what is fetched is the other. Nix never writes such a file.",
    example: ['"owner": "acme",', '"repo": "standards",', '"owner": "evil"'].join("\n"),
    exampleIs: "flake.lock",
    instead: "Remove one of the two, or let Nix write the file anew with `nix flake lock`.",
  },
  examples: {
    fires: [{ locks: { after: TWICE } }],
    silent: [{ locks: { after: TWICE.replace('"root": "root", ', "") } }],
  },
  check: ({ locks }) =>
    (locks?.after?.hidden ?? []).map(({ where, name, line }) =>
      aboutNode(
        locks!,
        { key: /node "(.*)"$/.exec(where)?.[1] ?? "root", line },
        {
          message: `\`${name}\` of ${where === "it" ? "the lock" : where} is said twice, and what is said first is not used.`,
          help: "Find out which one is meant, and let Nix write the lock anew.",
        },
      ),
    ),
};
