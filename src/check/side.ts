import { normaliseContext, normaliseForeignConstraints } from "../context/index.ts";
import { directInputs, type LockFile, parseLock, placedInputs } from "../lock/index.ts";
import { assertNever } from "../model/assert-never.ts";
import { ContextError, EvaluationError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import { attributePath, type Position, type Positions } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import type { AbsentSnapshot, PresentSnapshot, Snapshot } from "../model/snapshot.ts";
import type { EvaluatedFlake, Run, SideName } from "./evaluate.ts";
import { inFlake } from "./flake-directory.ts";
import { plainJson } from "./plain-json.ts";
import type { ForeignEvaluation, Repository, SideEvaluation, Tree } from "./ports.ts";
import { placedByMembership } from "./provenance/by-membership.ts";
import { withLinks } from "./provenance/links.ts";
import type { CheckRequest } from "./request.ts";

/** Makes the snapshot of one end out of what was evaluated or read there. */
export async function snapshotOf(run: Run, flake: EvaluatedFlake, name: SideName): Promise<Snapshot> {
  const side = flake.sides[name];
  switch (side.kind) {
    case "nothing":
      return NO_BASE;
    case "files":
      return side.value === null
        ? absent(side.tree, "no-files")
        : filesSnapshot(run.request, side.tree, side.value, flake.organisations);
    case "flake":
      return flakeSnapshot(run, flake, side.tree, side.evaluation);
    default:
      return assertNever(side);
  }
}

async function flakeSnapshot(
  { request, repository }: Run,
  { directory, organisations }: EvaluatedFlake,
  tree: Tree,
  evaluation: SideEvaluation,
): Promise<Snapshot> {
  if (evaluation.kind === "absent") return absent(tree, evaluation.reason);
  const lock = await lockIn(repository, tree, directory);
  return withLinks(lock, {
    kind: "present",
    from: "flake",
    revision: tree.revision,
    tree: tree.id,
    ...ownContext(request, tree, placedByMembership(evaluation), evaluation.position),
    inputs: lock === null ? {} : directInputs(lock),
    placedInputs: lock === null ? {} : placedInputs(lock, directory),
    ...foreignConstraints(evaluation.inputs, organisations),
    nixConfig: evaluation.nixConfig === null ? {} : (plainJson(evaluation.nixConfig) as JsonObject),
  });
}

/** Makes the snapshot of the client's own files. */
export function filesSnapshot(
  request: CheckRequest,
  tree: Tree,
  value: RawValue,
  organisations: Record<string, ForeignEvaluation>,
): PresentSnapshot {
  return {
    kind: "present",
    from: "files",
    revision: tree.revision,
    tree: tree.id,
    ...ownContext(request, tree, value, undefined),
    inputs: {},
    placedInputs: {},
    ...foreignConstraints({}, organisations),
    nixConfig: {},
  };
}

const NO_BASE: AbsentSnapshot = { kind: "absent", reason: "no-base", revision: null, tree: null };

function absent(tree: Tree, reason: AbsentSnapshot["reason"]): AbsentSnapshot {
  return { kind: "absent", reason, revision: tree.revision, tree: tree.id };
}

function ownContext(
  request: CheckRequest,
  tree: Tree,
  value: RawValue,
  position: Position | undefined,
): Pick<PresentSnapshot, "context" | "positions" | "problems"> {
  const normal = normaliseContext(value, { client: request.client });
  if (normal.limits.length > 0) throw limitReached(tree, normal.limits);
  if (normal.failures.length > 0) throw brokenValues(request, tree, normal.failures);
  const positions: Positions =
    position === undefined ? normal.positions : { "": position, ...normal.positions };
  return { context: normal.context, positions, problems: normal.problems };
}

function brokenValues(
  request: CheckRequest,
  tree: Tree,
  failures: readonly { path: string; message: string; position?: Position }[],
): EvaluationError {
  const attribute = request.attribute.reduce<string>(attributePath, "");
  const lines = failures.map(({ path, message, position }) => {
    const place = position === undefined ? "" : ` (${formatPosition(position)})`;
    return `${path === "" ? attribute : `${attribute}.${path}`}: ${message}${place}`;
  });
  const count = failures.length === 1 ? "one value" : `${failures.length} values`;
  return new EvaluationError(
    "evaluation-failed",
    `${count} of ${attribute} could not be read in ${tree.label}: ${lines[0]}`,
    {
      hint: "Mend it where it is set; the rest of the context is fine.",
      details: lines,
    },
  );
}

function limitReached(tree: Tree, limits: readonly string[]): ContextError {
  return new ContextError(
    "context-limit",
    `the context in ${tree.label} is larger than what is judged: ${limits.join(", ")}`,
    {
      hint: "Make the context smaller, or raise the limit on the command line.",
      details: limits,
    },
  );
}

/** `flake.nix:12:3`, with the input in front when it stands in one. */
export function formatPosition(position: Position): string {
  const input = position.input === undefined ? "" : `<${position.input}>/`;
  return `${input}${position.file}:${position.line}:${position.column}`;
}

function foreignConstraints(
  inputs: Record<string, ForeignEvaluation>,
  organisations: Record<string, ForeignEvaluation>,
): Pick<PresentSnapshot, "foreignConstraints" | "foreignPositions"> {
  const constraints: PresentSnapshot["foreignConstraints"] = [];
  const positions: PresentSnapshot["foreignPositions"] = {};
  const add = (source: `input:${string}` | `org:${string}`, evaluation: ForeignEvaluation) => {
    if (evaluation.kind === "absent") return;
    const found = normaliseForeignConstraints(evaluation.value, source);
    for (const [id, constraint] of Object.entries(found.constraints)) {
      constraints.push({ id, source, constraint });
      const position = found.positions[attributePath("constraints", id)] ?? evaluation.position;
      if (position !== undefined) positions[`${source} ${id}`] = position;
    }
  };
  for (const [name, evaluation] of Object.entries(inputs)) add(`input:${name}`, evaluation);
  for (const [reference, evaluation] of Object.entries(organisations)) add(`org:${reference}`, evaluation);
  return { foreignConstraints: constraints, foreignPositions: positions };
}

async function lockIn(repository: Repository, tree: Tree, directory: string): Promise<LockFile | null> {
  const bytes = await repository.readFile(tree, inFlake(directory, "flake.lock"));
  return bytes === null ? null : parseLock(new TextDecoder().decode(bytes));
}
