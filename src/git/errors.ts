import { RevisionError } from "../model/errors.ts";
import { didYouMean } from "../model/nearest.ts";
import { reasonOf } from "../system/failures.ts";
import type { GitResult } from "./process.ts";

const SHOWN_PATHS = 5;

export function notARepository(directory: string, reason?: string): RevisionError {
  return new RevisionError(
    "not-a-repository",
    `${directory} is not in a Git repository${reason === undefined ? "" : `: ${reason}`}.`,
    { hint: "Run the command inside a repository, or make one with `git init`." },
  );
}

export function noWorkTree(gitDirectory: string, wanted: string): RevisionError {
  return new RevisionError("bare-repository", `${gitDirectory} is a bare repository: it has no ${wanted}.`, {
    hint: "Name revisions instead: `--base REV --head REV`.",
  });
}

export function unknownRevision(name: string, known: Iterable<string>, shallow: boolean): RevisionError {
  return new RevisionError("unknown-revision", `There is no revision "${name}".${didYouMean(name, known)}`, {
    hint: shallow
      ? FETCH_DEPTH
      : "`git branch --all` and `git tag` list the names there are; fetch what is missing.",
  });
}

export function ambiguousRevision(name: string, details: string[]): RevisionError {
  return new RevisionError("ambiguous-revision", `"${name}" is the beginning of several objects' ids.`, {
    hint: "Write more digits of the commit id.",
    details,
  });
}

export function shallowBoundary(name: string): RevisionError {
  return new RevisionError("shallow-boundary", `The parent of "${name}" is not in this shallow clone.`, {
    hint: FETCH_DEPTH,
  });
}

const FETCH_DEPTH =
  "This clone is shallow: fetch more history (`git fetch --deepen=50`, or `fetch-depth: 0` in actions/checkout).";

export function missingObjects(
  what: string,
  ids: readonly string[],
  shallowOrPartial: boolean,
): RevisionError {
  return new RevisionError(
    "missing-object",
    `${what} is incomplete: the repository lacks object ${ids[0] ?? "?"}.`,
    {
      hint: shallowOrPartial
        ? "This clone is shallow or partial and nothing is fetched behind your back: fetch the missing objects (`git fetch --refetch --no-filter`, or `fetch-depth: 0` in actions/checkout)."
        : "Run `git fsck` to see the damage, and fetch the objects from another clone.",
      details: ids.map((id) => `missing ${id}`),
    },
  );
}

export function corruptRepository(what: string, result: GitResult): RevisionError {
  const details = result.stderr.split("\n").filter((line) => line !== "");
  return new RevisionError(
    "corrupt-object",
    `${what} cannot be read: ${firstFault(details, result.exitCode)}.`,
    {
      hint: "Run `git fsck` to see what is damaged, and fetch the objects from another clone.",
      details,
    },
  );
}

function firstFault(lines: string[], exitCode: number): string {
  const line = lines.find((text) => /^(fatal|error): /.test(text));
  return line?.replace(/^(fatal|error): /, "") ?? `Git ended with status ${exitCode}`;
}

export function indexConflicts(paths: readonly string[]): RevisionError {
  const more = paths.length - SHOWN_PATHS;
  const list = paths.slice(0, SHOWN_PATHS).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return new RevisionError("index-conflicts", `The index has conflicts: ${list}.`, {
    hint: "Resolve them and stage the result with `git add`, then run this again.",
    details: paths,
  });
}

export function indexUnreadable(path: string, reason: string): RevisionError {
  return new RevisionError("index-unreadable", `The index ${path} cannot be read: ${reason}.`, {
    hint: "`git status` tells more; when the index is damaged, `rm .git/index && git reset` makes a new one.",
  });
}

export function workTreeUnreadable(path: string, cause: unknown): RevisionError {
  return new RevisionError("worktree-unreadable", `The file ${path} cannot be read: ${reasonOf(cause)}.`, {
    hint: "Give yourself permission to read it, or check the staged tree with `--staged`.",
    cause,
  });
}

export function unsupportedRepository(what: string): RevisionError {
  return new RevisionError("unsupported-repository", `The repository uses ${what}, which is not supported.`, {
    hint: "Check a clone of it with Git's default formats.",
  });
}
