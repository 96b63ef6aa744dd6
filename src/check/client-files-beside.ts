import { WAIVER_RULES } from "../constraints/index.ts";
import { CONTEXT_VERSION } from "../context/index.ts";
import type { SourcedConstraint } from "../model/constraint.ts";
import type { RawSet } from "../model/raw-value.ts";
import type { FlakeReport } from "../model/report.ts";
import type { PresentSnapshot, Snapshot } from "../model/snapshot.ts";
import type { Compared } from "./compare.ts";
import type { Run } from "./evaluate.ts";
import { inFlake } from "./flake-directory.ts";
import type { Repository, Tree } from "./ports.ts";
import { filesSnapshot } from "./side.ts";

/** Stands as `attribute` in the report for what the client reads beside the flake. */
export const CLIENT_FILES = "client-files";

const CLIENT_PATHS = [".claude/", ".mcp.json", "CLAUDE.md", "CLAUDE.local.md", "AGENTS.md"];

/**
 * The client reads `.claude/settings.json` and its like whatever a flake says. Where such files changed beside a flake
 * that declares a context, they are held against each other on their own, under the flake's constraints; null when
 * none of them changed (or the flake has no context: then they were compared already).
 */
export async function clientFilesBeside(run: Run, compared: Compared): Promise<Compared | null> {
  const { after, before, directory } = compared;
  if (after.kind === "absent" || after.from === "files") return null;
  const changedFiles = compared.changedFiles.filter((file) => isClientFile(file, directory));
  if (changedFiles.length === 0) return null;
  const { trees } = run;
  const bounds = boundsOf(before, after);
  return {
    before: trees.before === null ? before : await filesAt(run, trees.before, directory, bounds),
    after: await filesAt(run, trees.after, directory, bounds),
    inputs: [],
    changedFiles,
    directory,
  };
}

/** Every file of the project that is looked at here, links and submodules among them. */
export async function clientFilesIn(
  repository: Repository,
  tree: Tree,
  directory: string,
): Promise<string[]> {
  const all = [
    ...(await repository.listFiles(tree, directory)),
    ...Object.keys(await repository.listLinks(tree, directory)),
    ...Object.keys(await repository.listSubmodules(tree)),
  ];
  return all.filter((file) => isClientFile(file, directory) || isClientFile(`${file}/`, directory));
}

function isClientFile(file: string, directory: string): boolean {
  return CLIENT_PATHS.some((path) =>
    path.endsWith("/") ? file.startsWith(inFlake(directory, path)) : file === inFlake(directory, path),
  );
}

type Bounds = Pick<PresentSnapshot, "foreignConstraints" | "foreignPositions"> & {
  own: PresentSnapshot;
};

const NOTHING_SAID: RawSet = {
  kind: "set",
  entries: { version: { kind: "scalar", value: CONTEXT_VERSION } },
  positions: {},
};

async function filesAt(run: Run, tree: Tree, directory: string, bounds: Bounds): Promise<PresentSnapshot> {
  const value = await run.ports.clientFiles.read(run.repository, tree, directory);
  // No files say as much as empty ones: nothing was removed from a flake.
  const snapshot = filesSnapshot(run.request, tree, value ?? NOTHING_SAID, {});
  const { own, foreignConstraints, foreignPositions } = bounds;
  const { constraints, waivers } = own.context;
  return {
    ...snapshot,
    context: { ...snapshot.context, constraints: upperBounds(constraints), waivers },
    foreignConstraints,
    foreignPositions,
  };
}

/** The constraints of both ends; where both have one, the head's (the flake's own part reports what got weaker). */
function boundsOf(before: Snapshot, after: PresentSnapshot): Bounds {
  const name = ({ source, id }: Pick<SourcedConstraint, "source" | "id">) => `${source} ${id}`;
  const head = new Set(after.foreignConstraints.map(name));
  const old = before.kind === "absent" ? [] : before.foreignConstraints.filter((one) => !head.has(name(one)));
  return {
    own: after,
    foreignConstraints: [...after.foreignConstraints, ...old].map((one) => ({
      ...one,
      constraint: bounded(one.constraint),
    })),
    foreignPositions: {
      ...(before.kind === "absent" ? {} : before.foreignPositions),
      ...after.foreignPositions,
    },
  };
}

type Constraint = SourcedConstraint["constraint"];

/** What must be there is the flake's to provide; what may not be there holds for the files as well. */
const UPPER_BOUNDS = new Set([
  "forbid-allow",
  "only-allow",
  "forbid-modes",
  "forbid-names",
  "only-names",
  "require-pinned",
  "changes",
]);

function bounded(constraint: Constraint): Constraint {
  return { ...constraint, demands: constraint.demands.filter(({ kind }) => UPPER_BOUNDS.has(kind)) };
}

function upperBounds(constraints: Record<string, Constraint>): Record<string, Constraint> {
  return Object.fromEntries(Object.entries(constraints).map(([id, constraint]) => [id, bounded(constraint)]));
}

const ABOUT_WAIVERS = new Set(WAIVER_RULES.map(({ id }) => id));

/** What is to be said about the waivers themselves stands in the flake's own part of the report. */
export function withoutWaiverRemarks(report: FlakeReport): FlakeReport {
  return { ...report, findings: report.findings.filter(({ rule }) => !ABOUT_WAIVERS.has(rule)) };
}
