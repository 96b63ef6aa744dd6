import { compareLink, type LockFile, parseLock } from "../../lock/index.ts";
import { RevisionError, UsageError } from "../../model/errors.ts";
import type { Run } from "../evaluate.ts";
import { flakeDirectories, inFlake } from "../flake-directory.ts";
import { identify, type Program } from "../identity.ts";
import type { Tree } from "../ports.ts";
import type { CheckRequest } from "../request.ts";
import { evaluateEnds } from "./ends.ts";
import { CommitEvaluator } from "./evaluate-commits.ts";
import { Findings } from "./findings.ts";
import { historyBetween, requireCommit } from "./history.ts";
import { cloneDirectory, findInput } from "./input.ts";
import type { BisectPorts } from "./ports.ts";
import type { BisectResult } from "./result.ts";
import { nextProbes, widestStep } from "./search.ts";
import type { Progress, Work } from "./work.ts";

export interface BisectRequest {
  /** Ends, flake and attribute, and how Nix runs. */
  check: CheckRequest;
  /** Path of the input, as typed. */
  input: string;
  /** New commit, as the clone knows it; null: the one that the head has locked. */
  to: string | null;
  /** Directory of a clone, absolute; null: where the input itself says. */
  clone: string | null;
}

/**
 * Finds for each change that an input's move makes the commit of the input at which it first appears.
 * @throws NixclaudeError when that could not be told at all.
 */
export async function bisectInput(
  request: BisectRequest,
  ports: BisectPorts,
  program: Program,
  report: (progress: Progress) => void,
): Promise<BisectResult> {
  const startedMs = ports.clock.monotonicMs();
  return withWork(request, ports, program, report, async (work) => {
    const found = await find(work, request.to);
    const { nixVersion: nix, evaluations, cached } = work.evaluator;
    const durationMs = Math.round(ports.clock.monotonicMs() - startedMs);
    const tool = { name: "nixclaude", version: program.version } as const;
    return { schemaVersion: 1, tool, ...found, evaluation: { nix, evaluations, cached, durationMs } };
  });
}

/** Opens repository and clone, and closes them again, whatever happens. */
async function withWork<Result>(
  { check, input: wanted, clone: asked }: BisectRequest,
  ports: BisectPorts,
  program: Program,
  report: (progress: Progress) => void,
  use: (work: Work) => Promise<Result>,
): Promise<Result> {
  const repository = await ports.revisions.open(check.directory);
  try {
    const directory = oneFlake(flakeDirectories(repository.root, check.directory, check.flakes));
    const [before, after, identity] = await Promise.all([
      repository.resolve(check.base),
      repository.resolve(check.head),
      identify(ports, program),
    ]);
    if (after === null) {
      throw new RevisionError("no-head", "there is no revision to look at yet", {
        hint: "Commit or stage something first, or name a revision with --head.",
      });
    }
    const run: Run = { request: check, ports, repository, trees: { before, after }, identity };
    const [oldLock, lock] = await Promise.all([
      lockIn(run, before, directory),
      lockIn(run, after, directory),
    ]);
    const input = findInput({ before: oldLock, after: lock }, wanted);
    const clone = await ports.clones.open(cloneDirectory(input, asked));
    try {
      const evaluator = new CommitEvaluator(run, directory, clone, input);
      // The input was found on both sides, so both are there.
      const ends = { before: { tree: before!, lock: oldLock! }, after: { tree: after, lock: lock! } };
      return await use({ run, directory, input, ends, clone, evaluator, report });
    } finally {
      await clone.close();
    }
  } finally {
    await repository.close();
  }
}

function oneFlake([directory, ...others]: readonly string[]): string {
  if (others.length === 0) return directory!;
  throw new UsageError(
    "contradictory-flags",
    "--flake was given several times, and one input is looked for",
    {
      hint: "Name the flake that has the input.",
    },
  );
}

async function lockIn({ repository }: Run, tree: Tree | null, directory: string): Promise<LockFile | null> {
  const file = inFlake(directory, "flake.lock");
  const bytes = tree === null ? null : await repository.readFile(tree, file);
  return bytes === null ? null : parseLock(new TextDecoder().decode(bytes), file);
}

async function find(
  work: Work,
  to: string | null,
): Promise<Omit<BisectResult, "schemaVersion" | "tool" | "evaluation">> {
  const { input, clone, report } = work;
  await requireCommit(work, "before");
  await requireCommit(work, "after");
  const from = input.locked.before;
  const target = to === null ? input.locked.after : await clone.resolve(to);
  const history = await historyBetween(work, from, target);
  const facts = {
    input: { path: input.path, reference: input.reference, from, to: target },
    history: { commits: history.length, merges: history.filter(({ isMerge }) => isMerge).length },
  };
  if (history.length === 0) return { ...facts, changes: [], passing: [], others: [], differentlyLocked: [] };
  report({ kind: "history", ...facts.input, commits: history.length, directory: clone.directory });
  const ends = await evaluateEnds(work, from, target);
  report({ kind: "changes", changes: ends.changes.length });
  const findings = new Findings(ends.changes, history);
  await search(work, findings, ends.changesAt);
  const source = input.node.locked!;
  return {
    ...facts,
    ...(await findings.tell(clone, {
      linkOf: ({ id, parent }) => compareLink({ ...source, rev: parent }, { ...source, rev: id }),
      isAlone: ends.isAlone,
    })),
    others: ends.others,
    differentlyLocked: to === null ? ends.differentlyLocked : [],
  };
}

async function search(
  { evaluator, report }: Work,
  findings: Findings,
  changesAt: Awaited<ReturnType<typeof evaluateEnds>>["changesAt"],
): Promise<void> {
  for (;;) {
    const tracks = findings.tracks();
    const probes = nextProbes(tracks);
    if (probes.length === 0) return;
    const seen = await changesAt(probes.map((index) => findings.commitAt(index)));
    probes.forEach((index, at) => {
      findings.add(index, seen[at]!);
    });
    const { evaluations, cached } = evaluator;
    report({ kind: "round", evaluations, cached, inQuestion: widestStep(findings.tracks()) });
  }
}
