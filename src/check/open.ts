import { RevisionError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { reportKey } from "./cache-key.ts";
import { mayCacheReport, type Run, type Trees } from "./evaluate.ts";
import { identify, type Program } from "./identity.ts";
import type { Ports, Repository } from "./ports.ts";
import type { CheckRequest } from "./request.ts";

/** A check with both ends resolved, and the report if it is known. */
export interface OpenedCheck {
  run: Run;
  key: string;
  known: Report | null;
}

/** Opens the repository for one check and closes it again, whatever happens. */
export async function withRun<Result>(
  request: CheckRequest,
  ports: Ports,
  program: Program,
  use: (opened: OpenedCheck) => Promise<Result>,
): Promise<Result> {
  const repository = await ports.revisions.open(request.directory);
  try {
    const [trees, identity] = await Promise.all([
      resolveTrees(repository, request),
      identify(ports, program),
    ]);
    const run: Run = { request, ports, repository, trees, identity };
    const key = reportKey(request, repository.root, trees, identity);
    const known = mayCacheReport(run) ? ((await ports.cache.get(key)) as unknown as Report | null) : null;
    return await use({ run, key, known });
  } finally {
    await repository.close();
  }
}

async function resolveTrees(repository: Repository, request: CheckRequest): Promise<Trees> {
  const [before, after] = await Promise.all([
    repository.resolve(request.base),
    repository.resolve(request.head),
  ]);
  if (after === null) {
    throw new RevisionError("no-head", "there is no revision to check yet", {
      hint: "Commit or stage something first, or name a revision with --head.",
    });
  }
  return { before, after };
}
