import type { Call } from "../../model/permission.ts";
import { isProtectedPath } from "../files/protected-paths.ts";
import { RANKED_PROBES } from "../probes/index.ts";
import { absolutePath } from "../rules/paths.ts";
import type { Surroundings } from "../types.ts";
import type { Family } from "./families.ts";
import type { ListedRule } from "./rule-language.ts";
import type { Side } from "./side.ts";

/** An Edit rule lets everything be read but protected paths, so that a rule for reading may add those. */
export function protectedReads(family: Family, added: readonly ListedRule[], before: Side): Call[] {
  if (family.name !== "Read") return [];
  const edits = before.allow.some(({ parsed }) => parsed.kind === "path" && parsed.action === "edit");
  const reading = added.filter(({ parsed }) => parsed.kind !== "path" || parsed.action === "read");
  if (!edits || reading.length === 0) return [];
  const { surroundings } = before.context;
  const probes = RANKED_PROBES.map((probe) => probe.call).filter(
    ({ tool, argument }) => tool === family.name && isProtectedPath(pathOf(argument, surroundings)),
  );
  const named = reading
    .flatMap(({ parsed }) => (parsed.kind === "path" ? [parsed.pattern] : []))
    .map((pattern) => pathOf(pattern.replace(/^\/\//, "/"), surroundings));
  const samples = PROTECTED_SAMPLES.map((path) => pathOf(path, surroundings));
  return [...probes, ...[...samples, ...named.filter(isProtectedPath)].map(family.call)];
}

function pathOf(path: string, { project, home }: Surroundings): string {
  return absolutePath(path, project, home);
}

const PROTECTED_SAMPLES = [
  "~/.bashrc",
  "~/.claude.json",
  "~/.claude/settings.json",
  "~/.git/config",
  "~/.gitconfig",
  "/etc/.git/config",
  "/srv/.envrc",
];
