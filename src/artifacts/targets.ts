import { compareText } from "../model/order.ts";
import type { RenderedFiles } from "./rendered.ts";

/** The parts of a project that are written. */
export const PROJECT_TARGETS = [
  "claude-md",
  "settings",
  "mcp",
  "skills",
  "agents",
  "commands",
  "output-styles",
] as const;
export type ProjectTarget = (typeof PROJECT_TARGETS)[number];

/** As the client reads it in its system directory. */
export const MANAGED_FILE = "managed-settings.json";

/** The body of a request to the Messages API; the API takes no key that it does not know, so it has no header. */
export const REQUEST_FILE = "request.json";

interface Place {
  /** A file, or a directory with a slash at its end. */
  at: string;
  /** Which files below the directory are texts of the client's, and carry a header. */
  texts?: RegExp;
  /** What of a context is written there, by the first step of its attribute path. */
  surfaces: readonly string[];
}

const PLACES: Readonly<Record<ProjectTarget, Place>> = {
  "claude-md": { at: "CLAUDE.md", surfaces: ["persona", "policies", "tools", "system"] },
  settings: {
    at: ".claude/settings.json",
    surfaces: ["permissions", "autoApprove", "tools", "hooks", "env", "model", "sandbox", "settings"],
  },
  mcp: { at: ".mcp.json", surfaces: ["mcpServers"] },
  skills: { at: ".claude/skills/", texts: /^[^/]+\/SKILL\.md$/, surfaces: ["skills"] },
  agents: { at: ".claude/agents/", texts: /\.md$/, surfaces: ["agents"] },
  commands: { at: ".claude/commands/", texts: /\.md$/, surfaces: ["commands"] },
  "output-styles": { at: ".claude/output-styles/", texts: /\.md$/, surfaces: ["outputStyles"] },
};

/** Where files of a target stand: a file, or a directory with a slash at its end. */
export function placeOf(target: ProjectTarget): string {
  return PLACES[target].at;
}

/** The target that a file of a project is part of; null for files that are never written. */
export function targetOf(path: string): ProjectTarget | null {
  return PROJECT_TARGETS.find((target) => isAt(PLACES[target].at, path)) ?? null;
}

/** Can the file carry a header? Those that a skill has beside its text cannot. */
export function mayBeSigned(path: string): boolean {
  const target = targetOf(path);
  if (target === null) return false;
  const { at, texts } = PLACES[target];
  return texts?.test(path.slice(at.length)) ?? true;
}

/** What of the rendered files belongs to these targets. */
export function onlyTargets(rendered: RenderedFiles, targets: readonly ProjectTarget[]): RenderedFiles {
  const isWanted = ({ path }: { path: string }) => {
    const target = targetOf(path);
    return target === null || targets.includes(target);
  };
  const surfaces = new Set(targets.flatMap((target) => PLACES[target].surfaces));
  const isSaid = ({ path }: { path: string }) => surfaces.has(/^[A-Za-z]+/.exec(path)?.[0] ?? "");
  return {
    files: rendered.files.filter(isWanted),
    beside: rendered.beside.filter(isWanted),
    withheld: rendered.withheld.filter(isWanted),
    problems: rendered.problems.filter(isSaid),
    omitted: rendered.omitted.filter(isSaid),
  };
}

/** Every place of these targets, in order. */
export function placesOf(targets: readonly ProjectTarget[]): string[] {
  return [...new Set(targets.map(placeOf))].sort(compareText);
}

function isAt(place: string, path: string): boolean {
  return place.endsWith("/") ? path.startsWith(place) : path === place;
}
