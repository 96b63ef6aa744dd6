import posix from "node:path/posix";
import type { Repository, Tree } from "./ports.ts";

/** What stands at a path, symlinks followed: a file of the tree, or a link that leads out of it. */
export type FoundFile = { kind: "file"; real: string } | { kind: "outside"; target: string };

const MAX_LINKS = 40;

/**
 * The files of one tree as a program sees them that follows symlinks: `CLAUDE.md` is often a link to `AGENTS.md`,
 * and `.claude` to a directory that is shared.
 */
export interface ProjectTree {
  find(path: string): FoundFile | null;
  isDirectory(path: string): boolean;
  /** The commit of the submodule at this path; nothing in it can be found. */
  submodule(path: string): string | null;
  /** All files below a directory, by path as a program would name them. */
  below(directory: string): [path: string, file: FoundFile][];
  /** Paths of regular files and links to them in the whole tree that end in one of these names. */
  named(names: ReadonlySet<string>): string[];
  read(file: { real: string }): Promise<Uint8Array>;
}

export async function openProjectTree(repository: Repository, tree: Tree): Promise<ProjectTree> {
  const [files, linkTargets, submodules] = await Promise.all([
    repository.listFiles(tree, ""),
    repository.listLinks(tree, ""),
    repository.listSubmodules(tree),
  ]);
  const regular = new Set(files);
  const links = new Map(Object.entries(linkTargets));
  const directories = new Set([...files, ...links.keys(), ...Object.keys(submodules)].flatMap(ancestors));

  /** The path without links; `outside` when one leads out of the tree, null when it leads nowhere. */
  const realPath = (path: string): string | { target: string } | null => {
    let rest = path;
    for (let followed = 0; followed <= MAX_LINKS; followed++) {
      const link = [...ancestors(rest), rest].find((step) => links.has(step));
      if (link === undefined) return rest;
      const target = links.get(link)!;
      const joined = posix.normalize(posix.join(posix.dirname(link), target));
      if (posix.isAbsolute(target) || joined === ".." || joined.startsWith("../")) return { target };
      const next = posix.normalize(posix.join(joined, rest.slice(link.length)));
      rest = next === "." ? "" : next.replace(/\/+$/, "");
    }
    return null;
  };

  const find = (path: string): FoundFile | null => {
    const real = realPath(path);
    if (real === null) return null;
    if (typeof real === "object") return { kind: "outside", target: real.target };
    return regular.has(real) ? { kind: "file", real } : null;
  };

  const below = (directory: string, depth = 0): [string, FoundFile][] => {
    const real = realPath(directory);
    if (typeof real !== "string" || depth > MAX_LINKS || (real !== "" && !directories.has(real))) return [];
    const prefix = real === "" ? "" : `${real}/`;
    const named = (path: string) => posix.join(directory, path.slice(prefix.length));
    const own = files.filter((file) => file.startsWith(prefix));
    const linked = [...links.keys()].filter((link) => link.startsWith(prefix));
    return [
      ...own.map((file): [string, FoundFile] => [named(file), { kind: "file", real: file }]),
      ...linked.flatMap((link): [string, FoundFile][] => {
        const found = find(link);
        if (found !== null) return [[named(link), found]];
        // A link to a directory that holds the link would never end.
        const target = realPath(link);
        return typeof target === "string" && !link.startsWith(`${target}/`) && target !== ""
          ? below(target, depth + 1).map(([path, file]) => [named(link) + path.slice(target.length), file])
          : [];
      }),
    ];
  };

  const isDirectory = (path: string) => {
    const real = realPath(path);
    return typeof real === "string" && (real === "" || directories.has(real));
  };

  return {
    find,
    isDirectory,
    submodule: (path) => {
      const real = realPath(path);
      return typeof real === "string" && Object.hasOwn(submodules, real) ? submodules[real]! : null;
    },
    below: (directory) => below(directory),
    named: (names) => [...files, ...links.keys()].filter((path) => names.has(posix.basename(path))),
    read: async ({ real }) => (await repository.readFile(tree, real)) ?? new Uint8Array(),
  };
}

/** `a/b/c` → `a`, `a/b`. */
function ancestors(path: string): string[] {
  const found: string[] = [];
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    found.push(path.slice(0, slash));
  }
  return found;
}
