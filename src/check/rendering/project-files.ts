import { type Found, mayBeSigned, namedBeside, type ProjectTarget, placesOf } from "../../artifacts/index.ts";
import { inFlake } from "../flake-directory.ts";
import type { Repository, Tree } from "../ports.ts";

/** The files of a project as they stand somewhere: in a tree of the repository, or on the disk. */
export interface ProjectFiles {
  /** Regular files below a directory of the project, as paths relative to the project. Links are not followed. */
  list(directory: string): Promise<string[]>;
  read(path: string): Promise<Found>;
}

/** The files of a project as a tree has them. */
export function filesOfTree(repository: Repository, tree: Tree, directory: string): ProjectFiles {
  const linkOnTheWay = async (path: string) => {
    const known = await repository.listLinks(tree, directory);
    const steps = path.split("/");
    return steps
      .map((_, index) => steps.slice(0, index + 1).join("/"))
      .find((step) => Object.hasOwn(known, inFlake(directory, step)));
  };
  return {
    list: async (below) => {
      const prefix = directory === "" ? "" : `${directory}/`;
      const files = await repository.listFiles(tree, inFlake(directory, below.replace(/\/$/, "")));
      return files.map((file) => file.slice(prefix.length));
    },
    read: async (path) => {
      const bytes = await repository.readFile(tree, inFlake(directory, path));
      if (bytes !== null) return { kind: "file", bytes };
      const link = await linkOnTheWay(path);
      if (link === path) return { kind: "blocked", because: "is a symbolic link" };
      if (link !== undefined) return { kind: "blocked", because: `lies behind a symbolic link, ${link}` };
      return { kind: "none" };
    },
  };
}

/**
 * What stands in a project at these paths, and every other file of these targets that may have been written before.
 */
export async function standingFiles(
  project: ProjectFiles,
  paths: readonly string[],
  targets: readonly ProjectTarget[],
): Promise<Map<string, Found>> {
  const places = placesOf(targets);
  const listed = await Promise.all(
    places.map(async (place) => (place.endsWith("/") ? project.list(place) : [place])),
  );
  const wanted = new Set([...paths, ...listed.flat().filter(mayBeSigned)]);
  const found = await readAll(project, wanted);
  const beside = [...found].flatMap(([path, what]) =>
    what.kind === "file" ? namedBeside(path, new TextDecoder().decode(what.bytes)) : [],
  );
  return new Map([...found, ...(await readAll(project, new Set(beside.filter((path) => !found.has(path)))))]);
}

async function readAll(project: ProjectFiles, paths: ReadonlySet<string>): Promise<Map<string, Found>> {
  const found = await Promise.all([...paths].map(async (path) => [path, await project.read(path)] as const));
  return new Map(found.filter(([, what]) => what.kind !== "none"));
}
