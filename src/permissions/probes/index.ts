import { call } from "./calls.ts";
import { CHANGES_THE_GATE } from "./changes-the-gate.ts";
import { DESTROYS_WORK } from "./destroys-work.ts";
import { ESCALATES } from "./escalates.ts";
import { LEAKS_SECRETS } from "./leaks-secrets.ts";
import { PERSISTS } from "./persists.ts";
import { type Probe, type ProbeCategory, probe, SEVERITIES } from "./probe.ts";
import { REACHES_THE_NETWORK } from "./reaches-the-network.ts";
import { RUNS_FOREIGN_CODE } from "./runs-foreign-code.ts";

export type { Probe, ProbeCategory } from "./probe.ts";

/** What each category means, for headings. */
export const PROBE_CATEGORIES: Readonly<Record<ProbeCategory, string>> = {
  "destroys-work": "Files, history, data or running systems are lost.",
  "leaks-secrets": "Credentials or private text are read, or leave the machine.",
  "runs-foreign-code":
    "Code runs that nobody here has read: from the network, from a registry, or hidden in an argument.",
  "changes-the-gate":
    "What Claude may do, and what checks it, becomes something else: permissions, hooks, CI, reviews, instructions.",
  "reaches-the-network": "Something leaves for other machines, or other machines are let in.",
  escalates: "More power than was given: root, another identity, no sandbox, another agent without rules.",
  persists:
    "What outlives the session: schedules, services, shell start files, the user's programs and settings.",
};

const CATALOGUE: readonly (readonly Probe[])[] = [
  DESTROYS_WORK,
  LEAKS_SECRETS,
  RUNS_FOREIGN_CODE,
  CHANGES_THE_GATE,
  REACHES_THE_NETWORK,
  ESCALATES,
  PERSISTS,
];

/** Every call that nixclaude asks about by itself: as a witness where it proves a widening, and in `probe`. */
export const PROBES: readonly Probe[] = CATALOGUE.flat();

/**
 * The same with the most telling first, for witnesses. A category begins with what everyone fears: of equal severity,
 * the first calls of all categories come before the second of any.
 */
export const RANKED_PROBES: readonly Probe[] = SEVERITIES.flatMap((severity) =>
  byPlace(CATALOGUE.map((probes) => probes.filter((probe) => probe.severity === severity))),
);

function byPlace(categories: readonly (readonly Probe[])[]): Probe[] {
  const longest = Math.max(...categories.map((probes) => probes.length));
  return Array.from({ length: longest }, (_, place) =>
    categories.flatMap((probes) => probes.slice(place, place + 1)),
  ).flat();
}

/** For each MCP server a tool that no rule can have had in mind. */
export function mcpProbes(servers: readonly { name: string; isNew: boolean }[]): Probe[] {
  return servers.map(({ name, isNew }) =>
    isNew
      ? probe("escalates", "high", `mcp-${name}-new`, call(`mcp__${name}__x`), "a new server, with any tool")
      : probe(
          "escalates",
          "high",
          `mcp-${name}-unlisted`,
          call(`mcp__${name}__unlisted_tool`),
          "a tool that the server did not have when it was approved",
        ),
  );
}
