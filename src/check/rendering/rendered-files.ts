import { RENDERED_NOTE } from "../../model/artifact-drift.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import type { EvaluatedFlake, Run, SideName } from "../evaluate.ts";
import { inFlake } from "../flake-directory.ts";
import type { Repository, Tree } from "../ports.ts";
import type { ProjectState } from "./project-state.ts";

/** Where a rendered file may stand in a project. */
const FILES = ["CLAUDE.md", ".mcp.json"];
const DIRECTORY = ".claude";

/**
 * How files that were rendered stand to the context; null where none was ever rendered. What it takes
 * to render is loaded only where a file says that it was.
 */
export async function renderedFiles(
  run: Run,
  flake: EvaluatedFlake,
  sides: Record<SideName, Snapshot>,
): Promise<ProjectState | null> {
  if (sides.after.kind === "absent" || sides.after.from === "files") return null;
  const { repository, trees } = run;
  const [before, after] = await Promise.all([
    trees.before === null ? [] : renderedIn(repository, trees.before, flake.directory),
    renderedIn(repository, trees.after, flake.directory),
  ]);
  if (before.length + after.length === 0) return null;
  const { projectState } = await import("./project-state.ts");
  return projectState(run, flake, sides, { before, after });
}

/** Files of a project that say that they were rendered, whether or not that is true. */
async function renderedIn(repository: Repository, tree: Tree, directory: string): Promise<string[]> {
  const below = await repository.listFiles(tree, inFlake(directory, DIRECTORY));
  const files = [
    ...FILES.map((file) => inFlake(directory, file)),
    ...below.filter((file) => /\.(?:md|json)$/.test(file)),
  ];
  const signed = await Promise.all(
    files.map(async (file) => {
      const bytes = await repository.readFile(tree, file);
      return bytes !== null && Buffer.from(bytes).includes(RENDERED_NOTE) ? [file] : [];
    }),
  );
  return signed.flat();
}
