import { createHash } from "node:crypto";
import type { PlannedFile } from "../artifacts/index.ts";
import { inFlake } from "../check/flake-directory.ts";
import type { CachePort, Repository, RevisionSpec, Tree } from "../check/ports.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";

/** What a project's files are held against before one of them is replaced because of its header. */
export interface Project {
  repository: Repository;
  /** Of the flake in the repository, `""` for the root. */
  directory: string;
  cache: CachePort;
}

/** Where a text can be had again from. */
const KEPT: readonly RevisionSpec[] = [{ kind: "revision", name: "HEAD" }, { kind: "index" }];

const STRANGE =
  "has a header that fits, as anyone can write one, and neither Git nor an earlier run on this machine knows its text; once it is committed, Git can give it back";

/**
 * The plan, in which files are somebody's that only say that they were written. A header is no signature: a text is
 * replaced or removed unasked only where it was written here, or where Git has it to give back.
 */
export async function withStrangers(files: readonly PlannedFile[], project: Project): Promise<PlannedFile[]> {
  const written = await writtenHere(project);
  const isUnknown = (file: PlannedFile) =>
    isTakenOnItsWord(file) && written[file.path] !== digestOf(file.found!);
  if (!files.some(isUnknown)) return [...files];
  const { repository } = project;
  const kept = await Promise.all(KEPT.map((spec) => repository.resolve(spec).catch(() => null)));
  const trees = kept.filter((tree) => tree !== null);
  return Promise.all(
    files.map(async (file) => {
      const isStrange = isUnknown(file) && !(await isIn(trees, file, project));
      return isStrange ? { ...file, loses: true, because: STRANGE } : file;
    }),
  );
}

/** Remembers what stands there now, so that the next run may replace it. */
export async function rememberWritten(files: readonly PlannedFile[], project: Project): Promise<void> {
  const standing = files.flatMap(({ path, state, wanted }) =>
    // What cannot be compared was left as it stood.
    wanted === null || state === "unknown" ? [] : [[path, digestOf(wanted)] as const],
  );
  await project.cache.put(keyOf(project), {
    ...(await writtenHere(project)),
    ...Object.fromEntries(standing),
  });
}

/** States in which a file is replaced or removed because of what its header says. */
function isTakenOnItsWord({ state, found, wanted, loses }: PlannedFile): boolean {
  if (found === null || loses || (state !== "stale" && state !== "leftover")) return false;
  return wanted === null || digestOf(wanted) !== digestOf(found);
}

async function isIn(
  trees: readonly Tree[],
  { path, found }: PlannedFile,
  { repository, directory }: Project,
): Promise<boolean> {
  const kept = await Promise.all(trees.map((tree) => repository.readFile(tree, inFlake(directory, path))));
  return kept.some((bytes) => bytes !== null && digestOf(bytes) === digestOf(found!));
}

async function writtenHere(project: Project): Promise<JsonObject> {
  const known = await project.cache.get(keyOf(project));
  return isJsonObject(known) ? known : {};
}

function keyOf({ repository, directory }: Project): string {
  return `rendered ${JSON.stringify([repository.root, directory])}`;
}

/** Git may have checked a text out with other line ends than it keeps. */
function digestOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n");
  return createHash("sha256").update(text, "latin1").digest("hex");
}
