import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BlameQuestion, LineOrigin, Tree } from "../check/ports.ts";
import { NixclaudeError } from "../model/errors.ts";
import { parseBlame } from "./blame-output.ts";
import { withoutCopies } from "./copied-lines.ts";
import { isText } from "./path-text.ts";
import type { GitResult } from "./process.ts";
import type { View } from "./view.ts";

/** Who wrote a line is worth some seconds and no more: a report is complete without. */
const TIMEOUT_MS = 10_000;
/** Processes at a time. */
const LANES = 4;

type Blamer = (tree: Tree, question: BlameQuestion) => Promise<LineOrigin[]>;

/**
 * Asks `git blame` through the private view: neither configuration (`blame.ignoreRevsFile`, text conversions) nor a
 * mailmap of the repository is there to be obeyed.
 */
export function createBlamer(view: View, timeoutMs: number = TIMEOUT_MS): Blamer {
  return async (tree, { places, since, follow }) => {
    const start = await startOf(view, tree);
    if (start.kind === "nothing-committed") return places.map(() => ({ kind: "uncommitted" }));
    if (start.kind === "unknown") return places.map(() => start);
    const range = [start.commit, ...(since?.revision == null ? [] : [`^${since.revision}`])];
    const deadline = performance.now() + timeoutMs;
    const found = new Map<string, ReadonlyMap<number, LineOrigin>>();
    await inLanes(linesByFile(places), async ([file, lines]) => {
      const leftMs = Math.max(1, Math.ceil(deadline - performance.now()));
      const question = { range, follow, file, lines, leftMs, own: start.own };
      // Both at once: one of them waits for the disk as long as the other.
      const [origins, touched] = await Promise.all([
        blameFile(view, question),
        follow === "text" ? blameFile(view, { ...question, follow: "touch" }) : null,
      ]);
      const isFollowed = [...origins.values()].some(({ kind }) => kind === "commit");
      found.set(
        file,
        touched !== null && isFollowed ? await withoutCopies(view, origins, touched, question) : origins,
      );
    });
    return places.map(({ file, line }) => found.get(file)?.get(line) ?? NO_SUCH_LINE);
  };
}

const NO_SUCH_LINE: LineOrigin = { kind: "unknown", because: "Git knows no such line" };

type Start =
  /** `own`: a commit of ours on top of the user's, that stands for what is not committed yet. */
  | { kind: "commit"; commit: string; own: string | null }
  | { kind: "nothing-committed" }
  | Extract<LineOrigin, { kind: "unknown" }>;

async function startOf(view: View, tree: Tree): Promise<Start> {
  if (tree.revision !== null) return { kind: "commit", commit: tree.revision, own: null };
  try {
    const parents = await parentsOfNextCommit(view);
    if (parents.length === 0) return { kind: "nothing-committed" };
    const lines = parents.map((parent) => `parent ${parent}\n`).join("");
    const signature = "nixclaude <nixclaude@localhost> 946684800 +0000";
    const text = `tree ${tree.id}\n${lines}author ${signature}\ncommitter ${signature}\n\nnot committed yet\n`;
    const commit = view.store.write("commit", Buffer.from(text));
    return { kind: "commit", commit, own: commit };
  } catch (error) {
    if (error instanceof NixclaudeError) return { kind: "unknown", because: error.message };
    throw error;
  }
}

/** HEAD, and in the middle of a merge what is merged. */
async function parentsOfNextCommit(view: View): Promise<string[]> {
  const head = await view.git(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (head.exitCode !== 0) return [];
  const merging = join(view.location.gitDirectory, "MERGE_HEAD");
  const others = existsSync(merging) ? readFileSync(merging, "latin1").split("\n") : [];
  return [head.stdout.toString("latin1").trim(), ...others.filter((line) => /^[0-9a-f]{40,64}$/.test(line))];
}

function linesByFile(places: BlameQuestion["places"]): [file: string, lines: number[]][] {
  const files = new Map<string, Set<number>>();
  for (const { file, line } of places) files.set(file, (files.get(file) ?? new Set()).add(line));
  return [...files].map(([file, lines]) => [file, [...lines].sort((a, b) => a - b)]);
}

interface FileQuestion {
  range: readonly string[];
  follow: BlameQuestion["follow"];
  file: string;
  lines: readonly number[];
  leftMs: number;
  own: string | null;
}

async function blameFile(view: View, question: FileQuestion): Promise<ReadonlyMap<number, LineOrigin>> {
  const { file, own } = question;
  // Neither can be an argument of a process.
  if (!isText(file) || file.includes("\0")) return allUnknown(question, "its path cannot be handed to Git");
  let lines = question.lines;
  let result = await runBlame(view, question, lines);
  const length = / has only (\d+) lines?/.exec(result.stderr)?.[1];
  if (result.exitCode !== 0 && length !== undefined) {
    lines = lines.filter((line) => line <= Number(length));
    if (lines.length === 0) return new Map();
    result = await runBlame(view, question, lines);
  }
  if (result.timedOut) return allUnknown(question, "git blame took too long");
  if (result.exitCode !== 0) return allUnknown(question, faultIn(result));
  const shallow = view.shallowCommits();
  return new Map(
    parseBlame(result.stdout).map(({ finalLine, unchanged, commit, ...origin }): [number, LineOrigin] => {
      if (unchanged) return [finalLine, { kind: "unchanged" }];
      if (commit.id === own) return [finalLine, { kind: "uncommitted" }];
      return [finalLine, { kind: "commit", commit, ...origin, boundary: shallow.has(commit.id) }];
    }),
  );
}

function runBlame(
  view: View,
  { range, follow, file, leftMs }: FileQuestion,
  lines: readonly number[],
): Promise<GitResult> {
  return view.git(
    [
      "blame",
      "--line-porcelain",
      "--encoding=UTF-8",
      "--no-textconv",
      "--no-progress",
      // A commit without parents is no boundary: only what `^REV` excludes is marked as one.
      "--root",
      // Git counts letters of whole blocks, 40 by default for -C; what is asked for here is single lines.
      ...(follow === "text" ? ["-w", "-M20", "-C20"] : []),
      ...lines.map((line) => `-L${line},${line}`),
      ...range,
      "--",
      file,
    ],
    { timeoutMs: leftMs },
  );
}

function allUnknown({ lines }: FileQuestion, because: string): ReadonlyMap<number, LineOrigin> {
  return new Map(lines.map((line) => [line, { kind: "unknown", because }]));
}

function faultIn({ stderr, exitCode }: GitResult): string {
  const fault = stderr.split("\n").find((line) => /^(fatal|error): /.test(line));
  return fault?.replace(/^(fatal|error): /, "") ?? `git blame ended with status ${exitCode}`;
}

async function inLanes<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(LANES, items.length) }, lane));
}
