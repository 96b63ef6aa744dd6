import { isSigned, mayBeSigned, type PlannedFile, PROJECT_TARGETS, targetOf } from "../../artifacts/index.ts";
import type { ArtifactDrift, ArtifactDrifts } from "../../model/artifact-drift.ts";
import { attributePath } from "../../model/position.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import { mendingCommand } from "../behavior-lock/index.ts";
import type { EvaluatedFlake, Run, SideName } from "../evaluate.ts";
import { inFlake } from "../flake-directory.ts";
import { planFor } from "./answer.ts";
import { renderedFrom } from "./evaluate.ts";
import { filesOfTree } from "./project-files.ts";

/**
 * How rendered files stand to the context of their side. Files that someone keeps by hand beside them are nobody's
 * drift: what counts is a file with a header, one that the base has with a header, and one that is missing among others
 * of its kind that have one.
 * @param rendered files of both sides that seem to have a header, by path in the repository.
 */
export async function driftsOf(
  run: Run,
  flake: EvaluatedFlake,
  sides: Record<SideName, Snapshot>,
  rendered: Record<SideName, readonly string[]>,
): Promise<ArtifactDrifts> {
  const attribute = run.request.attribute.reduce<string>(attributePath, "");
  const after = await driftOn("after", new Set(rendered.before));
  return {
    mend: mendingCommand(run.request, flake.directory, attribute, "nixclaude render"),
    before: after.length === 0 || run.trees.before === null ? null : await driftOn("before", new Set()),
    after,
  };

  async function driftOn(name: SideName, formerly: ReadonlySet<string>): Promise<ArtifactDrift[]> {
    const snapshot = sides[name];
    const tree = run.trees[name];
    if (tree === null || snapshot.kind === "absent" || snapshot.from === "files") return [];
    const project = filesOfTree(run.repository, tree, flake.directory);
    const all = await renderedFrom(snapshot, flake.sides[name], run.repository);
    const { files } = await planFor(all, project, PROJECT_TARGETS);
    const counts = counting(files, new Set(all.beside.map(({ path }) => path)), (path) =>
      formerly.has(inFlake(flake.directory, path)),
    );
    return files.flatMap((file) => {
      const { path, state, because } = file;
      return state !== "fits" && counts(file)
        ? [{ file: inFlake(flake.directory, path), state, because }]
        : [];
    });
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
