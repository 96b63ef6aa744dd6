import { type LockFile, parseLock } from "../lock/index.ts";
import { RevisionError } from "../model/errors.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { evaluateFlake, type Run } from "./evaluate.ts";
import { flakeDirectories, inFlake } from "./flake-directory.ts";
import type { Program } from "./identity.ts";
import { identify } from "./identity.ts";
import type { Ports } from "./ports.ts";
import type { CheckRequest } from "./request.ts";
import { snapshotOf } from "./side.ts";

/** One state of a flake, with the repository still open for questions about it. */
export interface Inspected {
  run: Run;
  /** Of the flake in the tree, `""` for the root. */
  directory: string;
  snapshot: Snapshot;
  lock: LockFile | null;
}

/**
 * The context at one revision (the request's head; of its base only what it locks counts, for untrusted changes), for questions about a single state.
 * @throws NixclaudeError when it could not be told.
 */
export function inspect(request: CheckRequest, ports: Ports, program: Program): Promise<Snapshot> {
  return inspectWith(request, ports, program, async ({ snapshot }) => snapshot);
}

/** The same, with an answer that takes the repository; it is closed again, whatever happens. */
export async function inspectWith<Answer>(
  request: CheckRequest,
  ports: Ports,
  program: Program,
  answer: (inspected: Inspected) => Promise<Answer>,
): Promise<Answer> {
  const repository = await ports.revisions.open(request.directory);
  try {
    const after = await repository.resolve(request.head);
    if (after === null) {
      throw new RevisionError("no-head", "there is no revision to look at yet", {
        hint: "Commit or stage something first, or name a revision with --head.",
      });
    }
    const run: Run = {
      request,
      ports,
      repository,
      trees: { before: null, after },
      ...(request.trust === "untrusted" && { baseTree: await repository.resolve(request.base) }),
      identity: await identify(ports, program),
    };
    const directory = flakeDirectories(repository.root, request.directory, request.flakes)[0]!;
    const snapshot = await snapshotOf(run, await evaluateFlake(run, directory, () => {}), "after");
    // Beside the client's own files nothing reads a lock, and none can be wrong.
    const isFlake = snapshot.kind === "present" && snapshot.from === "flake";
    const lock = isFlake ? await lockOf(run, inFlake(directory, "flake.lock")) : null;
    return await answer({ run, directory, snapshot, lock });
  } finally {
    await repository.close();
  }
}

async function lockOf({ repository, trees }: Run, file: string): Promise<LockFile | null> {
  const bytes = await repository.readFile(trees.after, file);
  return bytes === null ? null : parseLock(new TextDecoder().decode(bytes), file);
}
