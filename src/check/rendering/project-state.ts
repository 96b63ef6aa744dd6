import { isSigned, mayBeSigned, type PlannedFile, PROJECT_TARGETS, targetOf } from "../../artifacts/index.ts";
import type { ArtifactDrift, ArtifactDrifts } from "../../model/artifact-drift.ts";
import { attributePath } from "../../model/position.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import { mendingCommand } from "../behavior-lock/index.ts";
import { clientFilesIn } from "../client-files-beside.ts";
import type { EvaluatedFlake, Run, SideName } from "../evaluate.ts";
import { inFlake } from "../flake-directory.ts";
import { planFor } from "./answer.ts";
import { renderedFrom } from "./evaluate.ts";
import { filesOfTree } from "./project-files.ts";

/** What came of holding a project's files against the context. */
export interface ProjectState {
  drifts: ArtifactDrifts;
  /**
   * At both ends the client reads nothing in the project but what the context renders to: whatever changed in these
   * files changed in the context.
   */
  onlyRendered: boolean;
}

/**
 * How rendered files stand to the context of their side. Files that someone keeps by hand beside them are nobody's
 * drift: what counts is a file with a header, one that the base has with a header, and one that is missing among others
 * of its kind that have one.
 * @param rendered files of both sides that seem to have a header, by path in the repository.
 */
export async function projectState(
  run: Run,
  flake: EvaluatedFlake,
  sides: Record<SideName, Snapshot>,
  rendered: Record<SideName, readonly string[]>,
): Promise<ProjectState> {
  const attribute = run.request.attribute.reduce<string>(attributePath, "");
  const before = await stateOn("before", new Set());
  const after = await stateOn("after", new Set(rendered.before));
  return {
    drifts: {
      mend: mendingCommand(run.request, flake.directory, attribute, "nixclaude render"),
      before: before?.drifts ?? null,
      after: after?.drifts ?? [],
    },
    onlyRendered: before?.onlyRendered === true && after?.onlyRendered === true,
  };

  async function stateOn(name: SideName, formerly: ReadonlySet<string>) {
    const snapshot = sides[name];
    const tree = run.trees[name];
    if (tree === null || snapshot.kind === "absent" || snapshot.from === "files") return null;
    const { repository } = run;
    const all = await renderedFrom(snapshot, flake.sides[name], repository);
    const { files } = await planFor(all, filesOfTree(repository, tree, flake.directory), PROJECT_TARGETS);
    const counts = counting(files, new Set(all.beside.map(({ path }) => path)), (path) =>
      formerly.has(inFlake(flake.directory, path)),
    );
    const drifts = files.flatMap((file): ArtifactDrift[] => {
      const { path, state, because } = file;
      return state !== "fits" && counts(file)
        ? [{ file: inFlake(flake.directory, path), state, because }]
        : [];
    });
    const fitting = files.filter(({ state, foreign }) => state === "fits" && foreign.length === 0);
    const known = new Set(fitting.map(({ path }) => inFlake(flake.directory, path)));
    const read = await clientFilesIn(repository, tree, flake.directory);
    return { drifts, onlyRendered: read.every((file) => known.has(file)) };
  }
}

/** Which of the files are someone's business. */
function counting(
  files: readonly PlannedFile[],
  beside: ReadonlySet<string>,
  wasSigned: (path: string) => boolean,
): (file: PlannedFile) => boolean {
  const signed = new Set(files.filter(hasHeader).map(({ path }) => path));
  const targets = new Set([...signed].map(targetOf));
  return ({ path, state }) => {
    if (signed.has(path) || wasSigned(path)) return true;
    // What a skill has beside its text is rendered with it.
    if (beside.has(path)) return signed.has(path.split("/").slice(0, 3).join("/").concat("/SKILL.md"));
    if (state === "leftover" || state === "edited-leftover" || state === "unknown") return true;
    return state === "missing" && targets.has(targetOf(path));
  };
}

function hasHeader({ path, found }: PlannedFile): boolean {
  return found !== null && mayBeSigned(path) && isSigned(path, new TextDecoder().decode(found));
}
