import { type EvaluatedLock, evaluateLocks, mendingCommand } from "../../check/behavior-lock/index.ts";
import { NixclaudeError, UsageError } from "../../model/errors.ts";
import { renderLockAnswer } from "../../render/behavior-lock.ts";
import { visible } from "../../render/escape.ts";
import { checkRequest } from "../check-request.ts";
import { createPorts, currentProgram } from "../doors.ts";
import { installMergeDriver } from "../install-merge-driver.ts";
import type { Io } from "../io.ts";
import { requireWorkTree, writeLock } from "../lock-file.ts";
import { runMergeDriver } from "../merge-driver.ts";
import type { CheckOptions } from "../options.ts";
import { parseOptions, type RawOptions } from "../parse-options.ts";
import { layoutOf, printError } from "../print.ts";

/** What of it is wanted instead of writing the file. */
export interface LockFlags {
  check?: boolean;
  stdout?: boolean;
  mergeDriver?: boolean;
  installMergeDriver?: boolean;
}

/** Writes, checks or prints the behavior lock, or merges one. Returns the exit status. */
export async function run(
  words: readonly string[],
  {
    check = false,
    stdout = false,
    mergeDriver = false,
    installMergeDriver: install = false,
    ...raw
  }: RawOptions & LockFlags,
  io: Io,
): Promise<number> {
  rejectContradictions({ check, stdout, mergeDriver, installMergeDriver: install }, words);
  if (install) return installMergeDriver(io);
  if (mergeDriver) return runMergeDriver(words, io);
  const options = asked(raw);
  if (stdout && options.flakes.length > 1) {
    throw new UsageError("contradictory-flags", "--stdout prints one lock, and several flakes are named", {
      hint: "Name one flake at a time.",
    });
  }
  try {
    const request = checkRequest(options, io);
    const { root, locks } = await evaluateLocks(request, createPorts(io.env), currentProgram());
    if (check) return answer(locks, options, io);
    if (stdout) io.stdout.write(locks[0]!.text);
    else write(root, locks, io);
    return 0;
  } catch (error) {
    if (error instanceof NixclaudeError) return printError(error, options, io);
    throw error;
  }
}

/** The files as they are, in CI as well: that is where the lock is written. */
function asked(raw: RawOptions): CheckOptions {
  const options = parseOptions(raw);
  return options.head === undefined && !options.staged ? { ...options, worktree: true } : options;
}

function write(root: string, locks: readonly EvaluatedLock[], io: Io): void {
  requireWorkTree(root);
  for (const { file, text, stored } of locks) {
    const isNew = writeLock(root, file, text);
    io.stderr.write(isNew ? `Wrote ${visible(file)}.` : `${visible(file)} fits.`);
    io.stderr.write(stored.kind === "none" ? " Git does not know it yet: add it with `git add`.\n" : "\n");
  }
}

function answer(locks: readonly EvaluatedLock[], options: CheckOptions, io: Io): number {
  let status = 0;
  for (const { file, label, text: wanted, stored: found, state, directory, attribute } of locks) {
    const stored = found.kind === "file" ? new TextDecoder().decode(found.bytes) : null;
    if (state.kind === "fits") {
      io.stdout.write(`${visible(file)} fits the ${visible(label)}.\n`);
      continue;
    }
    status = 1;
    const mend = mendingCommand(options, directory, attribute);
    io.stdout.write(renderLockAnswer({ file, label, state, stored, wanted, mend }, layoutOf(options, io)));
  }
  return status;
}

function rejectContradictions(flags: LockFlags, words: readonly string[]): void {
  const given = [
    ...(flags.check ? ["--check"] : []),
    ...(flags.stdout ? ["--stdout"] : []),
    ...(flags.mergeDriver ? ["--merge-driver"] : []),
    ...(flags.installMergeDriver ? ["--install-merge-driver"] : []),
  ];
  if (given.length > 1) {
    throw new UsageError("contradictory-flags", `${given.join(" and ")} ask for different things`, {
      hint: "Give one of them.",
    });
  }
  if (words.length > 0 && !flags.mergeDriver) {
    throw new UsageError("excess-arguments", `lock takes no words and was given "${words[0]}"`, {
      hint: "A flake is named with --flake DIR.",
    });
  }
}
