import type { Repository, RevisionPort, RevisionSpec, Tree } from "../check/ports.ts";
import { assertNever } from "../model/assert-never.ts";
import { createBlamer } from "./blame.ts";
import { noWorkTree } from "./errors.ts";
import { readIndexEntries } from "./index-entries.ts";
import { type Environment, type Location, locateRepository } from "./location.ts";
import { createMergeReader } from "./merge-result.ts";
import { createPublisher, storeTrees } from "./publishing.ts";
import { createTreeReader } from "./reading.ts";
import { resolveFirstParent, resolveRevision } from "./revision-names.ts";
import { type BuiltTree, buildTree, type Entry } from "./tree-builder.ts";
import { createView, type View } from "./view.ts";
import { readWorkTreeEntries, withEdited } from "./work-tree.ts";

export interface RevisionPortOptions {
  /** The process's environment: PATH and HOME are handed on, Git's own variables of a hook are understood. */
  env: Environment;
  /** Where private repositories are made; default: the system's temporary directory. */
  temporaryDirectory?: string;
}

/** Trees of a Git repository, read without writing to it and without running anything that it configures. */
export function createRevisionPort(options: RevisionPortOptions): RevisionPort {
  return {
    open: async (directory) => {
      const location = locateRepository(directory, options.env);
      return openedRepository(
        location,
        createView(location, options.env, options.temporaryDirectory),
        options.env,
      );
    },
  };
}

function openedRepository(location: Location, view: View, env: Environment): Repository {
  const reader = createTreeReader(view);
  const publisher = createPublisher(view);
  const blame = createBlamer(view);
  /** Trees of index and work tree that no object store may have yet. */
  const unstored = new Map<string, BuiltTree>();

  const treeOf = (label: string, entries: Entry[]): Tree => {
    const built = buildTree(entries, (content) => view.store.idOf("tree", content));
    unstored.set(built.id, built);
    return { label, revision: null, id: built.id };
  };
  const storing = new Map<string, Promise<void>>();
  const stored = async (...trees: Tree[]): Promise<void> => {
    for (const { id } of trees) {
      const built = unstored.get(id);
      unstored.delete(id);
      if (built !== undefined) storing.set(id, storeTrees(view, built));
      await storing.get(id);
    }
  };
  const workTree = (wanted: string): string => {
    if (location.workTree === null) throw noWorkTree(location.gitDirectory, wanted);
    return location.workTree;
  };
  const resolve = async (spec: RevisionSpec): Promise<Tree | null> => {
    switch (spec.kind) {
      case "none":
        return null;
      case "revision":
        return resolveRevision(view, spec.name);
      case "first-parent":
        return resolveFirstParent(view, spec.of);
      case "index":
        workTree("staged tree");
        return treeOf("staged", await readIndexEntries(view, view.copyIndex()));
      case "worktree":
        return treeOf(
          "work tree",
          withEdited(
            await readWorkTreeEntries(view, workTree("work tree"), spec.includeUntracked),
            spec.edited,
            view,
          ),
        );
      default:
        return assertNever(spec);
    }
  };

  return {
    root: location.workTree ?? location.gitDirectory,
    objectFormat: location.objectFormat,
    resolve,
    readFile: async (tree, path) => {
      await stored(tree);
      return reader.readFile(tree, path);
    },
    listFiles: async (tree, directory) => {
      await stored(tree);
      return reader.listFiles(tree, directory);
    },
    listLinks: async (tree, directory) => {
      await stored(tree);
      return reader.listLinks(tree, directory);
    },
    listSubmodules: async (tree) => {
      await stored(tree);
      return reader.listSubmodules(tree);
    },
    changedFiles: async (before, after) => {
      await stored(before, after);
      return reader.changedFiles(before, after);
    },
    blame: async (tree, question) => {
      await stored(tree);
      return blame(tree, question);
    },
    publish: async (tree, replaced) => {
      await stored(tree);
      return publisher.publish(tree, replaced);
    },
    publishFiles: publisher.publishFiles,
    mergeResult: async (file) => {
      const index = treeOf("index", await readIndexEntries(view, view.copyIndex()));
      await stored(index);
      return createMergeReader(view, env).resultOf(file, index.id);
    },
    close: async () => view.close(),
  };
}
