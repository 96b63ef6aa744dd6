import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseAttribute } from "../check/attribute.ts";
import { type BehaviorLock, evaluateLocks, readLock } from "../check/behavior-lock/index.ts";
import type { MergedFile, Repository, Tree } from "../check/ports.ts";
import type { CheckRequest } from "../check/request.ts";
import { markConflict } from "../git/merge-file.ts";
import { ContextError, NixclaudeError, RevisionError, SystemError, UsageError } from "../model/errors.ts";
import { CLIENT_VERSIONS } from "../model/semantics.ts";
import { visible } from "../render/escape.ts";
import { checkRequest } from "./check-request.ts";
import { createPorts, currentProgram } from "./doors.ts";
import type { Io } from "./io.ts";
import { parseOptions } from "./parse-options.ts";
import { replaceFile } from "./replace-file.ts";

/** What Git hands to a merge driver: three temporary files, relative to the working directory, and the file's path. */
export interface DriverFiles {
  base: string;
  /** The result is written here. */
  ours: string;
  theirs: string;
  /** In the tree. */
  path: string;
}

/**
 * Resolves the merge of a behavior lock by evaluating what the merge comes to. Where that cannot be told, the conflict
 * stays, with Git's marks in the file and one line that says why. Returns 0 when it is resolved.
 */
export async function runMergeDriver(words: readonly string[], io: Io): Promise<number> {
  const [base, ours, theirs, path] = words;
  if (words.length !== 4 || base === undefined || ours === undefined || theirs === undefined) {
    throw new UsageError(
      "merge-driver-words",
      `--merge-driver takes four words and was given ${words.length}`,
      {
        hint: "Git calls it, as `nixclaude lock --install-merge-driver` tells it to: %O %A %B %P.",
      },
    );
  }
  const files = { base: at(io, base), ours: at(io, ours), theirs: at(io, theirs), path: path! };
  try {
    const text = await mergedLock(files, io);
    replaceFile(files.ours, Buffer.from(text).toString("latin1"));
    return 0;
  } catch (error) {
    if (!(error instanceof NixclaudeError)) throw error;
    await markConflict(files, io.env);
    io.stderr.write(
      `nixclaude: ${visible(files.path)} stays in conflict: ${visible(error.message.replace(/\.$/, ""))}. ${visible(error.hint)}\n`,
    );
    return error.exitCode;
  }
}

function at(io: Io, file: string): string {
  return resolve(io.cwd, file);
}

async function mergedLock(files: DriverFiles, io: Io): Promise<string> {
  const merged: MergedFile = {
    path: files.path,
    base: bytesOf(files.base),
    ours: bytesOf(files.ours),
    theirs: bytesOf(files.theirs),
  };
  const request = requestFor(merged, io);
  const { locks } = await evaluateLocks(request, createPorts(io.env), currentProgram(), (repository) =>
    mergedTree(repository, merged),
  );
  return locks[0]!.text;
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new SystemError("file-not-read", `${file} could not be read`, { hint: AFTERWARDS, cause });
  }
}

/** Evaluated as both sides were: the same attribute, for the same client. */
function requestFor(merged: MergedFile, io: Io): CheckRequest {
  const [ours, theirs] = [lockIn(merged.ours, "our"), lockIn(merged.theirs, "their")];
  const client = CLIENT_VERSIONS.find((known) => known === ours.client);
  if (ours.attribute !== theirs.attribute || ours.client !== theirs.client || client === undefined) {
    throw new ContextError(
      "locks-differ",
      "the two sides lock another attribute, or for another client than this nixclaude knows",
      { hint: AFTERWARDS },
    );
  }
  const request = checkRequest(parseOptions({ worktree: true }), io);
  const directory = dirname(merged.path);
  return {
    ...request,
    client,
    attribute: parseAttribute(ours.attribute),
    flakes: directory === "." ? [] : [directory],
  };
}

const AFTERWARDS = "Resolve the merge, then run `nixclaude lock` and `git add` the file.";

function lockIn(bytes: Uint8Array, whose: string): BehaviorLock {
  const found = readLock(bytes);
  if (found.kind === "read") return found.lock;
  throw new ContextError("lock-unreadable", `${whose} side ${found.because}`, { hint: AFTERWARDS });
}

async function mergedTree(repository: Repository, merged: MergedFile): Promise<Tree> {
  const result = await repository.mergeResult(merged);
  if (result.kind === "unknown")
    throw new RevisionError("merge-unknown", result.because, { hint: AFTERWARDS });
  const { tree, conflicts } = result;
  if (conflicts.length === 0) return tree;
  const shown = conflicts.slice(0, SHOWN_CONFLICTS).join(", ");
  const more = conflicts.length - SHOWN_CONFLICTS;
  throw new RevisionError(
    "merge-conflicts",
    `${shown}${more > 0 ? ` and ${more} more` : ""} ${conflicts.length === 1 ? "is" : "are"} in conflict, too`,
    { hint: AFTERWARDS },
  );
}

const SHOWN_CONFLICTS = 3;
