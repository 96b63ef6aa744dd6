import {
  type Found,
  type PlannedFile,
  type ProjectTarget,
  planFiles,
  type RenderedFiles,
} from "../../artifacts/index.ts";
import { type ProjectFiles, standingFiles } from "./project-files.ts";

/** What rendering comes to for one project, as it stands or as it would be. */
export interface Planned {
  /** Every file that is rendered, or was. */
  files: PlannedFile[];
  rendered: RenderedFiles;
}

/** What is to be done so that the project has what is rendered; `targets` are the parts that were asked for. */
export async function planFor(
  rendered: RenderedFiles,
  project: ProjectFiles,
  targets: readonly ProjectTarget[],
): Promise<Planned> {
  const paths = [...rendered.files, ...rendered.beside].map(({ path }) => path);
  const found: ReadonlyMap<string, Found> = await standingFiles(project, paths, targets);
  return { files: planFiles(rendered, found), rendered };
}

/** Files that are not as they would be written. */
export function drifting(files: readonly PlannedFile[]): PlannedFile[] {
  return files.filter(({ state }) => state !== "fits" && state !== "unknown");
}

/** Is there something of which it cannot be told whether it fits? */
export function isUndecided({ files, rendered }: Planned): boolean {
  return rendered.omitted.length > 0 || files.some(({ state }) => state === "unknown");
}
