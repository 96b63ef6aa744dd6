import { createHash } from "node:crypto";
import posix from "node:path/posix";
import { filesDigest } from "../context/digest.ts";
import type { NamedTree } from "./file-references.ts";
import type { Tree } from "./ports.ts";
import type { FoundFile, ProjectTree } from "./project-tree.ts";

/** Directories with more files are compared by the tree as a whole: any change anywhere counts. */
const MAX_FILES = 1000;

/** The files of a revision as command lines name them. */
export function namedTree(project: ProjectTree, tree: Tree): NamedTree {
  const digest = async (file: FoundFile) => {
    const bytes = file.kind === "file" ? await project.read(file) : `link to ${file.target}`;
    return createHash("sha256").update(bytes).digest("hex");
  };
  return {
    kindOf: (path) => {
      if (project.find(path) !== null) return "file";
      return project.isDirectory(path) || project.submodule(path) !== null ? "directory" : null;
    },
    digestOf: async (path) => {
      const commit = project.submodule(path);
      if (commit !== null) return `commit:${commit}`;
      const file = path === "" ? null : project.find(path);
      if (file !== null) return `sha256:${await digest(file)}`;
      const files = path === "" ? null : project.below(path);
      if (files === null || files.length > MAX_FILES) return `tree:${tree.id}`;
      const digests = files.map(
        async ([name, found]): Promise<[string, string]> => [posix.relative(path, name), await digest(found)],
      );
      return `sha256:${filesDigest(Object.fromEntries(await Promise.all(digests)))}`;
    },
  };
}
