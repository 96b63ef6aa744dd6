import type { Clone, ClonePort, HistoryCommit } from "../check/bisect/ports.ts";
import { RevisionError } from "../model/errors.ts";
import { commitFacts } from "./commit-facts.ts";
import { corruptRepository, missingObjects, unsupportedRepository } from "./errors.ts";
import { type Environment, locateRepository } from "./location.ts";
import { readObjects } from "./objects.ts";
import { createTreeReader } from "./reading.ts";
import { resolveRevision } from "./revision-names.ts";
import { createView, type View } from "./view.ts";

/** Clones of flake inputs, read without writing to them and without running anything that they configure. */
export function createClonePort(env: Environment): ClonePort {
  return {
    open: async (directory) => {
      // Git's own variables speak of the repository under check, and of no other.
      const location = locateRepository(directory, ownVariables(env));
      // No version of Nix reads these.
      if (location.objectFormat !== "sha1") throw unsupportedRepository("object format sha256");
      return openedClone(createView(location, env), location.workTree ?? location.gitDirectory);
    },
  };
}

function ownVariables(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("GIT_")));
}

function openedClone(view: View, directory: string): Clone {
  // Git believes what a commit-graph says of commits, whatever they say themselves.
  view.adoptConfig(new Map([["core.commitgraph", "false"]]));
  const reader = createTreeReader(view);
  return {
    directory,
    isShallow: view.shallowCommits().size > 0,
    resolve: async (name) => {
      const found = (await resolveRevision(view, name))?.revision;
      if (found) return found;
      throw new RevisionError("unknown-revision", `"${name}" is no commit of ${directory}.`, {
        hint: "Name a commit, a branch or a tag of the clone.",
      });
    },
    has: async (commit) => (await view.git(["cat-file", "-e", `${commit}^{commit}`])).exitCode === 0,
    history: (from, to) => history(view, from, to),
    facts: async (commits) => {
      const texts = await readObjects(view, commits, "The history of the clone");
      return texts.map((text, index) => commitFacts(commits[index]!, text));
    },
    readFile: (commit, path) =>
      reader.readFile({ label: commit, revision: commit, id: treeOf(commit) }, path),
    merged: async ({ id, parent }) => Number((await revList(view, ["--count", id, `^${parent}`]))[0]) - 1,
    serve: async (commits) => {
      await requireWholeTrees(view, commits);
      view.store.setHead(commits[0]!);
      return view.store.repository;
    },
    close: async () => view.close(),
  };
}

async function history(view: View, from: string, to: string): Promise<HistoryCommit[] | null> {
  if (from === to) return [];
  const ancestor = await view.git(["merge-base", "--is-ancestor", from, to]);
  if (ancestor.exitCode === 1) return null;
  if (ancestor.exitCode !== 0) throw corruptRepository("The history of the clone", ancestor);
  const [firstParents, descendants] = await Promise.all([
    revList(view, ["--first-parent", "--parents", to, `^${from}`]),
    // Before the merge that brought `from` in, first parents lead along another line.
    revList(view, ["--ancestry-path", to, `^${from}`]),
  ]);
  const after = new Set(descendants);
  const commits: HistoryCommit[] = [];
  for (const line of firstParents) {
    const [id, parent, ...others] = line.split(" ");
    if (!after.has(id!) || parent === undefined) break;
    commits.push({ id: id!, parent, isMerge: others.length > 0 });
  }
  return commits.reverse();
}

async function revList(view: View, args: readonly string[]): Promise<string[]> {
  const result = await view.git(["rev-list", ...args, "--"]);
  if (result.exitCode !== 0) throw corruptRepository("The history of the clone", result);
  return result.stdout.toString("latin1").split("\n").filter(Boolean);
}

function treeOf(commit: string): string {
  return `${commit}^{tree}`;
}

/** Nix would say of a file that is missing that the input does not evaluate, and it would be passed over. */
async function requireWholeTrees(view: View, commits: readonly string[]): Promise<void> {
  const trees = commits.map(treeOf);
  const lines = await revList(view, ["--objects", "--missing=print", "--no-object-names", ...trees]);
  const missing = lines.filter((line) => line.startsWith("?")).map((line) => line.slice(1));
  if (missing.length === 0) return;
  const curtailed = view.location.partial || view.shallowCommits().size > 0;
  throw missingObjects("The clone of the input", missing, curtailed);
}
