import { type RenderedFiles, renderClientFiles } from "../../artifacts/index.ts";
import { ContextError, RevisionError } from "../../model/errors.ts";
import { attributePath } from "../../model/position.ts";
import type { RawValue } from "../../model/raw-value.ts";
import type { PresentSnapshot } from "../../model/snapshot.ts";
import { evaluateFlake, type RawSide, type Run } from "../evaluate.ts";
import { flakeDirectories } from "../flake-directory.ts";
import { identify, type Program } from "../identity.ts";
import { refuseWhatIsLeftOut } from "../left-out.ts";
import { noContext } from "../no-context.ts";
import type { Ports, Repository, Tree } from "../ports.ts";
import type { CheckRequest } from "../request.ts";
import { snapshotOf } from "../side.ts";
import { filesBeside, type ReadFile } from "./files-beside.ts";

/** One state of a flake, and what its context renders to; the repository is still open. */
export interface RenderedFlake {
  repository: Repository;
  tree: Tree;
  /** Of the flake in the tree, `""` for the root. */
  directory: string;
  /** Attribute path, as in Nix. */
  attribute: string;
  snapshot: PresentSnapshot;
  /** Everything that stands in a project. */
  rendered: RenderedFiles;
}

/**
 * Evaluates the request's flake at its head (its base is not looked at) and renders its context.
 * @throws NixclaudeError when the context could not be told, or would not be rendered whole for a mistake in it.
 */
export async function withRendering<Answer>(
  request: CheckRequest,
  ports: Ports,
  program: Program,
  use: (flake: RenderedFlake) => Promise<Answer>,
): Promise<Answer> {
  const repository = await ports.revisions.open(request.directory);
  try {
    const after = await repository.resolve(request.head);
    if (after === null) {
      throw new RevisionError("no-head", "there is no revision to render yet", {
        hint: "Commit or stage something first, or name a revision with --head.",
      });
    }
    const identity = await identify(ports, program);
    const run: Run = { request, ports, repository, trees: { before: null, after }, identity };
    const directory = flakeDirectories(repository.root, request.directory, request.flakes)[0]!;
    const flake = await evaluateFlake(run, directory, () => {});
    const snapshot = await snapshotOf(run, flake, "after");
    if (snapshot.kind === "absent") throw noContext(snapshot, directory);
    if (snapshot.from === "files") throw notAFlake(directory, after);
    const attribute = request.attribute.reduce<string>(attributePath, "");
    refuseWhatIsLeftOut(snapshot.problems, attribute, `files rendered from ${attribute} in ${after.label}`);
    const rendered = await renderedFrom(snapshot, flake.sides.after, repository);
    return await use({ repository, tree: after, directory, attribute, snapshot, rendered });
  } finally {
    await repository.close();
  }
}

/** What a snapshot renders to; `side` is what it was made of. */
export async function renderedFrom(
  snapshot: PresentSnapshot,
  side: RawSide,
  repository: Repository,
): Promise<RenderedFiles> {
  const { skills } = snapshot.context;
  const read: ReadFile = async (path) =>
    side.kind !== "nothing" && path.startsWith("./") ? repository.readFile(side.tree, path.slice(2)) : null;
  return renderClientFiles(snapshot.context, {
    from: snapshot.from,
    inputs: Object.keys(snapshot.inputs),
    beside: await filesBeside(rawOf(side), skills, read),
  });
}

function rawOf(side: RawSide): RawValue {
  const nothing: RawValue = { kind: "scalar", value: null };
  if (side.kind === "files") return side.value ?? nothing;
  return side.kind === "flake" && side.evaluation.kind === "present" ? side.evaluation.value : nothing;
}

function notAFlake(directory: string, { label }: Tree): ContextError {
  const where = directory === "" ? label : `${directory} of the ${label}`;
  return new ContextError("no-flake", `there is no flake.nix in the ${where}: the files are all there is`, {
    hint: "Files are rendered from a flake. `nixclaude init` writes a first one; docs/migration.md shows the way.",
  });
}
