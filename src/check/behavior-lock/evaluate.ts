import { createHash } from "node:crypto";
import { BEHAVIOR_LOCK_FILE, type BehaviorLockState } from "../../model/behavior-lock.ts";
import { ContextError, RevisionError } from "../../model/errors.ts";
import { attributePath } from "../../model/position.ts";
import { evaluateFlake, type Run } from "../evaluate.ts";
import { flakeDirectories, inFlake } from "../flake-directory.ts";
import { identify, type Program } from "../identity.ts";
import { refuseWhatIsLeftOut } from "../left-out.ts";
import { noContext } from "../no-context.ts";
import type { Ports, Repository, Tree } from "../ports.ts";
import type { CheckRequest } from "../request.ts";
import { snapshotOf } from "../side.ts";
import { lockOf } from "./encode.ts";
import { formatLock } from "./format.ts";
import { LOCK_MAX_BYTES } from "./read.ts";
import { type StoredLock, stateOf, storedLock } from "./state.ts";

/** What the lock file of one flake has to say, and what the tree has of it. */
export interface EvaluatedLock {
  /** Path in the repository. */
  file: string;
  /** Of the flake in the tree, `""` for the root. */
  directory: string;
  /** Attribute path, as in Nix. */
  attribute: string;
  /** How the tree is called: `work tree`, `staged`, `main`. */
  label: string;
  /** The file as it is to be. */
  text: string;
  stored: StoredLock;
  state: BehaviorLockState;
}

export interface EvaluatedLocks {
  /** Absolute path of the work tree. */
  root: string;
  locks: EvaluatedLock[];
}

/**
 * The behavior locks of the request's flakes at one tree; by default its head. Its base is not looked at.
 * @throws NixclaudeError when a context could not be told, and when it could not be held by a lock.
 */
export async function evaluateLocks(
  request: CheckRequest,
  ports: Ports,
  program: Program,
  treeOf: (repository: Repository) => Promise<Tree> = (repository) => headOf(repository, request),
): Promise<EvaluatedLocks> {
  const repository = await ports.revisions.open(request.directory);
  try {
    const after = await treeOf(repository);
    const identity = await identify(ports, program);
    const run: Run = { request, ports, repository, trees: { before: null, after }, identity };
    const locks: EvaluatedLock[] = [];
    for (const directory of flakeDirectories(repository.root, request.directory, request.flakes)) {
      locks.push(await evaluateLock(run, directory));
    }
    return { root: repository.root, locks };
  } finally {
    await repository.close();
  }
}

async function headOf(repository: Repository, request: CheckRequest): Promise<Tree> {
  const tree = await repository.resolve(request.head);
  if (tree !== null) return tree;
  throw new RevisionError("no-head", "there is no revision to lock yet", {
    hint: "Commit or stage something first, or name a revision with --head.",
  });
}

async function evaluateLock(run: Run, directory: string): Promise<EvaluatedLock> {
  const { request, repository, trees } = run;
  const file = inFlake(directory, BEHAVIOR_LOCK_FILE);
  const snapshot = await snapshotOf(run, await evaluateFlake(run, directory, () => {}), "after");
  if (snapshot.kind === "absent") throw noContext(snapshot, directory);
  const attribute = request.attribute.reduce<string>(attributePath, "");
  refuseWhatIsLeftOut(snapshot.problems, attribute, `a lock of ${attribute} in ${trees.after.label}`);
  const text = formatLock(lockOf(snapshot, attribute, request.client));
  const stored = await storedLock(repository, trees.after, directory);
  refuseWhatNeverFits(text, file, stored, trees.after);
  return {
    file,
    directory,
    attribute,
    label: trees.after.label,
    text,
    stored,
    state: stateOf(stored, snapshot, attribute, request),
  };
}

function refuseWhatNeverFits(text: string, file: string, stored: StoredLock, tree: Tree): void {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > LOCK_MAX_BYTES) {
    throw new ContextError(
      "lock-too-large",
      `${file} would have ${Math.ceil(bytes / 1024 ** 2)} MiB, and at most ${LOCK_MAX_BYTES / 1024 ** 2} are read`,
      { hint: "Make the context smaller: texts of skills and agents are most of it." },
    );
  }
  // The file is a part of what it would hold: once it is written, it does not fit any more.
  const ofItself = stored.kind === "file" && text.includes(sha256(stored.bytes));
  if (!ofItself && !text.includes(`tree:${tree.id}`)) return;
  throw new ContextError(
    "lock-of-itself",
    `the context in ${tree.label} depends on ${file} itself, so that no lock of it can ever fit`,
    {
      hint: "Name the files that a hook, server or skill needs one by one, and not the directory that holds the lock.",
    },
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
