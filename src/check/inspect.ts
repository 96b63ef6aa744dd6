import { RevisionError } from "../model/errors.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { evaluateFlake, type Run } from "./evaluate.ts";
import { flakeDirectories } from "./flake-directory.ts";
import type { Program } from "./identity.ts";
import { identify } from "./identity.ts";
import type { Ports } from "./ports.ts";
import type { CheckRequest } from "./request.ts";
import { snapshotOf } from "./side.ts";

/**
 * The context at one revision (the request's head; its base is not looked at), for questions about a single state.
 * @throws NixclaudeError when it could not be told.
 */
export async function inspect(request: CheckRequest, ports: Ports, program: Program): Promise<Snapshot> {
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
      identity: await identify(ports, program),
    };
    const [directory] = flakeDirectories(repository.root, request.directory, request.flakes);
    return await snapshotOf(run, await evaluateFlake(run, directory!, () => {}), "after");
  } finally {
    await repository.close();
  }
}
