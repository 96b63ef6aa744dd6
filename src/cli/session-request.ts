import type { Ports } from "../check/ports.ts";
import type { CheckRequest } from "../check/request.ts";
import { checkRequest } from "./check-request.ts";
import type { Io } from "./io.ts";
import type { CheckOptions } from "./options.ts";

/**
 * The work tree, for questions that a session of the client asks by itself while Claude edits files. What is committed is
 * trusted, as it is in hooks. All else may have been written by an agent, and nobody has looked at it: it is evaluated as
 * a stranger's, without a network, so that an edit alone can send nothing anywhere.
 */
export async function sessionRequest(options: CheckOptions, io: Io, ports: Ports): Promise<CheckRequest> {
  const request = checkRequest({ ...options, worktree: true }, io);
  if (request.trust === "untrusted") return request;
  const repository = await ports.revisions.open(request.directory);
  try {
    const trees = [await repository.resolve(request.base), await repository.resolve(request.head)];
    const isCommitted = trees[0]?.id === trees[1]?.id;
    return { ...request, trust: isCommitted ? "trusted" : "untrusted" };
  } finally {
    await repository.close();
  }
}
