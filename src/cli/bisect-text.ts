import type {
  BisectedChange,
  BisectResult,
  ChangeFacts,
  Found,
  FoundCommit,
} from "../check/bisect/result.ts";
import type { Progress } from "../check/bisect/work.ts";
import { dayOf } from "../lock/index.ts";
import { assertNever } from "../model/assert-never.ts";
import { shortId } from "../model/short-id.ts";
import { visible, withoutLineCommands } from "../render/escape.ts";
import { hanging } from "../render/layout.ts";
import { plural, witnessComparison } from "../render/words.ts";

const DIRECTION_COLUMNS = "  incomparable  ".length;

/** The result for people: commits in their order, each with what it changes. Ends in a line break. */
export function bisectText(result: BisectResult, columns: number): string {
  const blocks = [
    hanging("", visible(headline(result)), columns, 2),
    ...byCommit(result.changes).map((changes) => [
      ...commitLines(changes[0]!.first, columns),
      ...changes.flatMap((change) => changeLines(change, columns)),
    ]),
    passingLines(result, columns),
    othersLines(result, columns),
    hanging("", visible(howComputed(result)), columns, 2),
  ];
  const text = blocks.filter((block) => block.length > 0).map((block) => block.join("\n"));
  return `${withoutLineCommands(text.join("\n\n"))}\n`;
}

/** One line for standard error. */
export function progressLine(progress: Progress): string {
  return withoutLineCommands(`nixclaude: ${visible(progressText(progress))}\n`);
}

function progressText(progress: Progress): string {
  switch (progress.kind) {
    case "history": {
      const { path, from, to, commits, directory } = progress;
      return `input ${path}: ${plural(commits, "commit")} from ${shortId(from)} to ${shortId(to)} in ${directory}`;
    }
    case "changes":
      return progress.changes === 0
        ? "no changes"
        : `${plural(progress.changes, "change")}, looking for the commit of each`;
    case "round": {
      const { evaluations, cached, inQuestion } = progress;
      const known = cached === 0 ? "" : `, ${cached} from an earlier run`;
      const left = inQuestion === 0 ? "done" : `at most ${plural(inQuestion, "commit")} in question`;
      return `${plural(evaluations, "evaluation")}${known}; ${left}`;
    }
    default:
      return assertNever(progress);
  }
}

function headline({ input, history, changes }: BisectResult): string {
  const name = `input ${input.path} (${input.reference})`;
  if (history.commits === 0)
    return `${name} is at ${shortId(input.to)} on both sides: there is nothing to look through.`;
  const merges = history.merges === 0 ? "" : `, ${plural(history.merges, "merge")} among them`;
  const commits = `${plural(history.commits, "commit")} from ${shortId(input.from)} to ${shortId(input.to)}${merges}`;
  return changes.length === 0
    ? `${name}: no change of the context in ${commits}.`
    : `${name}: ${plural(changes.length, "change")} in ${commits}.`;
}

/** They are in the order of commits already. */
function byCommit(changes: readonly BisectedChange[]): BisectedChange[][] {
  const groups = new Map<string, BisectedChange[]>();
  for (const change of changes) {
    const { first } = change;
    const key = first.kind === "commit" ? first.id : `${first.from.id} ${first.to.id}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
}

function commitLines(found: Found, columns: number): string[] {
  if (found.kind === "commit") return commitBlock("", found, columns);
  const { commits, from, to, because } = found;
  const range = `one of ${plural(commits, "commit")}, ${shortId(from.id)} to ${shortId(to.id)}; those before the last do not evaluate, as far as they were tried: ${because}`;
  return [...hanging("", visible(range), columns, 2), ...commitBlock("  last: ", to, columns)];
}

function commitBlock(head: string, commit: FoundCommit, columns: number): string[] {
  // Whole, so that a terminal makes a link of it.
  const url = commit.url === undefined ? [] : [`  ${visible(commit.url)}`];
  return [...hanging(head, visible(commitText(commit)), columns, head.length + 2), ...url];
}

/** `1a2b3c4 2026-01-31 A U Thor: Subject (a merge of 3 commits)`. */
function commitText({ id, author, seconds, subject, merged }: FoundCommit): string {
  const merge = merged === 0 ? "" : ` (a merge that brought ${plural(merged, "commit")})`;
  return `${shortId(id)} ${dayOf(seconds) ?? "no date"} ${author}: ${subject}${merge}`;
}

function changeLines({ change, stays, alone, earlier }: BisectedChange, columns: number): string[] {
  const notes = [
    ...(change.witness === undefined
      ? []
      : [`\`${change.witness.call}\` ${witnessComparison(change.witness)}`]),
    ...(change.undecidedBecause === undefined ? [] : [`not decided: ${change.undecidedBecause}`]),
    ...(earlier === undefined ? [] : [earlierText(earlier)]),
    ...(stays === undefined ? [] : [`it went away again, and is there to stay since ${foundText(stays)}`]),
    ...(alone === false ? ["only together with what else differs between base and head"] : []),
    ...(alone === null
      ? ["whether it takes more than this input could not be told: the base does not evaluate with it"]
      : []),
  ];
  const below = " ".repeat(DIRECTION_COLUMNS);
  return [
    ...hanging(
      `  ${change.direction}`.padEnd(DIRECTION_COLUMNS),
      visible(`${change.path}: ${change.summary}`),
      columns,
    ),
    ...notes.flatMap((note) => hanging(below, visible(note), columns)),
  ];
}

function earlierText({ commit, change }: NonNullable<BisectedChange["earlier"]>): string {
  return `not yet so at ${shortId(commit)}: ${change.summary} (${change.direction})`;
}

function foundText(found: Found): string {
  if (found.kind === "commit") return commitText(found);
  return `one of ${plural(found.commits, "commit")}, ${shortId(found.from.id)} to ${shortId(found.to.id)}`;
}

function passingLines({ passing }: BisectResult, columns: number): string[] {
  if (passing.length === 0) return [];
  return [
    "seen on the way and gone at the end (there may be more):",
    ...passing.flatMap(({ change, seenAt }) => listed(`${shortId(seenAt)}  `, change, columns)),
  ];
}

function othersLines({ others, differentlyLocked }: BisectResult, columns: number): string[] {
  const locked = differentlyLocked.flatMap((path) =>
    hanging(
      "",
      visible(
        `flake.lock has input ${path} at another revision than the input's own lock, which counts here.`,
      ),
      columns,
      2,
    ),
  );
  if (others.length === 0) return locked;
  return [
    ...hanging("", "not this input's doing (nixclaude diff tells whose):", columns, 2),
    ...others.flatMap((change) => listed("", change, columns)),
    ...locked,
  ];
}

function listed(before: string, { direction, path, summary }: ChangeFacts, columns: number): string[] {
  return hanging(`  ${before}`, visible(`${direction}: ${path}: ${summary}`), columns, 4);
}

function howComputed({ evaluation: { evaluations, cached, durationMs } }: BisectResult): string {
  const known = cached === 0 ? "" : `, ${cached} from an earlier run`;
  return `${plural(evaluations, "evaluation")}${known}, ${(durationMs / 1000).toFixed(1)} s`;
}
